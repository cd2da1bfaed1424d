import { expect, test } from 'vitest';
import { compile } from '../../../lib/engine/compile.ts';
import { open } from '../../../lib/engine/open.ts';
import type { CompileInput, EngineClass } from '../../../lib/engine/types.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const TOPICS = ['invoice', 'parcel', 'refund', 'coupon', 'size', 'colour', 'warranty', 'address'];
const FRAMES = ['where is my', 'I want to change the', 'how long does the', 'can I have another', 'what about the'];

const classes = (answer: string): EngineClass[] =>
  TOPICS.map((topic) => ({
    key: topic,
    questions: FRAMES.map((frame) => `${frame} ${topic}`),
    answer: `${answer} ${topic}`,
    payload: encode(`${topic}: ${answer}`),
  }));
const input = (answer: string, more: Partial<CompileInput> = {}): CompileInput => ({
  classes: classes(answer),
  meta: encode(answer),
  outOfScopeShare: 0.3,
  ...more,
});

test('new answers on a kept model are the bytes that a whole compile makes', () => {
  const before = compile(input('before'));
  const stages: string[] = [];
  const reuse = { snapshot: before.bytes, keep: 'model' as const };
  const kept = compile(input('after', { reuse }), (stage) => stages.push(stage));
  const whole = compile(input('after'));
  expect(Buffer.compare(kept.bytes, whole.bytes)).toBe(0);
  expect(kept.report).toEqual(whole.report);
  expect(stages).not.toContain('train');
});

test('a kept model of other classes is refused', () => {
  const { bytes } = compile(input('before'));
  const fewer = { ...input('after'), classes: classes('after').slice(1) };
  expect(() => compile({ ...fewer, reuse: { snapshot: bytes, keep: 'model' } })).toThrow('other classes');
});

test('a class more is learnt under the calibration that was', () => {
  const before = compile(input('before'));
  const stages: string[] = [];
  const more = {
    ...input('after'),
    classes: [
      ...classes('after'),
      {
        ...classes('x')[0],
        key: 'closed',
        questions: ['is the warehouse closed', 'closed today'],
        answer: 'yes',
        payload: encode('yes'),
      },
    ],
  };
  const made = compile({ ...more, reuse: { snapshot: before.bytes, keep: 'calibration' } }, (stage) =>
    stages.push(stage),
  );
  expect(stages).not.toContain('calibrate');
  expect(made.report).toMatchObject({
    classes: TOPICS.length + 1,
    accuracy: before.report.accuracy,
    ece: before.report.ece,
  });
  expect(made.verdicts).toEqual([]);
  const engine = open(made.bytes);
  expect(engine.classify('today is the warehouse closed').candidates[0]?.key).toBe('closed');
  expect(engine.threshold(0.9)).toBe(open(before.bytes).threshold(0.9));
});

test('another embedding is calibrated anew', () => {
  const before = compile(input('before'));
  const vector = (at: number): Float32Array => Float32Array.from({ length: 8 }, (_, k) => (k === at % 8 ? 1 : 0));
  const embedded = {
    ...input('after'),
    classes: classes('after').map((one, at) => ({ ...one, vectors: one.questions.map(() => vector(at)) })),
    embedding: { model: 'test', dimensions: 8 },
  };
  const made = compile({ ...embedded, reuse: { snapshot: before.bytes, keep: 'calibration' } });
  expect(made.verdicts.length).toBeGreaterThan(0);
});
