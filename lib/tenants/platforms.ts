/** How an admin connects the shop's Chatwoot: settings, sealed secrets, and whether it works. */
import {
  type ChatwootCheck,
  type ChatwootRecord,
  ChatwootSecretName,
  ChatwootSettings,
  type ChatwootView,
  DEFAULT_CHATWOOT,
  type PutChatwoot,
} from '../domain/chatwoot.ts';
import { CuecardError } from '../domain/error.ts';
import type { TenantId } from '../domain/ids.ts';
import type { ChatwootStore } from '../ports/chatwoot.ts';
import type { Seal } from './secrets.ts';

export type ChatwootRoomDeps = {
  store: ChatwootStore;
  seal: Seal;
  /** Raises `invalid` for an address that may not be called. */
  checkUrl(url: string): Promise<void>;
  /** Asks the installation; never raises for what it answers. */
  check(tenant: TenantId): Promise<ChatwootCheck>;
  /** Learns whose token was just saved, if it can soon. */
  glance(tenant: TenantId): Promise<void>;
};

const context = (tenant: string, name: ChatwootSecretName): string => `${tenant}/chatwoot.${name}`;

/** The secret if it is set. Throws on a damaged or moved envelope. */
export function openChatwootSecret(
  seal: Seal,
  tenant: TenantId,
  { secrets }: ChatwootRecord,
  name: ChatwootSecretName,
): string | undefined {
  const sealed = secrets[name];
  return sealed === undefined ? undefined : seal.open(sealed, context(tenant, name));
}

export const webhookPath = (tenant: TenantId): string => `/v1/webhooks/chatwoot/${tenant}`;

const given = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;

/** Without a trailing `/`, or the `/app/…` that a browser shows. */
const plainBase = (text: string): string => {
  const url = new URL(text);
  const path = url.pathname.replace(/\/(?:app|api)(?:\/.*)?$/, '').replace(/\/+$/, '');
  return `${url.origin}${path}`;
};

function settingsOf(known: ChatwootSettings | undefined, put: PutChatwoot): ChatwootSettings {
  const { accessToken: _a, botToken: _b, webhookSecret: _w, botSecret: _s, notes, ...rest } = put;
  const before = known ?? { ...DEFAULT_CHATWOOT };
  return ChatwootSettings.parse({
    ...DEFAULT_CHATWOOT,
    ...before,
    ...given(rest),
    baseUrl: plainBase(put.baseUrl),
    notes: { ...before.notes, ...given(notes ?? {}) },
  });
}

function secretsOf(deps: ChatwootRoomDeps, tenant: TenantId, known: ChatwootRecord | undefined, put: PutChatwoot) {
  const secrets = { ...known?.secrets };
  for (const name of ChatwootSecretName.options) {
    const value = put[name];
    if (value === null) delete secrets[name];
    else if (value !== undefined) secrets[name] = deps.seal.seal(value.trim(), context(tenant, name));
  }
  return secrets;
}

/** A token goes to the installation it was given for and to no other. */
function checkMoved(known: ChatwootRecord | undefined, settings: ChatwootSettings, put: PutChatwoot): void {
  const needed = known === undefined || known.settings.baseUrl !== settings.baseUrl;
  if (needed && put.accessToken === undefined) {
    throw new CuecardError('invalid', 'a new address needs its access token with it', {
      errors: [{ path: 'body.accessToken', message: 'required with a new address' }],
    });
  }
}

/** Of another installation nothing of the old one's secrets is kept. */
const kept = (known: ChatwootRecord | undefined, settings: ChatwootSettings): ChatwootRecord | undefined =>
  known === undefined || known.settings.baseUrl === settings.baseUrl ? known : { ...known, secrets: {} };

async function put(deps: ChatwootRoomDeps, tenant: TenantId, body: PutChatwoot): Promise<void> {
  await deps.checkUrl(body.baseUrl);
  const known = await deps.store.read(tenant);
  const settings = settingsOf(known?.settings, body);
  checkMoved(known, settings, body);
  const secrets = secretsOf(deps, tenant, kept(known, settings), body);
  const record = { version: (known?.version ?? 0) + 1, settings, secrets };
  if ((await deps.store.put(tenant, record, known?.version)) === 'conflict') {
    throw new CuecardError('conflict', 'somebody else has just changed this connection; look at it again');
  }
}

async function view({ store }: ChatwootRoomDeps, tenant: TenantId): Promise<ChatwootView> {
  const [record, seen] = await Promise.all([store.read(tenant), store.seen(tenant)]);
  if (record === undefined) throw new CuecardError('not_found', 'no Chatwoot is connected');
  const { accessToken, botToken, webhookSecret, botSecret } = record.secrets;
  return {
    settings: record.settings,
    has: {
      accessToken: accessToken !== undefined,
      botToken: botToken !== undefined,
      webhookSecret: webhookSecret !== undefined,
      botSecret: botSecret !== undefined,
    },
    webhookPath: webhookPath(tenant),
    events: seen.events,
    ...(seen.trouble === undefined ? {} : { trouble: seen.trouble }),
  };
}

export const chatwootRoom = (deps: ChatwootRoomDeps) => ({
  /** Raises `not_found` while none is connected. */
  read: (tenant: TenantId) => view(deps, tenant),
  /** Raises `invalid` for an address that may not be called, or a new one without its token. */
  async put(tenant: TenantId, body: PutChatwoot): Promise<ChatwootView> {
    await put(deps, tenant, body);
    await deps.glance(tenant);
    return view(deps, tenant);
  },
  remove: (tenant: TenantId) => deps.store.remove(tenant),
  check: (tenant: TenantId) => deps.check(tenant),
});
