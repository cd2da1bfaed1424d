/** The rooms of the message way. Each takes just what it needs, so that a function's bundle holds no more. */
import { once, remembered, tokenBucket } from '../adapters/memory.ts';
import type { DeliverDeps } from '../assist/deliver.ts';
import type { ReceiveDeps } from '../assist/receive.ts';
import type { Situation } from '../assist/situation.ts';
import type { SweepDeps } from '../assist/sweep.ts';
import { CuecardError } from '../domain/error.ts';
import { TenantId } from '../domain/ids.ts';
import type { Starts } from '../ports/starts.ts';
import { newId, now, SECONDS_A_DAY, seal, settings, sleep, start, table } from './clients.ts';
import { hourCounts, tallied, tally } from './counts.ts';
import { evidence } from './evidence.ts';
import { readProducts, readTenant, tenantRecord } from './library.ts';
import { denseIndex, embedder } from './models.ts';
import { callPlatform, hintDesks } from './outward.ts';

const random = Math.random;

export const conversations = /* @__PURE__ */ once(async () => {
  const [{ dynamodbConversations }, { locateAssist }, theTable, { retentionDays }] = await Promise.all([
    import('../adapters/dynamodb/conversations.ts'),
    import('../assist/locate.ts'),
    table(),
    settings(),
  ]);
  return dynamodbConversations(theTable, {
    retentionSeconds: retentionDays * SECONDS_A_DAY,
    locate: locateAssist,
  });
});

/** What every flow over a conversation needs. */
export const conversationDeps = /* @__PURE__ */ once(async () => {
  const [
    store,
    { dynamodbAgents },
    { dynamodbCustomers },
    { dynamodbOutcomes },
    { isPromise },
    hint,
    theTable,
    { retentionDays },
  ] = await Promise.all([
    conversations(),
    import('../adapters/dynamodb/agents.ts'),
    import('../adapters/dynamodb/customers.ts'),
    import('../adapters/dynamodb/outcomes.ts'),
    import('../assist/phrases.ts'),
    hintDesks(),
    table(),
    settings(),
  ]);
  const customers = dynamodbCustomers(theTable, retentionDays * SECONDS_A_DAY);
  const outcomes = dynamodbOutcomes(theTable, { retentionSeconds: retentionDays * SECONDS_A_DAY });
  return {
    conversations: store,
    agents: dynamodbAgents(theTable),
    customers,
    outcomes,
    evidence: await evidence(),
    tally,
    readTenant,
    isPromise,
    hintDesks: hint,
    now,
    sleep,
    newId,
    random,
  };
});

/** At a peak every hand-off asks for the line; an instance reads it once a second. */
const LINE = { ttlMs: 1_000, limit: 1_000, now };

/** Who waits, who is at the desks, and how fast the line has moved of late. */
export const line = /* @__PURE__ */ once(async () => {
  const [{ lineReader }, { conversations: store, agents }, hours] = await Promise.all([
    import('../assist/line.ts'),
    conversationDeps(),
    hourCounts(),
  ]);
  const read = lineReader({ conversations: store, agents, hours, now });
  const lines = remembered((key: string) => {
    const [limit, ...tenant] = key.split(' ');
    return read(TenantId.parse(tenant.join(' ')), Number(limit));
  }, LINE);
  return (tenant: TenantId, limit: number) => lines(`${limit} ${tenant}`);
});

const EVENTS = { perSecond: 1_000, burst: 2_000, limit: 10_000, now };
const mayReceive = /* @__PURE__ */ tokenBucket(EVENTS);

/** A platform's way in: its signature, then its event. */
export const receiver = /* @__PURE__ */ once(async () => {
  const [{ receive }, generic, { openSecrets }, theSeal, shared, theStart] = await Promise.all([
    import('../assist/receive.ts'),
    import('../platforms/generic.ts'),
    import('../tenants/secrets.ts'),
    seal(),
    conversationDeps(),
    start(),
  ]);
  const deps: ReceiveDeps = { ...shared, start: theStart };
  return {
    /** Raises `unauthenticated` before anything of the body is read. */
    async receive(tenant: TenantId, headers: Record<string, string | undefined>, raw: Uint8Array) {
      if (!mayReceive(tenant)) {
        throw new CuecardError('rate_limited', `more than ${EVENTS.perSecond} events a second; send this one again`);
      }
      const record = await tenantRecord(tenant);
      if (record === undefined) throw new CuecardError('not_found', `no tenant ${tenant}`);
      const deliveryId = generic.verify(headers, raw, openSecrets(theSeal, record, 'webhookSecret', now()));
      return tallied(receive)(deps, tenant, deliveryId, generic.parse(raw));
    },
  };
});

/** Does nothing, and loads nothing, where no embedding model is configured and no release was made with one. */
export const densifying = /* @__PURE__ */ once(async () => {
  const { densify } = await import('../assist/dense.ts');
  return (situation: Situation) => densify({ embedder, index: denseIndex }, situation);
});

/** Empties a conversation's outbox: the function `deliver`. */
export const delivering = /* @__PURE__ */ once(async () => {
  const [{ deliver }, shared, theStart] = await Promise.all([
    import('../assist/deliver.ts'),
    conversationDeps(),
    start(),
  ]);
  const deps: DeliverDeps = { ...shared, start: theStart, callPlatform, readProducts };
  return tallied((place: Starts['deliver']) => deliver(deps, place));
});

/** Starts again what is due: the function `sweep`. */
export const sweeping = /* @__PURE__ */ once(async () => {
  const [{ sweep }, { dynamodbWork }, theTable, theStart] = await Promise.all([
    import('../assist/sweep.ts'),
    import('../adapters/dynamodb/work.ts'),
    table(),
    start(),
  ]);
  const deps: SweepDeps = { work: dynamodbWork(theTable), start: theStart, now, random };
  return () => sweep(deps);
});
