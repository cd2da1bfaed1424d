/** Pinecone's control and data planes as their contracts say, in memory, checked in `tests/contracts`. */
import * as z from 'zod';
import { type Answer, type Asked, startProviderServer } from './provider-server.ts';

const Sparse = z.object({ indices: z.array(z.number()), values: z.array(z.number()) });
const Vector = z.object({
  id: z.string().min(1).max(512),
  values: z.array(z.number()).optional(),
  sparseValues: Sparse.optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
});
type Vector = z.infer<typeof Vector>;
const Upsert = z.object({ vectors: z.array(Vector), namespace: z.string().optional() });
const Query = z.object({
  namespace: z.string().optional(),
  topK: z.number(),
  vector: z.array(z.number()).optional(),
  sparseVector: Sparse.optional(),
  includeMetadata: z.boolean().optional(),
});
const Create = z.object({
  name: z.string(),
  dimension: z.number().optional(),
  metric: z.string(),
  vector_type: z.string(),
  spec: z.object({ serverless: z.object({ cloud: z.string(), region: z.string() }) }),
});
type Index = z.infer<typeof Create> & { polls: number };

export type PineconeOptions = {
  /** Indexes that are there from the start. */
  indexes?: z.infer<typeof Create>[];
  /** How often an index is asked about before it is ready, and queried before it sees a write. */
  lag?: number;
  /** Where indexes are said to be reached, if not here. */
  host?: string;
  /** Without the headers that tell how far an index is. */
  silent?: boolean;
};

const LIMITS = { vectors: 1_000, bytes: 2_000_000, page: 100 };

const error = (status: number, message: string): Answer => ({ status, body: { code: 3, message, details: [] } });
const controlError = (status: number, code: string): Answer => ({
  status,
  body: { status, error: { code, message: code } },
});

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, place) => sum + value * (b[place] ?? 0), 0);

function sparseDot(a: z.infer<typeof Sparse>, b: z.infer<typeof Sparse>): number {
  const weights = new Map(b.indices.map((index, place) => [index, b.values[place] ?? 0]));
  return a.indices.reduce((sum, index, place) => sum + (a.values[place] ?? 0) * (weights.get(index) ?? 0), 0);
}

function score(query: z.infer<typeof Query>, { values = [], sparseValues }: Vector): number {
  if (query.sparseVector !== undefined && sparseValues !== undefined)
    return sparseDot(query.sparseVector, sparseValues);
  const asked = query.vector ?? [];
  return dot(asked, values) / Math.sqrt(dot(asked, asked) * dot(values, values));
}

export async function startPinecone({ indexes = [], lag = 0, silent = false, host }: PineconeOptions = {}) {
  const made = new Map<string, Index>(indexes.map((index) => [index.name, { ...index, polls: lag }]));
  const namespaces = new Map<string, Map<string, Vector>>();
  /** What queries see, one write behind the other. */
  let written = 0;
  let seen = 0;
  let behind = 0;

  const space = (name = ''): Map<string, Vector> => {
    const found = namespaces.get(name) ?? new Map<string, Vector>();
    namespaces.set(name, found);
    return found;
  };
  const model = ({ polls, ...index }: Index) => ({
    ...index,
    host: host ?? server.url,
    deletion_protection: 'disabled',
    status: polls >= lag ? { ready: true, state: 'Ready' } : { ready: false, state: 'Initializing' },
    spec: {
      serverless: {
        ...index.spec.serverless,
        read_capacity: { mode: 'OnDemand', status: { state: 'Ready' } },
      },
    },
  });

  function control({ method, path, body }: Asked): Answer {
    if (method === 'POST') {
      const index = { ...Create.parse(body), polls: 0 };
      if (made.has(index.name)) return controlError(409, 'ALREADY_EXISTS');
      made.set(index.name, index);
      return { status: 201, body: model(index) };
    }
    const index = made.get(path.slice('/indexes/'.length));
    if (index === undefined) return controlError(404, 'NOT_FOUND');
    index.polls += 1;
    return { body: model(index) };
  }

  function upsert({ body, headers }: Asked): Answer {
    const { vectors, namespace } = Upsert.parse(body);
    if (vectors.length > LIMITS.vectors) return error(400, 'too many vectors');
    if (Number(headers['content-length']) > LIMITS.bytes) return error(400, 'too many bytes');
    const [index] = made.values();
    if (vectors.some(({ values }) => values !== undefined && values.length !== index?.dimension)) {
      return error(400, 'wrong dimension');
    }
    for (const vector of vectors) space(namespace).set(vector.id, vector);
    written += 1;
    behind = lag;
    return {
      body: { upsertedCount: vectors.length },
      ...(silent ? {} : { headers: { 'x-pinecone-request-lsn': String(written) } }),
    };
  }

  function query({ body }: Asked): Answer {
    const asked = Query.parse(body);
    if (behind > 0) behind -= 1;
    else seen = written;
    const matches = [...space(asked.namespace).values()]
      .map((vector) => ({ id: vector.id, score: score(asked, vector), metadata: vector.metadata ?? {} }))
      .toSorted((a, b) => b.score - a.score)
      .slice(0, asked.topK);
    return {
      body: { results: [], matches, namespace: asked.namespace ?? '', usage: { readUnits: 1 } },
      ...(silent ? {} : { headers: { 'x-pinecone-max-indexed-lsn': String(seen) } }),
    };
  }

  function list({ query: asked }: Asked): Answer {
    const namespace = asked.get('namespace') ?? '';
    const ids = [...space(namespace).keys()].toSorted();
    const start = Number(asked.get('paginationToken') ?? 0);
    const end = start + Number(asked.get('limit') ?? LIMITS.page);
    return {
      body: {
        vectors: ids.slice(start, end).map((id) => ({ id })),
        ...(end < ids.length ? { pagination: { next: String(end) } } : {}),
        namespace,
        usage: { readUnits: 1 },
      },
    };
  }

  function fetched({ query: asked }: Asked): Answer {
    if (behind > 0) behind -= 1;
    const all = behind > 0 ? new Map<string, Vector>() : space(asked.get('namespace') ?? '');
    const found = asked.getAll('ids').flatMap((id) => (all.has(id) ? [[id, all.get(id)] as const] : []));
    return {
      body: { vectors: Object.fromEntries(found), namespace: asked.get('namespace') ?? '', usage: { readUnits: 1 } },
    };
  }

  function remove({ body }: Asked): Answer {
    const { ids, namespace } = z.object({ ids: z.array(z.string()).max(1_000), namespace: z.string() }).parse(body);
    for (const id of ids) space(namespace).delete(id);
    return { body: {} };
  }

  const routes: Record<string, (asked: Asked) => Answer> = {
    'POST /vectors/upsert': upsert,
    'POST /query': query,
    'GET /vectors/list': list,
    'GET /vectors/fetch': fetched,
    'POST /vectors/delete': remove,
  };
  const server = await startProviderServer((asked) => {
    if (asked.path.startsWith('/indexes')) return control(asked);
    return routes[`${asked.method} ${asked.path}`]?.(asked) ?? error(404, 'no such path');
  });
  return { ...server, ids: (namespace: string): string[] => [...space(namespace).keys()].toSorted(), indexes: made };
}
