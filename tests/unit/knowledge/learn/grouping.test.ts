import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { readKept } from '../../../../lib/assist/past.ts';
import { cluster } from '../../../../lib/knowledge/learn/cluster.ts';
import { groupsIn, type Meaning, spaceOf } from '../../../../lib/knowledge/learn/meaning.ts';
import { idsOfKnown } from '../../../../lib/knowledge/learn/same-group.ts';

const Labelled = z.object({ topics: z.record(z.string(), z.array(z.string())), other: z.array(z.string()) });

async function labelled(language: 'zh' | 'en') {
  const file = new URL(`../../../data/gap-topics.${language}.yaml`, import.meta.url);
  const { topics, other } = Labelled.parse(parse(await readFile(file, 'utf8')));
  const rows = [
    ...Object.entries(topics).flatMap(([topic, texts]) => texts.map((text) => ({ topic, text }))),
    ...other.map((text) => ({ topic: text, text })),
  ];
  return rows.map((row) => ({ ...row, meaning: readKept(undefined, { text: row.text, language }) }));
}

const groupsOf = (meanings: readonly Meaning[]): number[][] => groupsIn(spaceOf(meanings), [...meanings.keys()]);

/** Of all pairs: those put together rightly, beside those put together and those that belong together. */
function pairwise(groups: readonly number[][], topicOf: (item: number) => string | undefined) {
  const of = new Map(groups.flatMap((group, at) => group.map((item) => [item, at] as const)));
  const items = [...of.keys()];
  const pairs = items.flatMap((a) => items.filter((b) => b < a).map((b) => [a, b] as const));
  const together = pairs.filter(([a, b]) => of.get(a) === of.get(b));
  const belong = pairs.filter(([a, b]) => topicOf(a) === topicOf(b));
  const right = together.filter(([a, b]) => topicOf(a) === topicOf(b)).length;
  return { precision: right / together.length, recall: right / belong.length };
}

describe.each([
  ['zh', 0.95, 0.78],
  ['en', 0.93, 0.68],
] as const)('questions of our own in %s', (language, precision, recall) => {
  test('are put together by meaning, without one group for all or each for itself', async () => {
    const rows = await labelled(language);
    const groups = groupsOf(rows.map(({ meaning }) => meaning));
    const figures = pairwise(groups, (item) => rows[item]?.topic);
    expect(figures.precision).toBeGreaterThanOrEqual(precision);
    expect(figures.recall).toBeGreaterThanOrEqual(recall);
    expect(groups[0]?.length).toBeLessThanOrEqual(6);
    const topics = new Set(rows.map(({ topic }) => topic)).size;
    expect(groups.length).toBeLessThanOrEqual(1.5 * topics);
  });

  test('stay together whatever order they come in', async () => {
    const rows = await labelled(language);
    const named = (list: typeof rows) =>
      groupsOf(list.map(({ meaning }) => meaning))
        .map((group) => group.map((at) => list[at]?.text ?? '').sort())
        .map((texts) => texts.join('|'))
        .sort();
    expect(named([...rows].reverse())).toEqual(named(rows));
  });
});

describe('the knowledge', () => {
  const ask = (text: string, id?: string): Meaning => ({
    ...readKept(undefined, { text, language: 'en' }),
    entries: id === undefined ? [] : [{ id, probability: 0.95 }],
  });

  test('puts together what one entry answers, however it is worded, and parts what two answer', () => {
    const meanings = [
      ask('when will it ship', 'ship'),
      ask('is my parcel on its way', 'ship'),
      ask('when will it ship back', 'refund'),
    ];
    expect(groupsOf(meanings)).toEqual([[0, 1], [2]]);
  });

  test('leaves the rest to the words', () => {
    expect(groupsOf([ask('do you engrave names'), ask('can you engrave a name'), ask('is it loud')])).toEqual([
      [0, 1],
      [2],
    ]);
  });
});

/** The same place for a pair and its mirror image. */
const mirrored = (at: number, size: number): number => {
  const [a, b] = [Math.floor(at / size), at % size];
  return Math.min(a, b) * size + Math.max(a, b);
};

const meanOf = (values: Float32Array, size: number, one: readonly number[], other: readonly number[]): number => {
  const pairs = one.flatMap((a) => other.map((b) => values[a * size + b] ?? 0));
  return pairs.reduce((sum, value) => sum + value, 0) / pairs.length;
};

describe('average linkage', () => {
  const likeness = (size: number, pairs: Record<string, number>) => {
    const values = new Float32Array(size * size);
    for (const [key, value] of Object.entries(pairs)) {
      const [a = 0, b = 0] = key.split('-').map(Number);
      values[a * size + b] = value;
      values[b * size + a] = value;
    }
    return { size, values };
  };

  test('does not chain: near neighbours of near neighbours stay apart', () => {
    expect(cluster(likeness(4, { '0-1': 0.9, '1-2': 0.5, '2-3': 0.9 }), 0.3)).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  test('keeps what begins together', () => {
    expect(cluster(likeness(4, { '0-2': 0.9, '1-2': 0.9 }), 0.3, [[0, 1]])).toEqual([[0, 1, 2], [3]]);
  });

  test('every group holds its mean likeness, every item is in one', () => {
    const sized = fc
      .integer({ min: 1, max: 14 })
      .chain((size) =>
        fc.tuple(
          fc.constant(size),
          fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: size * size, maxLength: size * size }),
        ),
      );
    fc.assert(
      fc.property(sized, fc.double({ min: 0.05, max: 0.95, noNaN: true }), ([size, drawn], least) => {
        const values = Float32Array.from(drawn, (_, at) => drawn[mirrored(at, size)] ?? 0);
        const groups = cluster({ size, values }, least);
        expect(groups.flat().sort((a, b) => a - b)).toEqual([...Array(size).keys()]);
        const means = groups.flatMap((one, at) =>
          groups.slice(at + 1).map((other) => meanOf(values, size, one, other)),
        );
        expect(Math.max(0, ...means)).toBeLessThan(least + 1e-4);
      }),
    );
  });

  test('more questions than are compared at once make the same groups', () => {
    const words = ['engraving', 'voltage', 'wholesale', 'pregnancy'];
    const meanings = Array.from({ length: 3_400 }, (_, at): Meaning => {
      const about = words[at % words.length] ?? '';
      return { meant: `${about} please`, about, entries: [] };
    });
    const groups = groupsOf(meanings);
    expect(groups.map((group) => group.length)).toEqual([850, 850, 850, 850]);
    for (const group of groups) expect(new Set(group.map((at) => at % words.length)).size).toBe(1);
  });
});

describe('a group made anew', () => {
  const known = new Map([
    ['gap_a', ['1', '2', '3']],
    ['gap_b', ['4', '5']],
  ]);

  test('keeps the id of the one it shares most with, which is given once', () => {
    expect(idsOfKnown([['2', '3', '9'], ['1'], ['4', '5', '6'], ['8']], known)).toEqual([
      'gap_a',
      undefined,
      'gap_b',
      undefined,
    ]);
  });

  test('of two that became one keeps the greater one’s', () => {
    expect(idsOfKnown([['1', '2', '3', '4', '5']], known)).toEqual(['gap_a']);
  });
});
