/** What agents answered to one question, as the few replies that they gave again and again. */

import { hasMasked } from '../../domain/personal-data/scrub.ts';
import { normalize } from '../../engine/normalize.ts';
import { tokenize } from '../../engine/tokenize.ts';
import { cluster } from './cluster.ts';
import { likenessOf } from './likeness.ts';
import { vectorsOf } from './vectors.ts';

export type ReplyKind = 'answer' | 'hold' | 'question' | 'courtesy';
/** By how many turns it was given in; `fits` when it speaks of what was asked. */
export type TypicalReply = { text: string; count: number; fits: boolean };

/** Replies are one in other words from this mean likeness on. */
const SAME = 0.3;
const LOOKED_AT = 400;
const SHOWN = 3;

type Given = { turn: number; text: string };

/**
 * The most typical replies that answer: greetings, holding phrases and questions back are none. Those that speak of what was
 * asked (`words`) come first, then the more often given.
 */
export function typicalReplies(
  given: readonly Given[],
  kindOf: (text: string) => ReplyKind,
  words: ReadonlySet<string>,
): TypicalReply[] {
  const answers = given.filter(({ text }) => kindOf(text) === 'answer').slice(0, LOOKED_AT);
  const likeness = likenessOf(vectorsOf(answers.map(({ text }) => text)));
  return cluster(likeness, SAME)
    .map((group) => {
      const members = group.flatMap((at) => answers[at] ?? []);
      const count = new Set(members.map(({ turn }) => turn)).size;
      const text = middleOf(group, members, likeness);
      return { text, count, fits: wordsIn(text).some((word) => words.has(word)) };
    })
    .sort((a, b) => Number(b.fits) - Number(a.fits) || b.count - a.count || weight(b.text) - weight(a.text))
    .slice(0, SHOWN * 3);
}

/** Han pairs and words of three letters or more. */
function wordsIn(text: string): string[] {
  return tokenize(normalize(text)).flatMap(({ text: run, han }) => {
    if (!han) return run.length >= 3 ? [run] : [];
    return Array.from({ length: Math.max(0, run.length - 1) }, (_, at) => run.slice(at, at + 2));
  });
}

/** A word is a topic's when so many of its questions hold it. */
const SHARED = 0.15;

/** The words that a topic's questions share: `about` of each. */
export function sharedWords(abouts: readonly string[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const word of abouts.flatMap((about) => [...new Set(wordsIn(about))])) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count >= SHARED * abouts.length).map(([word]) => word));
}

/** Of a group of replies the one most like the others; of equals the longer. */
function middleOf(
  group: readonly number[],
  members: readonly Given[],
  { size, values }: { size: number; values: Float32Array },
): string {
  const score = (row: number) =>
    group.reduce((sum, other) => sum + (other === row ? 0 : (values[row * size + other] ?? 0)), 0);
  const best = group
    .map((row, at) => ({
      text: members[at]?.text ?? '',
      score: score(row) - (hasMasked(members[at]?.text ?? '') ? 1 : 0),
    }))
    .sort((a, b) => b.score - a.score || b.text.length - a.text.length)[0];
  return best?.text ?? '';
}

/** Han says more a character than letters do. */
const weight = (text: string): number => text.length + (text.match(/\p{Script=Han}/gu)?.length ?? 0) * 2;

/** What does not speak of what was asked is an answer only when agents give it again and again. */
const OFTEN = 3;
/** A reply shorter than this ("可以的") leans on its question in ways that a next customer's may not share. */
const SHORTEST = 18;

/**
 * The reply that a draft may be made of: given most often, complete in itself, and with nothing of one customer in it.
 * Undefined where agents answered nothing of the kind.
 */
export function draftableReply(replies: readonly TypicalReply[]): TypicalReply | undefined {
  return replies.find(
    ({ text, count, fits }) =>
      (fits || count >= OFTEN) && weight(text) >= SHORTEST && !hasMasked(text) && !ONLY_NOW.test(text),
  );
}

/** Said of one moment or one order: a date, "already cancelled for you". */
const ONLY_NOW =
  /\d{1,2}\s*[月/]\s*\d{1,2}|\d{1,2}[:：]\d{2}|已经?(?:为|帮|给)?(?:您|你)|(?:为|帮|给)(?:您|你)[^，。]{0,6}(?:了|好)|您(?:的|这)(?:个|笔)?(?:订单|快递|包裹|商品)|看到您|\b(?:i(?:'|’)?ve|i have|i just|we(?:'|’)?ve) |\byour (?:order|parcel|package) (?:is|was|has)\b/i;

export const shownReplies = (replies: readonly TypicalReply[]): { text: string; count: number }[] =>
  replies.slice(0, SHOWN).map(({ text, count }) => ({ text, count }));
