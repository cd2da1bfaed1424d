/** Chat platforms other than `generic`: their way in, and how they are connected. */
import { createHash } from 'node:crypto';
import { once, tokenBucket } from '../adapters/memory.ts';
import type { ReceiveDeps } from '../assist/receive.ts';
import type { ChatwootRecord, SeenEvent } from '../domain/chatwoot.ts';
import { CuecardError } from '../domain/error.ts';
import type { InboundEvent } from '../domain/event.ts';
import type { TenantId } from '../domain/ids.ts';
import type { ReadEvent } from '../platforms/chatwoot/shapes.ts';
import { type Connection, chatwootConnection, chatwootOf, chatwootStore, quietly, readingOf } from './chatwoot.ts';
import { follow, unfollow } from './chatwoot-catch-up.ts';
import { now, seal, start } from './clients.ts';
import { tallied } from './counts.ts';
import { conversationDeps } from './messages.ts';
import { checkUrl } from './outward.ts';

type Headers = Record<string, string | undefined>;
type Taken = { outcome: SeenEvent['outcome']; duplicate: boolean; messageId?: string };

/** Chatwoot gives up after five seconds, and is told well before that to send an event again. */
const ANSWER_MS = 1_800;
/** What may be read back of an event without a signature within that. */
const READ_BACK_MS = 1_400;

const mayReceive = /* @__PURE__ */ tokenBucket({ perSecond: 500, burst: 1_000, limit: 10_000, now });
/** An event without a signature costs two requests: nobody but Chatwoot has reason to send many. */
const mayConfirm = /* @__PURE__ */ tokenBucket({ perSecond: 10, burst: 40, limit: 10_000, now });
/** What came last is noted for the page that connects it, a few at once and then one now and then. */
const mayNote = /* @__PURE__ */ tokenBucket({ perSecond: 0.2, burst: 10, limit: 10_000, now });

/** Of an agent bot's webhook Chatwoot repeats what was answered with 429 or 500, and nothing else. */
const again = (): CuecardError => new CuecardError('rate_limited', 'not stored in time; send this event again');

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(again()), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Chatwoot's way in: its signature or its own word, then its events, each durable before the answer. */
export const chatwootReceiver = /* @__PURE__ */ once(async () => {
  const [shared, theStart] = await Promise.all([conversationDeps(), start()]);
  const deps: ReceiveDeps = { ...shared, start: theStart };
  return {
    /** Raises `unauthenticated` before anything of the body is read, `not_found` where none is connected. */
    async receive(tenant: TenantId, headers: Headers, raw: Uint8Array): Promise<Taken> {
      if (!mayReceive(tenant)) throw new CuecardError('rate_limited', 'too many events a second; send this one again');
      try {
        return await within(ANSWER_MS, take(deps, tenant, headers, raw));
      } catch (error) {
        throw error instanceof CuecardError && error.kind === 'unavailable' ? again() : error;
      }
    },
  };
});

async function take(deps: ReceiveDeps, tenant: TenantId, headers: Headers, raw: Uint8Array): Promise<Taken> {
  const connection = await chatwootConnection(tenant);
  if (connection === undefined) throw new CuecardError('not_found', `no Chatwoot is connected to ${tenant}`);
  const { open } = await import('../platforms/chatwoot/parse.ts');
  let event = '?';
  let signed: boolean | undefined;
  try {
    signed = await isSigned(tenant, connection.record, headers, raw);
    const opened = open(raw);
    event = opened.name;
    checkAccount(connection.record, opened.account);
    const taken = await receiveAll(deps, tenant, connection, opened.event, { raw, signed });
    await noteSeen(tenant, { at: now(), event, outcome: taken.outcome, signed });
    await quietly(follow(tenant, connection));
    return taken;
  } catch (error) {
    if (error instanceof CuecardError && error.kind !== 'rate_limited') {
      const why = error.message.slice(0, 300);
      await noteSeen(tenant, {
        at: now(),
        event,
        outcome: 'refused',
        why,
        ...(signed === undefined ? {} : { signed }),
      });
    }
    throw error;
  }
}

