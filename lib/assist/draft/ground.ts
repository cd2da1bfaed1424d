/**
 * Whether a draft says only what its sources say. A model may put an authored answer into other words; it may not add a
 * number, a price, a day, a size, a product, a link or a promise. The check is made of words and numbers, not of another
 * model: it can be read, it is the same every time, and text that tries to instruct has nothing to talk to.
 */

import { quantitiesOf, saysQuantity } from '../../domain/quantities.ts';
import { type Commitment, commitmentsOf, saysCommitment } from './commitments.ts';
import { datesOf } from './dates.ts';
import { namesOf, saysName } from './names.ts';

export type Ungrounded = {
  kind: 'number' | 'date' | 'size' | 'link' | 'name' | 'product' | 'promise' | 'length' | 'subject';
  /** The words of the draft that no source has. */
  text: string;
};

export type GroundInput = {
  draft: string;
  /** Authored answers with their slots filled, order and product facts: what the shop itself says. */
  sources: readonly string[];
  /** What the customer named and may be told back: order numbers. Never a source of anything else. */
  echoes: readonly string[];
  /** Product names of the catalogue that stand in the draft. */
  products: readonly string[];
};

/** A draft is at most twice as long as its sources and this. UTF-16 units. */
const SPARE_LENGTH = 200;
/** The least share of a draft's own words that a source or a courtesy must have. */
const LEAST_SHARED = 0.34;
const LIST_MARK = /(^|\n)\s*(?:\d{1,2}[.)、]|[①-⑳]|[-*•])\s*/g;

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll('’', "'");

/** What the draft claims and no source says; empty when it may be shown. */
export function ungrounded({ draft, sources, echoes, products }: GroundInput): Ungrounded[] {
  const written = echoes.reduce((text, echo) => text.replaceAll(echo, ' '), draft.replace(LIST_MARK, '$1'));
  return [
    ...tooLong(draft, sources),
    ...offSubject(written, sources),
    ...unsaidFigures(written, sources),
    ...unsaidNames(written, sources),
    ...unsaidCommitments(written, sources),
    ...products
      .filter((name) => !sources.some((source) => plain(source).includes(plain(name))))
      .map((text) => ({ kind: 'product' as const, text })),
  ];
}

function tooLong(draft: string, sources: readonly string[]): Ungrounded[] {
  const room = 2 * sources.reduce((sum, source) => sum + source.length, 0) + SPARE_LENGTH;
  return draft.length <= room ? [] : [{ kind: 'length', text: `${draft.length} characters of at most ${room}` }];
}

function unsaidFigures(draft: string, sources: readonly string[]): Ungrounded[] {
  const said = sources.map((source) => datesOf(plain(source)));
  const [dates, figures] = [said.flatMap((one) => one.dates), said.flatMap((one) => quantitiesOf(one.rest))];
  const claimed = datesOf(plain(draft));
  return [
    ...claimed.dates.filter((date) => !dates.includes(date)).map((text) => ({ kind: 'date' as const, text })),
    ...quantitiesOf(claimed.rest)
      .filter((quantity) => !saysQuantity(quantity, figures))
      .map(({ text, unit }) => ({ kind: 'number' as const, text: unit === '' ? text : `${text} (${unit})` })),
  ];
}

function unsaidNames(draft: string, sources: readonly string[]): Ungrounded[] {
  const said = sources.flatMap(namesOf);
  return namesOf(draft).filter((name) => !saysName(name, sources, said));
}

function unsaidCommitments(draft: string, sources: readonly string[]): Ungrounded[] {
  const said: Commitment[] = sources.flatMap((source) => commitmentsOf(plain(source)));
  return commitmentsOf(plain(draft))
    .filter((made) => !saysCommitment(made, said))
    .map(({ text, denied }) => ({ kind: 'promise', text: denied ? `not ${text}` : text }));
}

const HAN_PAIR = /(?=(\p{Script=Han}{2}))/gu;
const WORD = /[a-z]{4,}/g;
/** Words are compared by their beginnings: "returned" and "returning" are one. */
const STEM = 5;
/** What politeness needs, with or without a source. */
const COURTESY =
  '亲亲您好你好感谢谢谢耐心等待抱歉不好意思理解心情久等稍等请问可以帮您为您这边我们这个如果有其他问题随时联系我们很高兴服务祝您生活愉快的话是的好的呢哦哈麻烦需要看到收到了解放心 hello dear thanks thank sorry apologise apologize understand happy help please welcome patience glad here know questions question further anything else your with that this will would could about have from just feel reach team';

function subjectWords(text: string): string[] {
  const folded = plain(text);
  const pairs = [...folded.matchAll(HAN_PAIR)].map(([, pair]) => pair ?? '');
  return [...pairs, ...(folded.match(WORD) ?? []).map((word) => word.slice(0, STEM))];
}

/** A draft about something else than its sources was not made of them. */
function offSubject(draft: string, sources: readonly string[]): Ungrounded[] {
  const known = new Set([...sources, COURTESY].flatMap(subjectWords));
  const words = subjectWords(draft);
  const shared = words.filter((word) => known.has(word)).length;
  if (words.length === 0 || shared / words.length < LEAST_SHARED) {
    return [{ kind: 'subject', text: `${shared} of ${words.length} words stand in a source` }];
  }
  return [];
}
