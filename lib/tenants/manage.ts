import type { AuditEvent } from '../domain/audit.ts';
import { CuecardError } from '../domain/error.ts';
import { AgentId, type TenantId } from '../domain/ids.ts';
import {
  type Caller,
  DEFAULT_SETTINGS,
  type Role,
  Settings,
  type Tenant,
  type TenantRecord,
  type TokenRecord,
} from '../domain/tenant.ts';
import type { CreateTenant, CreateToken, PatchTenant, SettingsPatch } from '../domain/tenant-requests.ts';
import { estimateOutOfScopeShare } from '../measure/out-of-scope.ts';
import type { AuditStore } from '../ports/audit.ts';
import type { OutcomeStore } from '../ports/outcomes.ts';
import type { Note } from './people.ts';
import { newSecret, type RandomBytes, rotateSecret, type Seal, sealSecret } from './secrets.ts';
import { settingsChanges } from './settings-log.ts';
import { newToken } from './tokens.ts';

export type TenantsDeps = {
  read(id: TenantId): Promise<TenantRecord | undefined>;
  /** Raises `conflict` when the id is taken. */
  create(record: TenantRecord): Promise<void>;
  update(record: TenantRecord, readVersion: number): Promise<'ok' | 'conflict'>;
  putToken(tenant: string, id: string, record: TokenRecord): Promise<void>;
  seal: Seal;
  random: RandomBytes;
  now(): number;
  /** Raises `invalid` for an address that callbacks may not go to. */
  checkUrl(url: string | null | undefined): Promise<void>;
  installPacks(tenant: Tenant, packs: readonly string[]): Promise<void>;
  checkPacks(packs: readonly string[]): Promise<void>;
  /** What agents did with turns on the days (`YYYY-MM-DD`) from one to the other. */
  outcomes: OutcomeStore['sum'];
  /** Where it is kept who changed settings and secrets, and the windows in which nothing goes live. */
  audit: Pick<AuditStore, 'append'>;
  /** Keeps that somebody made a token. */
  note?: Note;
};

const withoutNulls = <T>(map: Record<string, T | null>): Record<string, T> =>
  Object.fromEntries(Object.entries(map).flatMap(([key, value]) => (value === null ? [] : [[key, value]])));

/** What a patch leaves out stays; what it takes back with `null`, a field or all, is as the default has it. */
function replaced<T extends object>(known: T | undefined, patch: object | null | undefined): object | undefined {
  if (patch === null) return undefined;
  const next = withoutNulls({ ...known, ...patch });
  return Object.keys(next).length === 0 ? undefined : next;
}

const merged = (settings: Settings, patch: SettingsPatch): Settings => {
  const { callbackUrl, targetPrecision, ...rest } = patch;
  const { callbackUrl: url, ...kept } = settings;
  const nextUrl = callbackUrl === undefined ? url : (callbackUrl ?? undefined);
  const known = Object.fromEntries(
    Object.entries(rest).filter(([name, value]) => name in Settings.shape && value !== undefined),
  );
  return Settings.parse({
    ...kept,
    ...known,
    routing: replaced(settings.routing, patch.routing),
    opening: patch.opening === null ? undefined : (patch.opening ?? settings.opening),
    embed: patch.embed === null ? undefined : (patch.embed ?? settings.embed),
    phrases: { ...settings.phrases, ...patch.phrases },
    wording: { ...settings.wording, ...patch.wording },
    shopFacts: withoutNulls({ ...settings.shopFacts, ...patch.shopFacts }),
    targetPrecision: { ...settings.targetPrecision, ...targetPrecision },
    ...(nextUrl === undefined ? {} : { callbackUrl: nextUrl }),
  });
};

/** Settings are one item of the store with the tenant's secrets, and are read with every message. */
const MOST_BYTES = 200_000;

function fitting(tenant: Tenant): Tenant {
  const bytes = Buffer.byteLength(JSON.stringify(tenant));
  if (bytes <= MOST_BYTES) return tenant;
  throw new CuecardError(
    'too_large',
    `the settings are ${Math.ceil(bytes / 1_000)} KB together; ${MOST_BYTES / 1_000} KB can be kept`,
  );
}

async function grant(deps: TenantsDeps, tenant: string, role: Role, agentId: string, name?: string): Promise<string> {
  const fresh = newToken(deps.random, tenant, { role, agentId: AgentId.parse(agentId), name });
  await deps.putToken(tenant, fresh.id, { ...fresh.record, createdAt: new Date(deps.now()).toISOString() });
  return fresh.token;
}

export type CreatedTenant = {
  tenant: Tenant;
  webhookSecret: string;
  callbackSecret: string;
  agentToken: string;
  managerToken: string;
  adminToken: string;
};

/** Makes a tenant with its secrets and first tokens, and starts installing its packs. Secrets are shown this once. */
async function createTenant(deps: TenantsDeps, body: CreateTenant): Promise<CreatedTenant> {
  await deps.checkPacks(body.packs);
  await deps.checkUrl(body.callbackUrl);
  const { id, name, languages, packs, ...settings } = body;
  const tenant = fitting({
    id,
    name,
    languages,
    packs,
    settings: merged(DEFAULT_SETTINGS, settings),
    createdAt: new Date(deps.now()).toISOString(),
    version: 1,
  });
  const webhookSecret = newSecret(deps.random);
  const callbackSecret = newSecret(deps.random);
  await deps.create({
    tenant,
    secrets: {
      webhookSecret: [sealSecret(deps.seal, id, 'webhookSecret', webhookSecret)],
      callbackSecret: [sealSecret(deps.seal, id, 'callbackSecret', callbackSecret)],
    },
  });
  const tokens = {
    agentToken: await grant(deps, id, 'agent', 'agent'),
    managerToken: await grant(deps, id, 'manager', 'manager'),
    adminToken: await grant(deps, id, 'admin', 'admin'),
  };
  if (packs.length > 0) await deps.installPacks(tenant, packs);
  return { tenant, webhookSecret, callbackSecret, ...tokens };
}

