import * as z from 'zod';
import type { IndexedId } from '../../ports/vectors.ts';
import { type Given, type Until, unavailable } from '../provider/call.ts';
import { inLanes, runs } from '../provider/lanes.ts';
import type { Codec } from './codec.ts';
import { type Namespace, waitUntilFresh } from './freshness.ts';
import { toVectorId } from './ids.ts';
import { type PineconeDeps, speaking } from './speak.ts';

/** Of the service, a request. The megabytes leave room for what stands around the vectors. */
const LIMITS = { vectors: 1_000, bytes: 1_990_000, ids: 1_000, page: 100 };
const WIDTH = 4;
/** Records that are looked up after a write: their ids travel in a URL. */
const MAX_SAMPLE = 50;

const Listed = z.object({
  vectors: z.array(z.object({ id: z.string().nullish() })).nullish(),
  pagination: z.object({ next: z.string().nullish() }).nullish(),
});

/** One page's ids and where the next begins. */
const listPage = (deps: PineconeDeps, { host, tenant }: Namespace, token: string | undefined, until: Until) =>
  speaking(deps, until, async (fetch) => {
    const options = { limit: LIMITS.page, ...(token === undefined ? {} : { paginationToken: token }) };
    const { vectors, pagination } = Listed.parse(await deps.connect(host, tenant, fetch).listPaginated(options));
    const ids = (vectors ?? []).flatMap(({ id }) => (typeof id === 'string' ? [id] : []));
    return { ids, next: pagination?.next || undefined };
  });

/** Ids of all vectors of a namespace, page by page. */
export async function listIds(deps: PineconeDeps, space: Namespace, until: Until): Promise<Given<Set<string>>> {
  const ids = new Set<string>();
  let next: string | undefined;
  do {
    const page = await listPage(deps, space, next, until);
    if (page.kind !== 'ok') return page;
    for (const id of page.value.ids) ids.add(id);
    // A page that leads to itself would be read for ever.
    if (next !== undefined && page.value.next === next) return unavailable('failed');
    next = page.value.next;
  } while (next !== undefined);
  return { kind: 'ok', value: ids };
}

type Row = {
  id: string;
  metadata: { key: string };
  values?: number[];
  sparseValues?: { indices: number[]; values: number[] };
};

function toRows<Vector>(codec: Codec<Vector>, vectors: readonly (IndexedId & { vector: Vector })[]): Row[] | undefined {
  const rows: Row[] = [];
  for (const { key, hash, vector } of vectors) {
    const record = codec.record(vector);
    if (record === undefined) return undefined;
    rows.push({ id: toVectorId({ key, hash }), metadata: { key }, ...record });
  }
  return rows;
}

/** Writes all, in requests within the limits, and waits until queries see them. */
export async function writeVectors<Vector>(
  deps: PineconeDeps,
  codec: Codec<Vector>,
  { host, tenant }: Namespace,
  vectors: readonly (IndexedId & { vector: Vector })[],
  until: Until,
): Promise<Given<undefined>> {
  const last = vectors.at(-1);
  const rows = toRows(codec, vectors);
  if (rows === undefined || last === undefined) return unavailable('failed');
  const size = (row: Row): number => Buffer.byteLength(JSON.stringify(row)) + 1;
  const requests = runs(rows, { count: LIMITS.vectors, most: LIMITS.bytes, size });
  const written = await inLanes(requests, WIDTH, (records) =>
    speaking(deps, until, async (fetch, exchange) => {
      await deps.connect(host, tenant, fetch).upsert({ records });
      return { lsn: exchange.writtenLsn ?? -1, last: records.at(-1)?.id ?? '' };
    }),
  );
  if (written.kind !== 'ok') return written;
  const lsn = Math.max(...written.value.map((one) => one.lsn));
  const ids = written.value.map(({ last }) => last).slice(-MAX_SAMPLE);
  return waitUntilFresh(deps, { host, tenant }, { lsn, ids, query: codec.query(last.vector) }, until);
}

/** Removes ids; those that are gone already count as removed. */
export async function removeIds(
  deps: PineconeDeps,
  { host, tenant }: Namespace,
  ids: readonly string[],
  until: Until,
): Promise<Given<number>> {
  const requests = runs(ids, { count: LIMITS.ids, most: LIMITS.bytes, size: (id) => id.length + 3 });
  const removed = await inLanes(requests, WIDTH, (some) =>
    speaking(deps, until, (fetch) => deps.connect(host, tenant, fetch).deleteMany({ ids: some })),
  );
  return removed.kind === 'ok' ? { kind: 'ok', value: ids.length } : removed;
}
