/** A tenant's Chatwoot as it is called: its settings for a second, its API at its pace. */
import { once, remembered } from '../adapters/memory.ts';
import type { ChatwootRecord, ChatwootSeen } from '../domain/chatwoot.ts';
import { CuecardError } from '../domain/error.ts';
import type { TenantId } from '../domain/ids.ts';
import type { ChatwootApi, Request } from '../platforms/chatwoot/api.ts';
import type { Reading } from '../platforms/chatwoot/reading.ts';
import type { CallPlatform } from '../ports/callback.ts';
import type { ChatwootStore } from '../ports/chatwoot.ts';
import { pace, rest } from './chatwoot-pace.ts';
import { now, seal, settings, table } from './clients.ts';

export const chatwootStore = /* @__PURE__ */ once(async (): Promise<ChatwootStore> => {
  const [{ dynamodbChatwoot }, theTable] = await Promise.all([import('../adapters/dynamodb/platforms.ts'), table()]);
  return dynamodbChatwoot(theTable);
});

export type Connection = { record: ChatwootRecord; seen: ChatwootSeen };

const WARM = { ttlMs: 1_000, limit: 10_000, now };

/** Undefined where none is connected. */
export const chatwootConnection = /* @__PURE__ */ remembered(async (id: string): Promise<Connection | undefined> => {
  const store = await chatwootStore();
  const tenant = id as TenantId;
  const [record, seen] = await Promise.all([store.read(tenant), store.seen(tenant)]);
  return record === undefined ? undefined : { record, seen };
}, WARM);

const HEARS = { ttlMs: 30_000, limit: 10_000, now };

/** Whether a tenant wants suggestions in Chatwoot as notes. It may be half a minute old. */
export const hearsSuggestions = /* @__PURE__ */ remembered(
  async (id: string): Promise<boolean> =>
    (await (await chatwootStore()).read(id as TenantId))?.settings.notes.suggestions === true,
  HEARS,
);

export const readingOf = ({ record, seen }: Connection): Reading => ({
  settings: record.settings,
  userId: seen.userId,
  botId: seen.botId,
  hasBot: record.secrets.botToken !== undefined,
  keepsAttributes: seen.keepsAttributes,
});

const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
const CALL_MS = 8_000;

/** The API of a tenant's Chatwoot. All calls of it together end within `withinMs`. */
export async function chatwootOf(tenant: TenantId, record: ChatwootRecord, withinMs: number): Promise<ChatwootApi> {
  const [{ chatwootApi }, { guardedFetch }, { openChatwootSecret }, theSeal, { allowLocalCallbacks }] =
    await Promise.all([
      import('../platforms/chatwoot/api.ts'),
      import('../adapters/callback.ts'),
      import('../tenants/platforms.ts'),
      seal(),
      settings(),
    ]);
  const { baseUrl, accountId } = record.settings;
  const user = openChatwootSecret(theSeal, tenant, record, 'accessToken') ?? '';
  const bot = openChatwootSecret(theSeal, tenant, record, 'botToken');
  const { origin } = new URL(baseUrl);
  const end = now() + withinMs;
  const tokenFor = (as: Request['as']): string => (as === 'bot' ? (bot ?? user) : user);
  const call = async ({ method, path, body, as }: Request) => {
    await pace(origin);
    const timeoutMs = Math.min(CALL_MS, end - now());
    if (timeoutMs <= 0) throw new CuecardError('unavailable', `${origin} is too slow`);
    const answer = await guardedFetch({
      method,
      url: `${baseUrl}${path}`,
      headers: { accept: 'application/json', 'content-type': 'application/json', api_access_token: tokenFor(as) },
      body: method === 'POST' ? JSON.stringify(body) : undefined,
      timeoutMs,
      allowLocal: allowLocalCallbacks,
      maxBytes: MAX_ANSWER_BYTES,
    });
    if (answer.status === 429) rest(origin, answer.headers['retry-after']);
    const isBots = as === 'bot' && bot !== undefined;
    return { status: answer.status, body: jsonOf(answer.text), asBot: isBots, at: timeOf(answer.headers.date) };
  };
  return chatwootApi(call, accountId);
}

function timeOf(date: string | undefined): number | undefined {
  const at = Date.parse(date ?? '');
  return Number.isNaN(at) ? undefined : at;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Shorter than a claim on the outbox (30 s): an attempt is over before somebody else makes the next. */
const DELIVERY_MS = 24_000;

/** Sends an item of the outbox to the tenant's Chatwoot. A refusal is noted for the page that connects it. */
export const callChatwoot: CallPlatform = async (tenant, { body, attempt }) => {
  const connection = await chatwootConnection(tenant);
  if (connection === undefined) return 'no_callback';
  const [{ deliver }, { isFinal }, store] = await Promise.all([
    import('../platforms/chatwoot/deliver.ts'),
    import('../platforms/chatwoot/api.ts'),
    chatwootStore(),
  ]);
  try {
    const api = await chatwootOf(tenant, connection.record, DELIVERY_MS);
    const { outcome, learnt } = await deliver(api, body, readingOf(connection), attempt);
    await quietly(noteLearnt(store, tenant, connection.seen, learnt ?? {}));
    return outcome;
  } catch (error) {
    if (!isFinal(error)) return 'failed';
    const status = Number(error.members['status'] ?? 0);
    await quietly(store.note(tenant, { trouble: { at: now(), status, detail: error.message.slice(0, 500) } }));
    return 'refused';
  }
};

/** Only what is new is written. */
async function noteLearnt(
  store: ChatwootStore,
  tenant: TenantId,
  seen: ChatwootSeen,
  learnt: Partial<ChatwootSeen>,
): Promise<void> {
  const known: Record<string, unknown> = seen;
  const news = Object.fromEntries(Object.entries(learnt).filter(([name, value]) => known[name] !== value));
  const over = seen.trouble === undefined ? {} : { trouble: null };
  if (Object.keys({ ...news, ...over }).length > 0) await store.note(tenant, { ...news, ...over });
}

/** What is noted beside the work must not undo it. */
export async function quietly(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch {
    // Seen again at the next call.
  }
}
