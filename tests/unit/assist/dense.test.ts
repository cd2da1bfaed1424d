import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DenseDeps, densify, quantise, restore, withDense } from '../../../lib/assist/dense.ts';
import { openKnowledge } from '../../../lib/assist/knowledge.ts';
import { readReplayInputs } from '../../../lib/assist/replay.ts';
import { respond } from '../../../lib/assist/respond.ts';
import { replayInputs, resituate } from '../../../lib/assist/situate.ts';
import { contentHash } from '../../../lib/domain/content-hash.ts';
import { Customer } from '../../../lib/domain/customer.ts';
import type { Entry } from '../../../lib/domain/entry.ts';
import { compile } from '../../../lib/engine/compile.ts';
import type { Embedding } from '../../../lib/engine/types.ts';
import type { Embedder } from '../../../lib/ports/models.ts';
import type { VectorIndex } from '../../../lib/ports/vectors.ts';
import { entry, RELEASE, readProducts, situationOf } from './fixture.ts';

const EMBEDDING: Embedding = { model: 'stand-in', dimensions: 8 };

/** Meaning by topic: texts of one topic point the same way, with a little of their own. */
const TOPICS: readonly (readonly [RegExp, number])[] = [
  [/ship|dispatch|parcel|leave the warehouse/i, 0],
  [/refund|money/i, 1],
  [/invoice|bill/i, 2],
  [/size|fit/i, 3],
  [/open|hours/i, 4],
];

