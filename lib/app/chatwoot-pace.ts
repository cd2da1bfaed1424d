/** How fast a Chatwoot is asked: it counts requests by address and refuses beyond. */
import { tokenBucket } from '../adapters/memory.ts';
import { CuecardError } from '../domain/error.ts';
import { now, sleep } from './clients.ts';

/** An installation counts 3,000 requests a minute of an address (`RACK_ATTACK_LIMIT`); a deployment is several. */
const mayAsk = /* @__PURE__ */ tokenBucket({ perSecond: 40, burst: 120, limit: 1_000, now });
/** An installation that said to wait is left alone until then (epoch ms). */
const restsUntil = new Map<string, number>();
const MAX_REST_MS = 60_000;
const PACE_MS = 50;
const MAX_PACE_MS = 3_000;

/** Waits for a place among the requests to an installation. Raises `rate_limited` when none comes free soon. */
export async function pace(origin: string): Promise<void> {
  const until = restsUntil.get(origin) ?? 0;
  for (let waited = 0; until <= now() && waited < MAX_PACE_MS; waited += PACE_MS) {
    if (mayAsk(origin)) return;
    await sleep(PACE_MS);
  }
  throw new CuecardError('rate_limited', `${origin} takes no more requests for now`);
}

/** What a 429 said of when to come again: seconds, or a date (RFC 9110, 10.2.3). */
export function rest(origin: string, retryAfter: string | undefined): void {
  if (retryAfter === undefined) return;
  const ms = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1_000 : Date.parse(retryAfter) - now();
  if (Number.isFinite(ms) && ms > 0) restsUntil.set(origin, now() + Math.min(ms, MAX_REST_MS));
}
