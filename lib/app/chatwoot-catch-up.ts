/** Reads from a tenant's Chatwoot what no webhook has brought: the function `catchUp`, started by the sweep. */
import { once } from '../adapters/memory.ts';
import type { ReceiveDeps } from '../assist/receive.ts';
import type { ChatwootReached, ChatwootRecord } from '../domain/chatwoot.ts';
import { CuecardError } from '../domain/error.ts';
import type { ConversationId, TenantId } from '../domain/ids.ts';
import { toMessage } from '../domain/inbound.ts';
import type { Fresh } from '../platforms/chatwoot/catch-up.ts';
import type { Fetched } from '../platforms/chatwoot/fetched.ts';
import type { Reading } from '../platforms/chatwoot/reading.ts';
import type { CatchUpStore, HeldCatchUp } from '../ports/catch-up.ts';
import type { Starts } from '../ports/starts.ts';
import { type Connection, chatwootConnection, chatwootOf, chatwootStore, quietly, readingOf } from './chatwoot.ts';
import { now, start, table } from './clients.ts';
import { tallied } from './counts.ts';
import { conversationDeps } from './messages.ts';

/**
 * The sweep comes once a minute, and each of its runs finds this due: a message that no webhook brought is there within
 * some 75 s. Asking more often would cost every quiet shop a request each time, for what is lost rarely.
 */
const PAUSE_MS = 50_000;
const MAX_PAUSE_MS = 600_000;
/** A run ends by itself before its function is cut off, and a run that died is taken for dead. */
const RUN_MS = 40_000;
const HELD_MS = 75_000;
/** Of a conversation the newest messages are held against what was read. */
const HELD_MESSAGES = 250;

const catchUpStore = /* @__PURE__ */ once(async (): Promise<CatchUpStore> => {
  const [{ dynamodbCatchUp }, theTable] = await Promise.all([import('../adapters/dynamodb/catch-up.ts'), table()]);
  return dynamodbCatchUp(theTable);
});

const accountOf = ({ settings }: ChatwootRecord): string => `${settings.baseUrl}#${settings.accountId}`;

/** From the first webhook on: until one has come, a shop is still setting up, and nothing of it is anybody's business. */
export async function follow(tenant: TenantId, { record, seen }: Connection): Promise<void> {
  if (seen.follows === true) return;
  const [store, known, { beginAt }] = await Promise.all([
    catchUpStore(),
    chatwootStore(),
    import('../platforms/chatwoot/catch-up.ts'),
  ]);
  await store.begin(tenant, beginAt(accountOf(record), now()), now() + PAUSE_MS);
  await known.note(tenant, { follows: true });
}

export const unfollow = async (tenant: TenantId): Promise<void> => (await catchUpStore()).end(tenant);

export const catchingUp = /* @__PURE__ */ once(async () => {
  const [shared, theStart] = await Promise.all([conversationDeps(), start()]);
  const deps: ReceiveDeps = { ...shared, start: theStart };
  return tallied(async ({ tenant }: Starts['catchUp']): Promise<void> => {
    const begun = now();
    const store = await catchUpStore();
    const held = await store.claim(tenant, begun, begun + HELD_MS);
    if (held === undefined) return;
    const connection = await chatwootConnection(tenant);
    if (connection === undefined) return store.end(tenant);
    if (held.reached.of !== accountOf(connection.record)) return leave(store, tenant);
    await run({ deps, store, tenant, reading: readingOf(connection) }, connection.record, held, begun);
  });
});

/** Another account is connected now: its first webhook begins anew. */
async function leave(store: CatchUpStore, tenant: TenantId): Promise<void> {
  await (await chatwootStore()).note(tenant, { follows: false });
  await store.end(tenant);
}

type Run = { deps: ReceiveDeps; store: CatchUpStore; tenant: TenantId; reading: Reading };

