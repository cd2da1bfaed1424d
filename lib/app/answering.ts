/** Answers a turn, and all that follows from it: the function `assist`. */
import { once } from '../adapters/memory.ts';
import type { AnswerDeps } from '../assist/answer-turn.ts';
import type { RouteDeps } from '../assist/route.ts';
import type { TenantId } from '../domain/ids.ts';
import type { Tenant } from '../domain/tenant.ts';
import type { Start, Starts } from '../ports/starts.ts';
import { now, table } from './clients.ts';
import { tallied } from './counts.ts';
import { opened, readProducts, readTenant, warmPointer } from './library.ts';
import { conversationDeps, densifying, line } from './messages.ts';
import { callPlatform } from './outward.ts';

/** A tenant whose Chatwoot takes suggestions is called back with them like one with an address of its own. */
async function readHearing(id: TenantId): Promise<Tenant | undefined> {
  const tenant = await readTenant(id);
  if (tenant === undefined || tenant.settings.callbackUrl !== undefined) return tenant;
  const { hearsSuggestions } = await import('./chatwoot.ts');
  return (await hearsSuggestions(id).catch(() => false))
    ? { ...tenant, settings: { ...tenant.settings, callbackUrl: 'https://chatwoot.invalid' } }
    : tenant;
}

type Runs = { [Name in keyof Starts]: (payload: Starts[Name]) => Promise<void> };

/**
 * What a turn leads to runs here, where it is at hand, and not in a function started for it: that saves an invocation, and
 * the client that starts functions would be a tenth of this one. What dies here is due, and the sweep starts it.
 */
const runHere =
  (runs: () => Runs): Start =>
  (name, payload) =>
    runs()[name](payload);

export const answering = /* @__PURE__ */ once(async () => {
  const [
    { answerTurn },
    { deliver },
    { route },
    { inTurn },
    { matchQueue },
    { talkOf },
    { respond },
    shared,
    readLine,
    sampling,
    samples,
    theTable,
  ] = await Promise.all([
    import('../assist/answer-turn.ts'),
    import('../assist/deliver.ts'),
    import('../assist/route.ts'),
    import('../assist/routing/in-turn.ts'),
    import('../assist/routing/match.ts'),
    import('../assist/line.ts'),
    import('../assist/respond.ts'),
    conversationDeps(),
    line(),
    import('../assist/sample-turn.ts'),
    import('../adapters/dynamodb/turn-samples.ts'),
    table(),
  ]);
  const start = runHere(() => runs);
  const deps: AnswerDeps = {
    ...shared,
    readLine,
    start,
    readTenant: readHearing,
    openKnowledge: async ({ id }) => opened(await warmPointer(id)),
    densify: await densifying(),
    respond: (situation, read) => respond(situation, read, () => performance.now()),
    readProducts,
    callPlatform,
    sampleTurn: sampling.turnSampler(samples.dynamodbTurnSamples(theTable)),
  };
  const routeDeps: RouteDeps = {
    ...shared,
    start,
    match: inTurn((_, tenant) => tenant.id, matchQueue),
    talkOf: (tenant, head) => talkOf({ readLine, now }, tenant, head),
  };
  const runs: Runs = {
    assist: ({ tenant, conversation, message }) => answerTurn(deps, tenant, conversation, message),
    deliver: (place) => deliver(deps, place),
    route: (work) => route(routeDeps, work),
    // Jobs are started by those who make them, and reading behind a platform by the sweep alone.
    work: async () => undefined,
    catchUp: async () => undefined,
  };
  return tallied(runs.assist);
});
