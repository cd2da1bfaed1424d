import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Table } from '../../../lib/adapters/dynamodb/table.ts';
import type { TenantId } from '../../../lib/domain/ids.ts';
import { compileInput } from '../../../lib/knowledge/compile-input.ts';
import type { KnowledgeDeps } from '../../../lib/knowledge/deps.ts';
import { putEntry } from '../../../lib/knowledge/draft.ts';
import { embedEntries } from '../../../lib/knowledge/embed-entries.ts';
import { createRelease, getRelease, runRelease } from '../../../lib/knowledge/release.ts';
import type { Embedder } from '../../../lib/ports/models.ts';
import type { IndexedId, IndexWriter } from '../../../lib/ports/vectors.ts';
import { startTable, type TestTable } from '../../support/dynalite.ts';
import { knowledgeRig, newTenant } from '../../support/knowledge-rig.ts';
import { entry } from '../assist/fixture.ts';

let server: TestTable;
let table: Table;
beforeAll(async () => {
  server = await startTable();
  table = server.table;
}, 30_000);
afterAll(() => server.stop());

/** Long enough that one question is more than a snapshot holds where there is an index. */
const HUGE = 30_000_000;

function embedderOf(dimensions: number, asked: string[][] = []): Embedder {
  return {
    embedding: { model: 'stand-in', dimensions },
    embed: async (_, texts, { keep }) => {
      expect(keep).toBe(true);
      asked.push([...texts]);
      return { kind: 'ok', vectors: texts.map((text) => vectorOf(text, Math.min(dimensions, 16))) };
    },
  };
}

function vectorOf(text: string, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions);
  [...text].forEach((letter, at) => {
    const place = (letter.charCodeAt(0) + at) % dimensions;
    vector[place] = (vector[place] ?? 0) + 1;
  });
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** Remembers what it holds. */
function indexOf(
  held = new Map<string, IndexedId>(),
): IndexWriter & { held: Map<string, IndexedId>; written: number[] } {
  const nameOf = ({ key, hash }: IndexedId): string => `${key} ${hash}`;
  const written: number[] = [];
  return {
    held,
    written,
    missing: async (_, ids) => ({ kind: 'ok', missing: ids.filter((id) => !held.has(nameOf(id))) }),
    write: async (_, vectors) => {
      written.push(vectors.length);
      for (const { key, hash } of vectors) held.set(nameOf({ key, hash }), { key, hash });
      return { kind: 'ok' };
    },
    collect: async (_, keep) => {
      const names = new Set(keep.map(nameOf));
      const stale = [...held.keys()].filter((name) => !names.has(name));
      for (const name of stale) held.delete(name);
      return { kind: 'ok', removed: stale.length };
    },
  };
}

const FAQ = [
  entry({ id: 'pay', question: 'How can I pay?', similarQuestions: ['payment methods', 'How can I pay?'] }),
  entry({ id: 'ship', question: 'When will it ship?', similarQuestions: ['payment methods'] }),
];
const tenant = 'shop' as TenantId;
const deps = (embedder: Embedder | undefined, index?: IndexWriter) => ({
  embedder: async () => embedder,
  vectorIndex: async () => index,
});
const nothing = () => undefined;

