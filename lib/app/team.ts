/** The people at the desks: their presence, and the conversations that find them. */
import { once, tokenBucket } from '../adapters/memory.ts';
import type { RouteDeps } from '../assist/route.ts';
import type { PresenceDeps } from '../assist/routing/presence.ts';
import type { Starts } from '../ports/starts.ts';
import { now, start } from './clients.ts';
import { tallied } from './counts.ts';
import { conversationDeps, line } from './messages.ts';

/** A heartbeat starts routing for the whole tenant; more often would find nothing new. */
const ROUTES = { perSecond: 0.5, burst: 1, limit: 10_000, now };
const mayRoute = /* @__PURE__ */ tokenBucket(ROUTES);

/** Presence of agents, and what the team lead sets of them. */
export const team = /* @__PURE__ */ once(async () => {
  const [{ presenceRoom }, shared, theStart] = await Promise.all([
    import('../assist/routing/presence.ts'),
    conversationDeps(),
    start(),
  ]);
  const deps: PresenceDeps = { ...shared, start: theStart, mayRoute };
  return presenceRoom(deps);
});

/** Finds somebody for what waits, and sees to what has come due: the function `route`. */
export const routing = /* @__PURE__ */ once(async () => {
  const [{ route }, { inTurn }, { matchQueue }, { talkOf }, shared, readLine, theStart] = await Promise.all([
    import('../assist/route.ts'),
    import('../assist/routing/in-turn.ts'),
    import('../assist/routing/match.ts'),
    import('../assist/line.ts'),
    conversationDeps(),
    line(),
    start(),
  ]);
  const deps: RouteDeps = {
    ...shared,
    start: theStart,
    match: inTurn((_, tenant) => tenant.id, matchQueue),
    talkOf: (tenant, head) => talkOf({ readLine, now }, tenant, head),
  };
  return tallied((work: Starts['route']) => route(deps, work));
});
