import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Act } from '../../../lib/domain/understanding.ts';
import { crossValidate, readExamples, render, trainActs } from '../../../scripts/build-acts.ts';

const GENERATED = new URL('../../../lib/assist/understand/act-model.generated.ts', import.meta.url);
const examples = readExamples();

describe('the act model', () => {
  it('is what scripts/build-acts.ts makes of the examples', () => {
    expect(readFileSync(GENERATED, 'utf8')).toBe(render(trainActs(examples)));
  });

  it('stays small', () => {
    expect(readFileSync(GENERATED).byteLength).toBeLessThan(100_000);
  });

  it('is trained on at least 60 examples of every act in each language', () => {
    const han = (text: string) => /\p{Script=Han}/u.test(text);
    for (const act of Act.options) {
      const own = examples.filter((example) => example.act === act);
      expect(own.filter(({ line }) => han(line)).length, `${act} in Chinese`).toBeGreaterThanOrEqual(50);
      expect(own.length, act).toBeGreaterThanOrEqual(120);
    }
  });

  it('gets most held-out examples right, although the examples are more even than real turns', () => {
    expect(crossValidate(examples, 2).accuracy).toBeGreaterThan(0.7);
  });
});
