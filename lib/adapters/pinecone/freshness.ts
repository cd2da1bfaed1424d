import type { Index, QueryOptions } from '@pinecone-database/pinecone';
import * as z from 'zod';
import type { TenantId } from '../../domain/ids.ts';
import { type Given, type Until, unavailable } from '../provider/call.ts';
import { type Exchange, type PineconeDeps, speaking } from './speak.ts';

const Fetched = z.object({ records: z.record(z.string(), z.unknown()) });

/** A tenant's namespace in an index that is there. */
export type Namespace = { host: string; tenant: TenantId };

/** What was written: the newest sequence number (−1: not told), some of the ids, and a query to see it with. */
type Written = { lsn: number; ids: string[]; query: object | undefined };

const FIRST_POLL_MS = 100;
const LONGEST_POLL_MS = 2_000;

/** A service that does not say how far it is is asked for the records themselves. */
async function sees(index: Index, { lsn, ids, query }: Written, exchange: Exchange): Promise<boolean> {
  if (lsn >= 0 && query !== undefined) {
    await index.query({ topK: 1, ...query } as QueryOptions);
    if (exchange.indexedLsn !== undefined) return exchange.indexedLsn >= lsn;
  }
  const { records } = Fetched.parse(await index.fetch({ ids }));
  return ids.every((id) => id in records);
}

/** An index answers a write before queries see it; a query's answer says up to which write it has seen. */
export async function waitUntilFresh(
  deps: PineconeDeps,
  { host, tenant }: Namespace,
  written: Written,
  until: Until,
): Promise<Given<undefined>> {
  const { now, sleep } = deps.provider.time;
  for (let waitMs = FIRST_POLL_MS; now() < until; waitMs = Math.min(waitMs * 2, LONGEST_POLL_MS)) {
    const seen = await speaking(deps, until, (fetch, exchange) =>
      sees(deps.connect(host, tenant, fetch), written, exchange),
    );
    if (seen.kind !== 'ok') return seen;
    if (seen.value) return { kind: 'ok', value: undefined };
    await sleep(waitMs);
  }
  return unavailable('timeout');
}
