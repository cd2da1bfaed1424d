/** Frequent questions: an entry with its question, asked for in other words. Text of these sets is never kept. */
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { generator, shuffle } from '../../lib/engine/hash.ts';
import type { Labelled } from './datasets.ts';
import type { TaughtClass } from './system.ts';

export type FaqSet = { classes: TaughtClass[]; test: Labelled[]; outOfScope: string[] };

const StackFaq = z.object({
  root: z.object({
    qapair: z.array(
      z.object({
        question: z.string(),
        answer: z.union([z.string(), z.array(z.string())]),
        rephr: z.array(z.string().nullable()),
      }),
    ),
  }),
});

/** Stands where a paraphrase is missing. */
const MISSING = '*';

/** Programmers' questions, each asked again in about ten ways by people who saw only what was meant. */
export function readStackFaq(root: URL): FaqSet {
  const file = new URL('stackfaq/stackExchange-FAQ.json', root);
  const { qapair } = StackFaq.parse(JSON.parse(readFileSync(file, 'utf8'))).root;
  return {
    classes: qapair.map(({ question, answer }, at) => ({
      key: `faq-${at}`,
      questions: [question],
      answer: [answer].flat().join('\n'),
    })),
    test: qapair.flatMap(({ rephr }, at) =>
      rephr
        .map((text) => text?.trim() ?? '')
        .filter((text) => text !== '' && text !== MISSING)
        .map((text) => ({ text, label: `faq-${at}` })),
    ),
    outOfScope: [],
  };
}

/** Pairs that mean the same, chained: what is linked by any chain is one group. In order of first appearance. */
function chain(pairs: readonly (readonly [string, string])[]): string[][] {
  const parent = new Map<string, string>();
  const top = (text: string): string => {
    let at = text;
    while (parent.get(at) !== undefined && parent.get(at) !== at) at = parent.get(at) ?? at;
    return at;
  };
  for (const [first, second] of pairs) {
    for (const text of [first, second]) if (!parent.has(text)) parent.set(text, text);
    parent.set(top(second), top(first));
  }
  return [...Map.groupBy(parent.keys(), top).values()].filter((group) => group.length > 1);
}

/** Lines of "text, text, 1 or 0", tabs between. */
function samePairs(file: URL): [string, string][] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim().split('\t'))
    .flatMap(([first = '', second = '', same]) => (same === '1' ? [[first.trim(), second.trim()]] : []));
}

/** Groups that become entries; the others are what no entry answers. */
const ENTRIES_SHARE = 0.7;
const MOST_ENTRIES = 2_000;
const UNANSWERED_PER_ENTRY = (1 - ENTRIES_SHARE) / ENTRIES_SHARE;

/**
 * Of each group one text is asked and the others are the entry. Three groups in ten are no entry: one text of each is
 * asked all the same, and nothing answers it, as far as the pairs tell (nobody compared every group with every other).
 */
export function readPairs(root: URL, files: readonly string[], seed: number): FaqSet {
  const groups = chain(files.flatMap((file) => samePairs(new URL(file, root))));
  const order = Uint32Array.from(groups.keys());
  shuffle(order, order.length, generator(seed));
  const shuffled = Array.from(order, (at) => groups[at] ?? []);
  const entries = Math.min(MOST_ENTRIES, Math.floor(shuffled.length * ENTRIES_SHARE));
  const unanswered = Math.floor(entries * UNANSWERED_PER_ENTRY);
  const known = shuffled.slice(0, entries);
  return {
    classes: known.map((group, at) => ({ key: `group-${at}`, questions: group.slice(0, -1), answer: '' })),
    test: known.map((group, at) => ({ text: group.at(-1) ?? '', label: `group-${at}` })),
    outOfScope: shuffled.slice(entries, entries + unanswered).map((group) => group.at(-1) ?? ''),
  };
}
