import { describe, expect, test } from 'vitest';
import { Entry } from '../../../../lib/domain/entry.ts';
import { compile } from '../../../../lib/engine/compile.ts';
import { compileInput } from '../../../../lib/knowledge/compile-input.ts';
import { forecast, sizeOf, tooLarge } from '../../../../lib/knowledge/releases/forecast.ts';

const entries = (count: number, similar: number): Entry[] =>
  Array.from({ length: count }, (_, at) =>
    Entry.parse({
      id: `e${at}`,
      intent: `e${at}`,
      question: `what about thing ${at} of kind ${at % 7}?`,
      similarQuestions: Array.from({ length: similar }, (__, no) => `tell me ${no} more of thing ${at} and kind ${no}`),
      answers: [{ text: `Thing ${at} is as it is.` }],
    }),
  );

describe('what a release will cost', () => {
  test('is counted from its entries and their questions', () => {
    const size = sizeOf(entries(30, 4));
    expect(size).toMatchObject({ entries: 30, questions: 150 });
    expect(size.bytes).toBe(
      Buffer.byteLength(
        entries(30, 4)
          .map((one) => JSON.stringify(one))
          .join(''),
      ),
    );
  });

  test('of the snapshot, is right but for a factor of two where little is known, and never less than the entries', () => {
    const made = entries(30, 6);
    const { bytes } = compile(compileInput(made, { phrases: {}, skills: {} }));
    const expected = forecast(sizeOf(made)).bytes;
    expect(expected).toBeGreaterThan(bytes.length / 2);
    expect(expected).toBeLessThan(bytes.length * 2);
    expect(expected).toBeGreaterThan(sizeOf(made).bytes);
  }, 60_000);

  test('is refused, in words, only beyond what a compile is given', () => {
    expect(tooLarge({ entries: 10_000, questions: 20_000, bytes: 10e6 })).toBeUndefined();
    expect(tooLarge({ entries: 5_000, questions: 100_000, bytes: 20e6 })).toBeUndefined();
    expect(tooLarge({ entries: 5_000, questions: 100_001, bytes: 20e6 })).toContain('100001 questions');
    expect(tooLarge({ entries: 100_000, questions: 100_000, bytes: 1e6 })).toContain('minutes');
    expect(tooLarge({ entries: 1_000, questions: 10_000, bytes: 200e6 })).toContain('MB');
  });
});
