import { parseCondition } from '../../domain/condition.ts';
import { evaluateAll } from '../../domain/condition-truth.ts';
import type { Answer, Entry } from '../../domain/entry.ts';
import type { AnswerVerdict } from '../../domain/explanation.ts';
import { fillSlots } from '../../domain/slots.ts';
import { type AnswerContext, type SkipReason, weigh } from '../answer-options.ts';
import { offersOf, type Skip } from '../answers.ts';

/** Why no answer of an entry could be chosen at all, whatever its conditions. */
export type Refusal = 'below_threshold' | 'not_asked' | 'other_language' | 'not_shown';

const REASONS: Readonly<Record<SkipReason, string>> = {
  not_yet_valid: 'validity',
  expired: 'validity',
  other_channel: 'channel',
  other_shop: 'shop',
  bad_condition: 'bad_condition',
  condition_false: 'condition',
  less_specific: 'less_specific',
  shop_fact_unset: 'missing_fact',
  fact_missing: 'missing_fact',
  already_sent: 'already_sent',
  rotated_out: 'rotated_out',
};

type Verdicts = { answers: AnswerVerdict[]; ask?: { text: string; chosen: boolean } };

/**
 * Each answer of an entry: whether it holds here, and whether it was chosen or why not. `shown` are the answers (`ask`:
 * the entry's own question) among the replies that went out; `refused` says why the others of the entry did not.
 */
export function verdicts(
  entry: Entry,
  context: AnswerContext,
  shown: ReadonlySet<number | 'ask'>,
  refused: Refusal,
): Verdicts {
  const { offers, skipped } = offersOf(entry, context);
  const asking = offers.find(({ role }) => role === 'ask');
  const standing: Standing = {
    skips: new Map(skipped.map((skip) => [skip.answer, skip])),
    offered: new Set(offers.flatMap(({ answer }) => answer ?? [])),
    unused: skipped.find(({ reason }) => reason === 'shop_fact_unset'),
    open: asking === undefined ? 'condition_unknown' : 'asks_first',
    refused,
  };
  const answers = entry.answers.map((answer, index): AnswerVerdict => {
    const holds = holdsNow(answer, index, context);
    const told = { ...authored(answer, index, context), holds };
    return shown.has(index)
      ? { ...told, chosen: true }
      : { ...told, chosen: false, ...passedOver(answer, index, holds, standing, context) };
  });
  return asking === undefined ? { answers } : { answers, ask: { text: asking.text, chosen: shown.has('ask') } };
}

/** What became of an entry's answers as a whole. */
type Standing = {
  skips: ReadonlyMap<number, Skip>;
  offered: ReadonlySet<number>;
  /** An answer that lacks a fact of the shop: none of the entry is used instead of it. */
  unused: Skip | undefined;
  /** Why an answer whose condition cannot be told was not offered. */
  open: 'condition_unknown' | 'asks_first';
  refused: Refusal;
};

function passedOver(
  answer: Answer,
  index: number,
  holds: AnswerVerdict['holds'],
  { skips, offered, unused, open, refused }: Standing,
  context: AnswerContext,
): Pick<AnswerVerdict, 'reason' | 'missing'> {
  if (offered.has(index)) return { reason: refused };
  const skip = skips.get(index) ?? (holds === 'yes' ? unused : undefined);
  return { reason: skip === undefined ? open : REASONS[skip.reason], ...lacking(answer, skip, context) };
}

function holdsNow(answer: Answer, index: number, context: AnswerContext): AnswerVerdict['holds'] {
  const option = weigh(answer, index, context);
  if (typeof option === 'string') return 'no';
  return option.holds === true ? 'yes' : 'unknown';
}

function authored(answer: Answer, index: number, { slots }: AnswerContext) {
  const { text, when, validFrom, validUntil, channels, shop } = answer;
  const filled = fillSlots(text, slots);
  return {
    index,
    text: filled.ok && filled.text !== '' ? filled.text : text,
    ...(when === undefined ? {} : { when }),
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validUntil === undefined ? {} : { validUntil }),
    ...(channels === undefined ? {} : { channels }),
    ...(shop === undefined ? {} : { shop }),
  };
}

/** The facts that are not known, of the condition and of the text. */
function lacking(answer: Answer, skip: Skip | undefined, { facts, slots }: AnswerContext): { missing?: string[] } {
  const parsed = answer.when === undefined ? undefined : parseCondition(answer.when);
  const unknown = parsed?.ok === true ? evaluateAll(parsed.condition, facts).unknown : [];
  const filled = fillSlots(answer.text, slots);
  const missing = new Set([...unknown, ...(skip?.missing ?? []), ...(filled.ok ? [] : filled.missing)]);
  return missing.size === 0 ? {} : { missing: [...missing] };
}
