import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { readFlags } from '../../../lib/assist/understand/flags.ts';
import { readSentiment } from '../../../lib/assist/understand/sentiment.ts';

const Lists = z.record(z.string(), z.array(z.string()));
const read = (name: string) =>
  Lists.parse(parse(readFileSync(new URL(`../../data/${name}.yaml`, import.meta.url), 'utf8')));
const mood = (text: string) => readSentiment(text, readFlags(text));

describe('moods', () => {
  const moods = Object.entries(read('moods')).flatMap(([name, texts]) => texts.map((text) => ({ name, text })));
  const labelOf = (name: string) => (name === 'angry' || name === 'sarcastic' ? 'negative' : name);

  it('are read as meant, nineteen times in twenty', () => {
    const wrong = moods.filter(({ name, text }) => mood(text).label !== labelOf(name));
    expect(wrong.length / moods.length, JSON.stringify(wrong, undefined, 1)).toBeLessThanOrEqual(0.05);
  });

  it('are angry where they should be, and nowhere else', () => {
    const heard = moods.filter(({ text }) => mood(text).angry);
    const angry = moods.filter(({ name }) => name === 'angry');
    expect(heard.filter(({ name }) => name !== 'angry')).toEqual([]);
    expect(heard.length / angry.length).toBeGreaterThanOrEqual(0.9);
  });

  it('stay within bounds in any text, however long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => {
        const { score } = mood(text);
        expect(Math.abs(score)).toBeLessThanOrEqual(1);
        expect(Object.is(score, -0)).toBe(false);
      }),
    );
  });
});

describe('flags of marked messages', () => {
  const lists = read('flags');
  const graded = new Set(['legal', 'safety', 'threat', 'abuse']);
  const raised = (text: string) => readFlags(text).filter((flag) => graded.has(flag));

  it.each(Object.keys(lists).filter((name) => name !== 'none'))('hear what is %s, nineteen times in twenty', (name) => {
    const texts = lists[name] ?? [];
    const missed = texts.filter((text) => !raised(text).some((flag) => flag === name));
    expect(missed.length / texts.length, missed.join('\n')).toBeLessThanOrEqual(0.05);
  });

  it('stay down over words that only look alike', () => {
    expect((lists['none'] ?? []).filter((text) => raised(text).length > 0)).toEqual([]);
  });
});