async function isSigned(tenant: TenantId, record: ChatwootRecord, headers: Headers, raw: Uint8Array): Promise<boolean> {
  const [{ verify }, { openChatwootSecret }, theSeal] = await Promise.all([
    import('../platforms/chatwoot/verify.ts'),
    import('../tenants/platforms.ts'),
    seal(),
  ]);
  const secrets = (['webhookSecret', 'botSecret'] as const)
    .map((name) => openChatwootSecret(theSeal, tenant, record, name))
    .filter((secret) => secret !== undefined);
  return verify(headers, raw, { secrets, setting: record.settings.verify, now: now() }) === 'signed';
}

function checkAccount({ settings }: ChatwootRecord, account: number | undefined): void {
  if (account === undefined || account === settings.accountId) return;
  throw new CuecardError('forbidden', `this event is of account ${account}, connected is ${settings.accountId}`);
}

async function receiveAll(
  deps: ReceiveDeps,
  tenant: TenantId,
  connection: Connection,
  event: ReadEvent | undefined,
  { raw, signed }: { raw: Uint8Array; signed: boolean },
): Promise<Taken> {
  const trusted = event === undefined || signed ? event : await readBack(tenant, connection.record, event);
  if (trusted === undefined) return { outcome: 'ignored', duplicate: false };
  const [{ parse }, { receive }] = await Promise.all([
    import('../platforms/chatwoot/parse.ts'),
    import('../assist/receive.ts'),
  ]);
  const events = parse(trusted, readingOf(connection), now());
  const delivery = deliveryOf(raw);
  const taken: Taken = { outcome: events.length === 0 ? 'ignored' : 'accepted', duplicate: events.length > 0 };
  for (const [at, one] of events.entries()) {
    const { duplicate, messageId } = await tallied(receive)(deps, tenant, `${delivery}:${at}`, one);
    taken.duplicate &&= duplicate;
    if (isMessage(one)) taken.messageId = messageId;
  }
  return taken;
}

const isMessage = ({ type }: InboundEvent): boolean => type === 'message.created';

/**
 * An event by what it says: repeated, it is the same body, and `X-Chatwoot-Delivery`, which is not under the signature,
 * could be anybody's.
 */
const deliveryOf = (raw: Uint8Array): string =>
  `chatwoot:${createHash('sha256').update(raw).digest('base64url').slice(0, 32)}`;

async function readBack(tenant: TenantId, record: ChatwootRecord, event: ReadEvent): Promise<ReadEvent | undefined> {
  if (!mayConfirm(tenant)) throw new CuecardError('rate_limited', 'too many events without a signature');
  const [{ confirm }, api] = await Promise.all([
    import('../platforms/chatwoot/confirm.ts'),
    chatwootOf(tenant, record, READ_BACK_MS),
  ]);
  return confirm(api, event);
}

async function noteSeen(tenant: TenantId, event: SeenEvent): Promise<void> {
  if (mayNote(tenant)) await quietly((await chatwootStore()).note(tenant, { event }));
}

const CHECK_MS = 8_000;
/** Whose token it is, is looked up as it is saved, if Chatwoot answers soon. */
const GLANCE_MS = 3_000;

/** An admin's room: connects, looks, checks, takes away. */
export const platforms = /* @__PURE__ */ once(async () => {
  const [{ chatwootRoom }, store, theSeal] = await Promise.all([
    import('../tenants/platforms.ts'),
    chatwootStore(),
    seal(),
  ]);
  return chatwootRoom({
    store: {
      ...store,
      remove: (tenant) => Promise.all([store.remove(tenant), unfollow(tenant)]).then(() => undefined),
    },
    seal: theSeal,
    checkUrl,
    check: (tenant) => checkChatwoot(tenant, CHECK_MS),
    glance: (tenant) => quietly(checkChatwoot(tenant, GLANCE_MS)),
  });
});

async function checkChatwoot(tenant: TenantId, withinMs: number) {
  const [store, { checkConnection }] = await Promise.all([chatwootStore(), import('../platforms/chatwoot/check.ts')]);
  const record = await store.read(tenant);
  if (record === undefined) throw new CuecardError('not_found', 'no Chatwoot is connected');
  const { secrets, settings } = record;
  const has = { webhookSecret: secrets.webhookSecret !== undefined, botSecret: secrets.botSecret !== undefined };
  const checked = await checkConnection(await chatwootOf(tenant, record, withinMs), settings, has);
  if (checked.user !== undefined) await quietly(store.note(tenant, { userId: checked.user.id, trouble: null }));
  return checked;
}
