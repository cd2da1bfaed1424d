import { FACTS } from '../../domain/condition-facts.ts';
import { slotsIn } from '../../domain/slots.ts';
import { languageOf, policyOf, splitLines, truthOf } from '../cells.ts';
import { conditionProblem, isKnownSlot, KNOWN_SLOTS, slotProblem } from '../check-text.ts';
import type { EntryColumn } from '../columns.ts';
import { parseValidity } from '../validity.ts';
import { didYouMean } from './did-you-mean.ts';
import { fatalFlaw, isLink } from './markup.ts';
import type { KnownShop } from './review.ts';

export type CellContext = { timeZone: string; known: KnownShop };
export type CellProblem = { value?: string; reason: string; fix?: string };
type Check = (value: string, context: CellContext) => CellProblem | undefined;

/** Characters at most, as `Entry` has them. */
const LIMITS: Readonly<Partial<Record<EntryColumn, number>>> = {
  id: 200,
  intent: 200,
  question: 1_000,
  answer: 5_000,
  when: 500,
  ask: 1_000,
  category: 100,
  shop: 100,
  shortcut: 50,
  note: 5_000,
  article: 500,
};

/** A text that is sent: its slots must be ones that can be filled. */
function slots(text: string, { known }: CellContext): CellProblem | undefined {
  const fatal = fatalFlaw(text);
  if (fatal !== undefined) return fatal;
  const unknown = slotsIn(text).find((name) => !isKnownSlot(name) && known.slots?.has(name) !== true);
  if (unknown !== undefined) {
    const names = [...KNOWN_SLOTS, ...[...(known.facts ?? [])].map((fact) => `shop.${fact}`)];
    const near = didYouMean(unknown, names);
    const fix = near ?? 'write a shop fact such as {{shop.dispatch_time}}, or the words themselves';
    return { reason: `unknown slot {{${unknown}}}; known are ${KNOWN_SLOTS.join(', ')} and shop.<name>`, fix };
  }
  const reason = slotsIn(text).every(isKnownSlot) ? slotProblem(text) : undefined;
  return reason === undefined ? undefined : { reason, fix: 'close it with }}' };
}

const NAMED_FACT = /unknown fact "([^"]+)"/;

function condition(when: string): CellProblem | undefined {
  const reason = conditionProblem(when);
  if (reason === undefined) return undefined;
  const unknown = NAMED_FACT.exec(reason)?.[1];
  const near = unknown === undefined ? undefined : didYouMean(unknown, FACTS);
  return { reason, fix: near ?? 'write it like order.status = shipped and first_contact' };
}

function date(value: string, { timeZone }: CellContext): CellProblem | undefined {
  if (parseValidity(value, timeZone, 'start') !== undefined) return undefined;
  return { reason: 'not a date', fix: 'write 2026-11-11 20:00' };
}

const either = (ok: boolean, reason: string, fix: string): CellProblem | undefined =>
  ok ? undefined : { reason, fix };

function links(cell: string): CellProblem | undefined {
  const wrong = splitLines(cell).find((link) => !isLink(link));
  if (wrong === undefined) return undefined;
  return {
    value: wrong,
    reason: 'not a link that can be opened',
    fix: 'write it whole: https://shop.example/size-guide.png',
  };
}

const CHECKS: Readonly<Partial<Record<EntryColumn, Check>>> = {
  id: (value) =>
    either(
      // What a platform calls its entries, as far as it cannot be a sentence that slipped into the wrong column.
      /^[^\s\p{C}?？!！。，,;；|"“”]+$/u.test(value),
      'blanks, quotation marks and , ; | ? ! are for sentences, not for ids',
      'write it without blanks, such as return.window, or leave it empty',
    ),
  question: fatalFlaw,
  similar_questions: (value) =>
    either(
      !splitLines(value).some((question) => question.length > 1_000),
      'a similar question is longer than 1000 characters',
      'write one question a line',
    ),
  answer: slots,
  when: condition,
  ask: slots,
  language: (value) =>
    either(languageOf(value) !== undefined, 'not a language we know: zh or en', 'write zh or en, or leave it empty'),
  policy: (value) =>
    either(
      policyOf(value) !== undefined,
      'not a policy: auto, assist or human',
      'write auto, assist or human, or leave it empty',
    ),
  valid_from: date,
  valid_until: date,
  attachments: links,
  off: (value) => either(truthOf(value) !== undefined, 'neither yes nor no', 'write yes or no, or leave it empty'),
  article_url: links,
};

/** Why a cell cannot be used, and how to mend it. */
export function cellProblem(column: EntryColumn, value: string, context: CellContext): CellProblem | undefined {
  const limit = LIMITS[column];
  if (limit !== undefined && value.length > limit) {
    return {
      reason: `too long: ${value.length} characters, at most ${limit}`,
      fix: 'shorten it, or make several of it',
    };
  }
  return CHECKS[column]?.(value, context);
}