/** An admin changes its own tenant, an operator any. */
function mayChange(caller: Caller, id: TenantId): void {
  if (caller.role !== 'operator' && caller.tenant !== id) throw new CuecardError('not_found', `no tenant ${id}`);
}

/** The record after the patch, and the fresh secret if one was asked for. */
function patched(
  deps: TenantsDeps,
  record: TenantRecord,
  patch: PatchTenant,
): { record: TenantRecord; secret?: string } {
  const { name, languages, rotate, ...settings } = patch;
  const before = record.tenant;
  const tenant = fitting({
    ...before,
    name: name ?? before.name,
    languages: languages ?? before.languages,
    settings: merged(before.settings, settings),
    version: before.version + 1,
  });
  if (rotate === undefined) return { record: { ...record, tenant } };
  const secret = newSecret(deps.random);
  const rotated = rotateSecret(record, rotate, sealSecret(deps.seal, tenant.id, rotate, secret), deps.now());
  return { record: { ...rotated, tenant }, secret };
}

const ATTEMPTS = 5;

/** Changes settings and rotates secrets; fields left out stay as they are, maps are merged key by key. */
async function patchTenant(
  deps: TenantsDeps,
  id: TenantId,
  patch: PatchTenant,
): Promise<{ before: Tenant; tenant: Tenant; secret?: string }> {
  await deps.checkUrl(patch.callbackUrl);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const record = await deps.read(id);
    if (record === undefined) throw new CuecardError('not_found', `no tenant ${id}`);
    const next = patched(deps, record, patch);
    const outcome = await deps.update(next.record, record.tenant.version);
    if (outcome === 'ok') {
      const secret = next.secret === undefined ? {} : { secret: next.secret };
      return { before: record.tenant, tenant: next.record.tenant, ...secret };
    }
  }
  throw new CuecardError('conflict', 'the settings kept changing; try again');
}

const inWords = ({ from, until, reason }: NonNullable<Settings['freezes']>[number]): string =>
  `${from} to ${until}${reason === '' ? '' : ` (${reason})`}`;

type Decision = Pick<AuditEvent, 'action' | 'subject' | 'detail'>;

/** What a patch decided, as it is kept. */
function decisions(before: Tenant, now: Tenant, { freezes, rotate }: PatchTenant): Decision[] {
  const changes = settingsChanges(before, now);
  const windows = freezes?.length === 0 ? 'none any more' : (freezes ?? []).map(inWords).join('; ');
  const made: (Decision & { isMade: boolean })[] = [
    { action: 'settings.changed', subject: now.id, detail: changes.join('; '), isMade: changes.length > 0 },
    { action: 'secret.rotated', subject: rotate ?? '', detail: '', isMade: rotate !== undefined },
    { action: 'freezes.changed', subject: now.id, detail: windows, isMade: freezes !== undefined },
  ];
  return made.flatMap(({ isMade, ...decision }) => (isMade ? [decision] : []));
}

/** A setting can make the bot speak to customers, and a secret lets a platform in: it is kept who decided so. */
async function patchAudited(deps: TenantsDeps, caller: Caller, id: TenantId, patch: PatchTenant) {
  const { before, ...changed } = await patchTenant(deps, id, patch);
  const at = new Date(deps.now()).toISOString();
  for (const { detail, ...decision } of decisions(before, changed.tenant, patch)) {
    await deps.audit.append(id, { at, by: caller.agentId, ...decision, detail: detail.slice(0, 5_000) });
  }
  return changed;
}

/** A token for a person of the caller's tenant. */
async function createToken(
  deps: TenantsDeps,
  tenant: TenantId,
  caller: Caller,
  body: CreateToken,
): Promise<{ token: string; role: Role; agentId: string }> {
  const agentId = body.agentId ?? body.role;
  const token = await grant(deps, tenant, body.role, agentId, body.name);
  await deps.note?.(tenant, caller, 'token.created', { subject: agentId, detail: body.role });
  return { token, role: body.role, agentId };
}

/** Days that an estimate looks back, today included. */
const ESTIMATE_DAYS = 28;
const DAY_MS = 86_400_000;

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The tenant, and beside its settings what agents' choices suggest for them. */
async function readTenant(deps: TenantsDeps, id: TenantId) {
  const now = deps.now();
  const since = dayOf(now - (ESTIMATE_DAYS - 1) * DAY_MS);
  const [record, counts] = await Promise.all([deps.read(id), deps.outcomes(id, since, dayOf(now))]);
  if (record === undefined) throw new CuecardError('not_found', `no tenant ${id}`);
  const { tenant } = record;
  const { outOfScopeShare: value, ...rest } = estimateOutOfScopeShare(counts, tenant.settings.outOfScopeShare);
  return { tenant, estimates: { outOfScopeShare: { value, ...rest, since } } };
}

/** What can be done to tenants, and by whom. */
export const tenants = (deps: TenantsDeps) => ({
  create: (body: CreateTenant) => createTenant(deps, body),
  patch: (caller: Caller, id: TenantId, patch: PatchTenant) => {
    mayChange(caller, id);
    return patchAudited(deps, caller, id, patch);
  },
  read: (caller: Caller, id: TenantId) => {
    mayChange(caller, id);
    return readTenant(deps, id);
  },
  createToken: (tenant: TenantId, caller: Caller, body: CreateToken) => createToken(deps, tenant, caller, body),
});