describe('a draft’s questions', () => {
  test('are embedded once each, and every entry gets its own in order', async () => {
    const asked: string[][] = [];
    const { embedded, degraded } = await embedEntries(deps(embedderOf(16, asked)), tenant, FAQ, nothing);
    expect(asked).toEqual([['How can I pay?', 'payment methods', 'When will it ship?']]);
    expect([embedded?.vectorsLie, degraded]).toEqual(['inside', []]);
    const { classes, embedding } = compileInput(FAQ, { phrases: {}, skills: {} }, 0.3, embedded);
    expect(embedding).toEqual({ model: 'stand-in', dimensions: 16 });
    for (const { questions, vectors } of classes) {
      expect(vectors).toEqual(questions.map((text) => vectorOf(text, 16)));
    }
  });

  test('without a model are words, and nothing is amiss', async () => {
    expect(await embedEntries(deps(undefined), tenant, FAQ, nothing)).toEqual({ degraded: [] });
  });

  test.each(['over_budget', 'timeout', 'failed'] as const)(
    'with a model that is %s are words, and the release says so',
    async (reason) => {
      const failing: Embedder = { ...embedderOf(16), embed: async () => ({ kind: 'unavailable', reason }) };
      expect(await embedEntries(deps(failing), tenant, FAQ, nothing)).toEqual({ degraded: [`embedding: ${reason}`] });
    },
  );

  test('of a tenant that wants no model are words, and nothing is amiss', async () => {
    const off: Embedder = { ...embedderOf(16), embed: async () => ({ kind: 'unavailable', reason: 'not_configured' }) };
    expect(await embedEntries(deps(off), tenant, FAQ, nothing)).toEqual({ degraded: [] });
  });

  test('too large for a snapshot go to the index, and only what it lacks', async () => {
    const index = indexOf();
    const first = await embedEntries(deps(embedderOf(HUGE), index), tenant, FAQ, nothing);
    expect([first.embedded?.vectorsLie, first.degraded]).toEqual(['outside', []]);
    const [pay] = FAQ;
    const more = [...FAQ, entry({ id: 'new', question: 'Anything new?' })];
    await embedEntries(deps(embedderOf(HUGE), index), tenant, more, nothing);
    expect(pay).toBeDefined();
    expect(index.written).toEqual([5, 1]);
  });

  test('go to the index from the size that the deployment says, piece by piece', async () => {
    const index = indexOf();
    const many = Array.from({ length: 1_201 }, (_, at) => entry({ id: `pay-${at}`, question: `How can I pay ${at}?` }));
    const inside = await embedEntries({ ...deps(embedderOf(2), index), insideBytes: 2_402 }, tenant, many, nothing);
    expect([inside.embedded?.vectorsLie, index.written]).toEqual(['inside', []]);
    const told: number[] = [];
    const small = { ...deps(embedderOf(2), index), insideBytes: 2_401 };
    const outside = await embedEntries(small, tenant, many, (done) => told.push(done));
    expect([outside.embedded?.vectorsLie, index.written]).toEqual(['outside', [1_000, 201]]);
    // While questions are embedded, and while vectors are written: the job stays held through both.
    expect(told).toEqual([1_000, 1_201, 1_000, 1_201]);
  });

  test('too large for a snapshot without an index are words', async () => {
    const { embedded, degraded } = await embedEntries(deps(embedderOf(HUGE * 2)), tenant, FAQ, nothing);
    expect([embedded, degraded]).toEqual([undefined, ['embedding: too large without an index']]);
  });

  test('that the index does not take are words', async () => {
    const index: IndexWriter = { ...indexOf(), write: async () => ({ kind: 'unavailable', reason: 'timeout' }) };
    expect(await embedEntries(deps(embedderOf(HUGE), index), tenant, FAQ, nothing)).toEqual({
      degraded: ['index: timeout'],
    });
  });
});

describe('a release', () => {
  const publish = async (all: KnowledgeDeps, owner: TenantId) => {
    // The two entries share a question on purpose.
    const override = { reason: 'one vector serves both' };
    const { id } = await createRelease(all, owner, { publish: true, override }, 'manager');
    await runRelease(all, owner, id);
    return getRelease(all, owner, id);
  };

  test('carries the vectors of its questions', async () => {
    const rig = knowledgeRig(table, deps(embedderOf(16)));
    const owner = newTenant();
    for (const one of FAQ) await putEntry(rig.deps.drafts, owner, one);
    const live = await publish(rig.deps, owner);
    expect(live.status).toBe('live');
    expect(live.report?.degraded).toBeUndefined();
    const bytes = rig.objects.get(live.snapshotKey ?? '');
    expect(bytes === undefined ? undefined : rig.deps.open(bytes).embedding).toEqual({
      model: 'stand-in',
      dimensions: 16,
    });
  });

  test('goes live on words alone when the model fails, and its report says so', async () => {
    const failing: Embedder = { ...embedderOf(16), embed: async () => ({ kind: 'unavailable', reason: 'failed' }) };
    const rig = knowledgeRig(table, deps(failing));
    const owner = newTenant();
    for (const one of FAQ) await putEntry(rig.deps.drafts, owner, one);
    const live = await publish(rig.deps, owner);
    expect([live.status, live.report?.degraded]).toEqual(['live', ['embedding: failed']]);
  });
});
