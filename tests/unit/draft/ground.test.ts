import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { ungrounded } from '../../../lib/assist/draft/ground.ts';
import { instructs } from '../../../lib/assist/draft/instruct.ts';

const Data = z.strictObject({
  authored: z.string(),
  attempts: z.array(
    z.strictObject({ place: z.enum(['customer', 'knowledge', 'product']), text: z.string(), gullible: z.string() }),
  ),
  honest: z.array(z.strictObject({ sources: z.array(z.string()), draft: z.string() })),
});
const read = (language: string) =>
  Data.parse(parse(readFileSync(new URL(`../../data/injections.${language}.yaml`, import.meta.url), 'utf8')));
const sets = { zh: read('zh'), en: read('en') };

const claims = (draft: string, sources: readonly string[], echoes: readonly string[] = []) =>
  ungrounded({ draft, sources, echoes, products: [] });

test.each(['zh', 'en'] as const)('%s: at least 40 attempts and 20 honest drafts', (language) => {
  expect(sets[language].attempts.length).toBeGreaterThanOrEqual(40);
  expect(sets[language].honest.length).toBeGreaterThanOrEqual(20);
});

describe.each(['zh', 'en'] as const)(
  '%s: what an obedient model would write is not said by the sources',
  (language) => {
    const { authored, attempts } = sets[language];
    test.each(attempts)('$gullible', ({ gullible }) => {
      expect(claims(gullible, [authored])).not.toEqual([]);
    });
  },
);

describe.each(['zh', 'en'] as const)('%s: an honest draft passes', (language) => {
  test.each(sets[language].honest)('$draft', ({ sources, draft }) => {
    expect(claims(draft, sources, ['313021098954', 'A1029384'])).toEqual([]);
    expect(sources.some(instructs)).toBe(false);
  });
});

test('text that instructs is mostly known by its words alone', () => {
  const all = [...sets.zh.attempts, ...sets.en.attempts];
  const plain = all.filter(({ place }) => place !== 'customer');
  expect(plain.filter(({ text }) => !instructs(text)).map(({ text }) => text)).toEqual([]);
});

test('an authored text always grounds itself', () => {
  const texts = [...sets.zh.honest, ...sets.en.honest].flatMap(({ sources }) => sources);
  expect(texts.flatMap((text) => claims(text, [text]))).toEqual([]);
});

test('whatever is written, the check ends and never throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.string({ maxLength: 200 }), (draft, source) => {
      expect(Array.isArray(claims(draft, [source]))).toBe(true);
    }),
  );
});

test('a number that no source has is found in any script', () => {
  const written = fc.constantFrom('9', '９', '九', 'nine');
  fc.assert(
    fc.property(written, fc.constantFrom('天', ' days'), (number, unit) => {
      const found = claims(`退货期 ${number}${unit}`, ['退货期 7 天 days']);
      expect(found.map(({ kind }) => kind)).toContain('number');
    }),
  );
});

test.each([
  ['本店可以退款哦', '本店不支持退款。'],
  ['本店不能退款哦', '本店支持退款。'],
  ['You can return opened food items.', 'Opened food items cannot be returned. You can cancel opened orders.'],
  ['We do not exchange items.', 'We exchange items within a week.'],
])('what a source denies is not promised, nor the other way round: %s', (draft, source) => {
  expect(claims(draft, [source]).map(({ kind }) => kind)).toContain('promise');
});
