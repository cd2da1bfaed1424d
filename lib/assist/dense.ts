/**
 * Meaning beside words: what of a turn is classified is embedded first, within a deadline, and the engine then asked
 * with the vectors. What a model or an index gave is part of the situation, so that a replay ranks alike without them.
 */
import { questionIds } from '../domain/content-hash.ts';
import type { TenantId } from '../domain/ids.ts';
import { knownPerson } from '../domain/personal-data/known.ts';
import type { AskOptions, Engine } from '../engine/types.ts';
import type { Embedder } from '../ports/models.ts';
import type { IndexedId, VectorIndex } from '../ports/vectors.ts';
import type { DenseText, Knowledge, Situation } from './situation.ts';
import { read } from './understand.ts';

export type DenseDeps = {
  /** Undefined: none is configured. */
  embedder(): Promise<Embedder | undefined>;
  index(): Promise<VectorIndex | undefined>;
};

/** Together well under the second that an agent waits. */
const EMBED_MS = 350;
const QUERY_MS = 250;
/** A turn's whole, its clauses and their readings in context; the first matter most. */
const MAX_TEXTS = 6;
const MAX_HITS = 20;
const LARGEST = 127;

/** Notes what a reading of the turn asks the engine. */
function askedTexts(situation: Situation, knowledge: Knowledge): string[] {
  const asked = new Set<string>();
  const classify: Engine['classify'] = (text, options) => {
    asked.add(text);
    return knowledge.engine.classify(text, options);
  };
  const listening = { ...knowledge, engine: { ...knowledge.engine, classify } };
  read({ ...situation, knowledge: listening, parts: situation.turn.parts });
  return [...asked].filter((text) => text.trim() !== '').slice(0, MAX_TEXTS);
}

/** A unit vector in eight bits a number; the loss is a hundredth of what separates two meanings. */
export function quantise(vector: Float32Array): string {
  const peak = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = peak > 0 ? LARGEST / peak : 0;
  return Buffer.from(Int8Array.from(vector, (value) => Math.round(value * scale)).buffer).toString('base64');
}

/** Unit-length again. */
export function restore(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  const vector = Float32Array.from(new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length));
  const length = Math.hypot(...vector);
  return length > 0 ? vector.map((value) => value / length) : vector;
}

export type Densified = { dense: readonly DenseText[]; degraded: readonly string[] };
const NOTHING: Densified = { dense: [], degraded: [] };
const WITHOUT: Densified = { dense: [], degraded: ['embedding'] };

/**
 * The vectors or hits of what the turn asks. Nothing where the release knows no vectors or the tenant wants no model;
 * `degraded` says so where they should be there and are not.
 */
export async function densify(deps: DenseDeps, situation: Situation): Promise<Densified> {
  const { knowledge, tenant } = situation;
  const expected = knowledge?.engine.embedding;
  if (knowledge === undefined || expected === undefined) return NOTHING;
  const embedder = await deps.embedder();
  const { model, dimensions } = embedder?.embedding ?? {};
  if (embedder === undefined || model !== expected.model || dimensions !== expected.dimensions) return WITHOUT;
  const texts = askedTexts(situation, knowledge);
  if (texts.length === 0) return NOTHING;
  const person = knownPerson(situation.customer);
  const embedded = await embedder.embed(tenant.id, texts, { deadlineMs: EMBED_MS, keep: false, person });
  if (embedded.kind === 'unavailable') return embedded.reason === 'not_configured' ? NOTHING : WITHOUT;
  const dense = texts.map((text, at) => ({ text, vector: quantise(embedded.vectors[at] ?? new Float32Array(0)) }));
  return knowledge.engine.vectorsLie === 'inside' ? { dense, degraded: [] } : search(deps, tenant.id, knowledge, dense);
}

async function search(
  deps: DenseDeps,
  tenant: TenantId,
  knowledge: Knowledge,
  asked: readonly { text: string; vector: string }[],
): Promise<Densified> {
  const index = await deps.index();
  if (index === undefined) return WITHOUT;
  const live = isLive(knowledge);
  const found = await Promise.all(
    asked.map(({ vector }) => index.query(tenant, restore(vector), { limit: MAX_HITS, live, deadlineMs: QUERY_MS })),
  );
  const dense = found.flatMap((one, at) =>
    one.kind === 'ok' ? [{ text: asked[at]?.text ?? '', hits: one.hits }] : [],
  );
  return { dense, degraded: dense.length === asked.length ? [] : ['index'] };
}

const nameOf = ({ key, hash }: IndexedId): string => `${hash} ${key}`;
const liveNames = new WeakMap<Knowledge, ReadonlySet<string>>();

function namesIn({ engine, entry }: Knowledge): ReadonlySet<string> {
  const entries = Array.from({ length: engine.size }, (_, at) => entry(at));
  return new Set(engine.embedding === undefined ? [] : Array.from(questionIds(engine.embedding, entries), nameOf));
}

/** Whether a question found in an index is in this release: an index may hold more. Named once a release. */
function isLive(knowledge: Knowledge): (id: IndexedId) => boolean {
  const names = liveNames.get(knowledge) ?? namesIn(knowledge);
  liveNames.set(knowledge, names);
  return (id) => names.has(nameOf(id));
}

/** The knowledge as it answers with these vectors and hits at hand; the very same when there are none. */
export function withDense(
  knowledge: Knowledge | undefined,
  dense: readonly DenseText[] | undefined,
): Knowledge | undefined {
  if (knowledge === undefined || dense === undefined || dense.length === 0) return knowledge;
  const known = new Map(dense.map((one) => [one.text, optionsOf(one)]));
  const { engine } = knowledge;
  return {
    ...knowledge,
    engine: {
      ...engine,
      classify: (text, options) => engine.classify(text, { ...options, ...known.get(text) }),
      search: (text, options) => engine.search(text, { ...options, ...known.get(text) }),
      explain: (text, index, options) => engine.explain(text, index, { ...options, ...known.get(text) }),
    },
  };
}

const optionsOf = ({ vector, hits }: DenseText): Pick<AskOptions, 'vector' | 'dense'> => ({
  ...(vector === undefined ? {} : { vector: restore(vector) }),
  ...(hits === undefined ? {} : { dense: hits }),
});
