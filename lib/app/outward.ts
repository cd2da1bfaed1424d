/** The ways out: hints to open desks, calls to the platform. */
import { once, remembered, tokenBucket } from '../adapters/memory.ts';
import type { TenantId } from '../domain/ids.ts';
import type { CallPlatform } from '../ports/callback.ts';
import type { HintDesks } from '../ports/desks.ts';
import { now, seal, settings, table } from './clients.ts';
import { tenantRecord } from './library.ts';

/** A platform that takes longer is called again. */
const CALLBACK_MS = 10_000;
/** A message sends two hints or more within it; a desk that connected meanwhile rereads a second after. */
const WARM_DESKS = { ttlMs: 500, limit: 10_000, now };
/**
 * Of what does not concern them, the desks of a tenant are told so often together, by one instance; there are several, and
 * a desk of fifty rereads such a list once in five seconds.
 */
const OTHERS = { perSecond: 10, burst: 100, limit: 10_000, now };

export const hintDesks = /* @__PURE__ */ once(async (): Promise<HintDesks> => {
  const [{ tellDesks }, desk, { push }, { managementClient }, theTable, { websocketEndpoint }] = await Promise.all([
    import('../assist/tell-desks.ts'),
    import('../adapters/dynamodb/desk.ts'),
    import('../adapters/websocket.ts'),
    import('./sdk/management.ts'),
    table(),
    settings(),
  ]);
  if (websocketEndpoint === undefined) return async () => undefined;
  const client = managementClient(websocketEndpoint);
  return tellDesks({
    desks: remembered(
      (tenant) => desk.connections(theTable, tenant as TenantId, Math.floor(now() / 1_000)),
      WARM_DESKS,
    ),
    push: (connection, text) => push(client, connection, text),
    forget: (connection) => desk.dropConnection(theTable, connection),
    mayTell: tokenBucket(OTHERS),
  });
});

/** Where a callback may go is judged when it is set, and again at every connect. Raises `invalid`. */
export async function checkUrl(url: string | null | undefined): Promise<void> {
  const [{ checkCallbackUrl }, { allowLocalCallbacks }] = await Promise.all([
    import('../adapters/callback.ts'),
    settings(),
  ]);
  if (typeof url === 'string') checkCallbackUrl(url, allowLocalCallbacks);
}

/** Whether trying again may help: the platform was down, slow or over its limit. */
const mayPass = (status: number): boolean => status >= 500 || status === 408 || status === 425 || status === 429;

/** Calls the tenant's platform: Chatwoot for its own conversations where it is connected, else the callback. */
export const callPlatform: CallPlatform = async (tenant, call) => {
  if (call.conversation.startsWith(CHATWOOT)) {
    const { callChatwoot } = await import('./chatwoot.ts');
    const outcome = await callChatwoot(tenant, call);
    if (outcome !== 'no_callback') return outcome;
  }
  return callBack(tenant, call);
};

/** As conversations of Chatwoot begin (`lib/platforms/chatwoot`). */
const CHATWOOT = 'chatwoot:';

/** Posts to the tenant's own address, signed with its newest callback secret. */
const callBack: CallPlatform = async (tenant, { id, body, timestamp }) => {
  const record = await tenantRecord(tenant);
  const url = record?.tenant.settings.callbackUrl;
  if (record === undefined || url === undefined) return 'no_callback';
  const [{ guardedPost }, { sign }, { openSecrets }, theSeal, { allowLocalCallbacks }] = await Promise.all([
    import('../adapters/callback.ts'),
    import('../platforms/generic.ts'),
    import('../tenants/secrets.ts'),
    seal(),
    settings(),
  ]);
  const [secret] = openSecrets(theSeal, record, 'callbackSecret', now());
  if (secret === undefined) return 'refused';
  const headers = sign(id, body, timestamp, secret);
  try {
    const status = await guardedPost({ url, headers, body, timeoutMs: CALLBACK_MS, allowLocal: allowLocalCallbacks });
    if (status >= 200 && status < 300) return 'delivered';
    return mayPass(status) ? 'failed' : 'refused';
  } catch {
    return 'failed';
  }
};