async function run(one: Run, record: ChatwootRecord, held: HeldCatchUp, begun: number): Promise<void> {
  const { store, tenant } = one;
  const [{ catchUp }, { isWanted }] = await Promise.all([
    import('../platforms/chatwoot/catch-up.ts'),
    import('../platforms/chatwoot/parse.ts'),
  ]);
  let { reached } = held;
  let fetched = 0;
  try {
    const steps = {
      api: await chatwootOf(tenant, record, RUN_MS),
      isWanted: (conversation: Fresh['conversation']) => isWanted(conversation, one.reading),
      take: async (fresh: Fresh) => {
        fetched += await take(one, fresh);
      },
      save: (far: ChatwootReached) => {
        reached = far;
        return store.save(tenant, { ...held, reached });
      },
      now,
      until: begun + RUN_MS,
    };
    const progress = await catchUp(steps, reached);
    await store.save(tenant, { ...held, reached: { ...progress.reached, failures: 0 } }, begun + PAUSE_MS);
  } catch (error) {
    const failures = reached.failures + 1;
    const pause = Math.min(MAX_PAUSE_MS, PAUSE_MS * 2 ** Math.min(failures - 1, 10));
    await store.save(tenant, { ...held, reached: { ...reached, failures } }, begun + pause);
    await noteTrouble(tenant, error);
  } finally {
    if (fetched > 0) await noteFetched(tenant, fetched);
  }
}

/** A refusal is for the page that connects it; whatever else keeps an answer from coming passes, or is a bug to be seen. */
async function noteTrouble(tenant: TenantId, error: unknown): Promise<void> {
  if (!(error instanceof CuecardError)) throw error;
  const { isFinal } = await import('../platforms/chatwoot/api.ts');
  if (!isFinal(error)) return;
  const status = Number(error.members['status'] ?? 0);
  const trouble = { at: now(), status, detail: error.message.slice(0, 500) };
  await quietly((await chatwootStore()).note(tenant, { trouble }));
}

async function noteFetched(tenant: TenantId, fetched: number): Promise<void> {
  const event = { at: now(), event: 'message_created', outcome: 'accepted' as const, fetched };
  await quietly((await chatwootStore()).note(tenant, { event }));
}

/** How many messages were not held. */
async function take({ deps, tenant, reading }: Run, fresh: Fresh): Promise<number> {
  const [{ fetchedEvents, fetchedState }, { conversationOf }, { receive }] = await Promise.all([
    import('../platforms/chatwoot/fetched.ts'),
    import('../platforms/chatwoot/reading.ts'),
    import('../assist/receive.ts'),
  ]);
  const conversation = conversationOf(fresh.conversation.id) as ConversationId;
  const { head, messages, events } = await deps.conversations.load(tenant, conversation, HELD_MESSAGES);
  const held = new Set<string>([...messages, ...events].map(({ id }) => id));
  const gone = new Set<string>(messages.filter(({ recalled }) => recalled === true).map(({ id }) => id));
  const missing = fetchedEvents(fresh, reading, deps.now()).filter(({ event }) => isNews(event, held, gone));
  for (const one of missing) {
    if (one.isPast) await keep(deps, tenant, conversation, one);
    else await receive(deps, tenant, one.delivery, one.event);
  }
  const state = head === undefined ? undefined : fetchedState(fresh, reading, head);
  if (state !== undefined) await receive(deps, tenant, state.delivery, state.event);
  return missing.length;
}

/** A message that is not held, or the recall of one that is. */
function isNews(event: Fetched['event'], held: ReadonlySet<string>, gone: ReadonlySet<string>): boolean {
  if (event.type === 'message.created') return !held.has(event.data.messageId);
  return event.type === 'message.recalled' && held.has(event.data.messageId) && !gone.has(event.data.messageId);
}

/** What was said and is done with, at its own time; it is found by its customer like all else. */
async function keep(
  { conversations }: ReceiveDeps,
  tenant: TenantId,
  conversation: ConversationId,
  { event, at }: Fetched,
): Promise<void> {
  if (event.type !== 'message.created') return;
  const message = toMessage(event.data, at);
  const customer = event.data.customer?.id;
  if (customer !== undefined) await conversations.noteCustomer?.(tenant, customer, conversation, message.at);
  await conversations.putMessage(tenant, conversation, message);
}