function meaning(text: string): Float32Array {
  const vector = new Float32Array(EMBEDDING.dimensions).fill(0.05);
  for (const [pattern, axis] of TOPICS) if (pattern.test(text)) vector[axis] = 1;
  vector[7] = (text.length % 7) / 50;
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

const cosine = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

const ENTRIES = [
  ['ship', 'When will my order ship?', ['how fast do you dispatch', 'when is my parcel dispatched', 'ship date']],
  ['refund', 'How do I get a refund?', ['i want my money back', 'refund please', 'when is my money refunded']],
  ['invoice', 'Can I get an invoice?', ['send me the bill', 'invoice for my company', 'need a bill']],
  ['size', 'Which size should I take?', ['does it fit', 'size chart', 'what size fits me']],
  ['hours', 'When are you open?', ['opening hours', 'are you open today', 'your hours']],
].map(([id, question, similarQuestions]) =>
  entry({ id: String(id), language: 'en', question: String(question), similarQuestions: similarQuestions as string[] }),
);

function knowledgeWith(vectorsLie: 'inside' | 'outside') {
  const classes = ENTRIES.map((one) => {
    const questions = [one.question, ...one.similarQuestions];
    const payload = new TextEncoder().encode(JSON.stringify(one));
    return {
      key: one.id,
      language: 'en' as const,
      questions,
      answer: 'answer',
      payload,
      vectors: questions.map(meaning),
    };
  });
  const { bytes } = compile({
    classes,
    meta: new Uint8Array(0),
    outOfScopeShare: 0.3,
    embedding: EMBEDDING,
    vectorsLie,
  });
  return openKnowledge(RELEASE, bytes);
}

const inside = knowledgeWith('inside');
const outside = knowledgeWith('outside');
const embedder: Embedder = {
  embedding: EMBEDDING,
  embed: async (_, texts) => ({ kind: 'ok', vectors: texts.map(meaning) }),
};
const depsOf = (given: Embedder | undefined, index?: VectorIndex): DenseDeps => ({
  embedder: async () => given,
  index: async () => index,
});

/** No word in common with the entry that answers it. */
const QUESTION = 'how soon does it leave the warehouse?';
const ask = (knowledge = inside) => situationOf(QUESTION, { knowledge });

describe('meaning beside words', () => {
  test('finds what words alone do not', async () => {
    const situation = ask();
    const { dense, degraded } = await densify(depsOf(embedder), situation);
    expect(degraded).toEqual([]);
    const plain = await respond(situation, readProducts);
    const meant = await respond({ ...situation, dense }, readProducts);
    expect(meant.understanding.intent.name).toBe('ship');
    expect(meant.understanding.intent.confidence).toBeGreaterThan(
      plain.understanding.intent.name === 'ship' ? plain.understanding.intent.confidence : 0,
    );
  });

  test('is asked for with what the customer’s record says, which the model may not see', async () => {
    const known: unknown[] = [];
    const listening: Embedder = {
      ...embedder,
      embed: async (_, texts, { person }) => {
        known.push(person?.values);
        return { kind: 'ok', vectors: texts.map(meaning) };
      },
    };
    const customer = Customer.parse({ id: 'u-1', name: 'Ottoline Vance', updatedAt: new Date(0).toISOString() });
    await densify(depsOf(listening), { ...ask(), customer });
    expect(known).toEqual([expect.arrayContaining([{ type: 'name', value: 'Ottoline Vance' }])]);
  });

  test('is asked of an index where the snapshot holds no vectors; what is not live does not count', async () => {
    const seen: boolean[] = [];
    const index: VectorIndex = {
      query: async (_, vector, { live }) => {
        const hash = contentHash(EMBEDDING, 'ship date');
        seen.push(live({ key: 'ship', hash }), live({ key: 'ship', hash: 'gone' }), live({ key: 'removed', hash }));
        const near = (one: Entry) => cosine(vector, meaning(one.question));
        return { kind: 'ok', hits: ENTRIES.map((one) => ({ key: one.id, similarity: near(one) })) };
      },
    };
    const situation = ask(outside);
    const { dense, degraded } = await densify(depsOf(embedder, index), situation);
    expect([seen.slice(0, 3), degraded]).toEqual([[true, false, false], []]);
    const assist = await respond({ ...situation, dense }, readProducts);
    expect(assist.understanding.intent.name).toBe('ship');
  });

  test.each(['over_budget', 'timeout', 'failed'] as const)(
    'a model that is %s: words alone, and the assist says so',
    async (reason) => {
      const given: Embedder = { ...embedder, embed: async () => ({ kind: 'unavailable', reason }) };
      const situation = ask();
      const densified = await densify(depsOf(given), situation);
      expect(densified).toEqual({ dense: [], degraded: ['embedding'] });
      const { timings: _, ...meant } = await respond({ ...situation, ...densified, degraded: [] }, readProducts);
      const { timings: __, ...plain } = await respond(situation, readProducts);
      expect(meant).toEqual(plain);
    },
  );

  test('another model than the release was made with, or none, is not compared', async () => {
    const other = { ...embedder, embedding: { ...EMBEDDING, model: 'another' } };
    expect(await densify(depsOf(other), ask())).toEqual({ dense: [], degraded: ['embedding'] });
    expect(await densify(depsOf(undefined), ask())).toEqual({ dense: [], degraded: ['embedding'] });
  });

  test('a tenant that wants none, and a release without vectors, are not degraded', async () => {
    const off: Embedder = { ...embedder, embed: async () => ({ kind: 'unavailable', reason: 'not_configured' }) };
    expect(await densify(depsOf(off), ask())).toEqual({ dense: [], degraded: [] });
    expect(await densify(depsOf(embedder), situationOf(QUESTION))).toEqual({ dense: [], degraded: [] });
  });

  test('a replay ranks alike without a model', async () => {
    const situation = { ...ask(), ...(await densify(depsOf(embedder), ask())) };
    const live = await respond(situation, readProducts);
    const stored = JSON.parse(JSON.stringify(replayInputs(situation)));
    const opened = { knowledge: inside, catalog: undefined };
    const again = await respond(resituate(readReplayInputs(stored), situation.tenant, opened), readProducts);
    expect(again.understanding).toEqual(live.understanding);
    expect(again.decision).toEqual(live.decision);
  });

  test('nothing given leaves the knowledge as it is', () => {
    expect(withDense(inside, [])).toBe(inside);
    expect(withDense(undefined, [{ text: 'x' }])).toBeUndefined();
  });
});

test('eight bits keep a direction', () => {
  const numbers = fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 2, maxLength: 300 });
  fc.assert(
    fc.property(
      numbers.filter((list) => Math.hypot(...list) > 1e-3),
      (list) => {
        const length = Math.hypot(...list);
        const unit = Float32Array.from(list, (value) => value / length);
        const back = restore(quantise(unit));
        expect(cosine(unit, back)).toBeGreaterThan(0.995);
        expect(Math.abs(Math.hypot(...back) - 1)).toBeLessThan(1e-3);
      },
    ),
  );
});
