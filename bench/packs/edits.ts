/** Seeded people: a shop that edits a pack's entries, and the pack's authors who make a new version of them. */
import { Entry } from '../../lib/domain/entry.ts';

export type Random = () => number;

/** Mulberry32: the same seed, the same people. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const below = (random: Random, count: number): number => Math.floor(random() * count);
const between = (random: Random, from: number, to: number): number => from + below(random, to - from + 1);

type Edit = { weight: number; make: (entry: Entry, random: Random, who: string) => Entry };

const addQuestions: Edit['make'] = (entry, random, who) => {
  const more = Array.from(
    { length: between(random, 1, 3) },
    (_, at) => `${entry.question} ${who} ${at}${below(random, 1e6)}`,
  );
  return { ...entry, similarQuestions: [...entry.similarQuestions, ...more] };
};

const dropQuestions: Edit['make'] = (entry, random) => {
  const gone = new Set(
    Array.from({ length: between(random, 1, 2) }, () => below(random, entry.similarQuestions.length)),
  );
  return { ...entry, similarQuestions: entry.similarQuestions.filter((_, at) => !gone.has(at)) };
};

/** Replaces the end of one answer's text, as a person who rewords its last sentence. */
const reword: Edit['make'] = (entry, random, who) => {
  const chosen = below(random, entry.answers.length);
  const answers = entry.answers.map((answer, at) =>
    at === chosen ? { ...answer, text: `${answer.text.slice(0, -6)} (${who} ${below(random, 1e6)})` } : answer,
  );
  return { ...entry, answers };
};

const addVariant =
  (circumstances: object): Edit['make'] =>
  (entry, random, who) => ({
    ...entry,
    answers: [...entry.answers, { text: `${who} ${below(random, 1e6)}`, ...circumstances }],
  });

const setPolicy: Edit['make'] = (entry) => ({ ...entry, policy: entry.policy === 'auto' ? 'assist' : 'auto' });
const setNote: Edit['make'] = (entry, random, who) => ({ ...entry, note: `${who} ${below(random, 1e6)}` });

/** What people who run a shop do to a pack's entry. */
const SHOP: readonly Edit[] = [
  { weight: 40, make: addQuestions },
  { weight: 8, make: dropQuestions },
  { weight: 32, make: reword },
  { weight: 10, make: addVariant({ shop: 'north' }) },
  { weight: 5, make: setPolicy },
  { weight: 5, make: setNote },
];

/** What the next version of a pack does to an entry. */
const AUTHORS: readonly Edit[] = [
  { weight: 60, make: addQuestions },
  { weight: 10, make: dropQuestions },
  { weight: 18, make: reword },
  { weight: 8, make: addVariant({ when: 'customer.tag = vip' }) },
  { weight: 4, make: setPolicy },
];

function drawn(edits: readonly Edit[], random: Random): Edit['make'] {
  let left = random() * edits.reduce((sum, { weight }) => sum + weight, 0);
  for (const { weight, make } of edits) {
    left -= weight;
    if (left < 0) return make;
  }
  return setNote;
}

const edited = (entry: Entry, edits: readonly Edit[], times: number, random: Random, who: string): Entry =>
  Array.from({ length: times }).reduce<Entry>((one) => drawn(edits, random)(one, random, who), entry);

function chosen(count: number, of: number, random: Random): Set<number> {
  const picked = new Set<number>();
  while (picked.size < Math.min(count, of)) picked.add(below(random, of));
  return picked;
}

/** A shop that edited `count` entries, one to three times each; one in twenty was deleted, one in twenty is off. */
export function shopOf(pack: readonly Entry[], count: number, random: Random): Entry[] {
  const touched = chosen(count, pack.length, random);
  return pack.flatMap((entry, at) => {
    if (!touched.has(at)) return [entry];
    const fate = random();
    if (fate < 0.05) return [];
    return [fate < 0.1 ? { ...entry, off: true } : edited(entry, SHOP, between(random, 1, 3), random, 'shop')];
  });
}

/** The pack's next version: 30 of 100 entries changed once or twice, 2 dropped, 4 new. */
export function nextVersion(pack: readonly Entry[], tag: string, random: Random): Entry[] {
  const kept = pack.flatMap((entry): Entry[] => {
    const fate = random();
    if (fate < 0.02) return [];
    return [fate < 0.32 ? edited(entry, AUTHORS, between(random, 1, 2), random, 'pack') : entry];
  });
  const fresh = Array.from({ length: Math.round(pack.length * 0.04) }, (_, at) =>
    Entry.parse({ id: `new.${at}`, intent: `new.${at}`, question: `new ${at}`, answers: [{ text: `new ${at}` }] }),
  );
  return [...kept, ...fresh].map((entry) => ({ ...entry, pack: tag }));
}
