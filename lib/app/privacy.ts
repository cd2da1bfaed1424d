/** A customer's data, handed out and erased, and who saw and did what. */
import { createHmac } from 'node:crypto';
import { once } from '../adapters/memory.ts';
import type { PrivacyDeps } from '../assist/privacy/erase.ts';
import type { ExportWish } from '../assist/privacy/export.ts';
import type { CustomerId, TenantId } from '../domain/ids.ts';
import { ErasureJob } from '../domain/privacy.ts';
import { stretchOf } from '../domain/stretch.ts';
import type { Caller } from '../domain/tenant.ts';
import { accessNotes } from './access-notes.ts';
import { newId, now, settings, start, table } from './clients.ts';
import { evidence } from './evidence.ts';
import { gapStores } from './gaps.ts';
import { conversationDeps } from './messages.ts';

export const privacy = /* @__PURE__ */ once(async () => {
  const [erase, exported, stores, jobs, known, audit, people, sessions, shared, theTable, theStart, notes, env] =
    await Promise.all([
      import('../assist/privacy/erase.ts'),
      import('../assist/privacy/export.ts'),
      import('../adapters/dynamodb/erase.ts'),
      import('../adapters/dynamodb/jobs.ts'),
      gapStores(),
      import('../adapters/dynamodb/audit.ts'),
      import('../adapters/dynamodb/people.ts'),
      import('../adapters/dynamodb/sessions.ts'),
      conversationDeps(),
      table(),
      start(),
      accessNotes(),
      settings(),
    ]);
  const deps: PrivacyDeps = {
    ...shared,
    evidence: await evidence(),
    store: stores.dynamodbPrivacy(theTable, now),
    jobs: jobs.dynamodbJobs(theTable, 'erasure', (stored) => ErasureJob.parse(stored)),
    gaps: known.gaps,
    relearn: (tenant) => known.gapsJobs.request(tenant, { requestedAt: new Date(now()).toISOString() }, now()),
    async holders(tenant) {
      const [all, tokens] = await Promise.all([
        people.listPeople(theTable, tenant),
        sessions.listTokens(theTable, tenant),
      ]);
      return [...all.map(({ agentId }) => agentId), ...tokens.map(({ record }) => record.agentId)];
    },
    pseudonym: (tenant, customer) =>
      `cus_${createHmac('sha256', Buffer.from(env.sealKey, 'base64')).update(`${tenant}\n${customer}`).digest('hex').slice(0, 24)}`,
    audit: (tenant, event) => audit.dynamodbAudit(theTable).append(tenant, event),
    note: notes.note,
    start: theStart,
    newId,
    now,
  };
  return {
    export: (tenant: TenantId, caller: Caller, customer: CustomerId, wish: ExportWish) =>
      exported.exportCustomer(deps, tenant, caller, customer, wish),
    erase: (tenant: TenantId, caller: Caller, customer: CustomerId) =>
      erase.requestErasure(deps, tenant, caller, customer),
    erasures: (tenant: TenantId, query: { limit: number; cursor?: string | undefined }) =>
      erase.listErasures(deps, tenant, query),
    run: (tenant: TenantId, id: string) => erase.runErasure(deps, tenant, id),
  };
});

/** Without the customer's id: the log must not be where it is kept after they are erased. */
export async function refusedCustomer(
  tenant: TenantId,
  caller: Caller,
  action: 'customer.export' | 'customer.erase',
): Promise<void> {
  await (await accessNotes()).refused(tenant, caller, action);
}

type LogQuery = {
  person?: string | undefined;
  conversation?: string | undefined;
  action?: string | undefined;
  subject?: string | undefined;
  from?: string | undefined;
  until?: string | undefined;
  cursor?: string | undefined;
  limit: number;
};

/** A person is written of by the id they have as a person, or by the one they have in conversations: both are them. */
async function idsOf(tenant: TenantId, subject: string): Promise<string[]> {
  const [{ readPerson }, { personIdOf }, theTable] = await Promise.all([
    import('../adapters/dynamodb/people.ts'),
    import('../tenants/people.ts'),
    table(),
  ]);
  const byId = await readPerson(theTable, tenant, subject);
  const person = byId ?? (await readPerson(theTable, tenant, personIdOf(subject)));
  // Who was removed is found by the login they had.
  return [subject, ...(person === undefined ? [personIdOf(subject)] : [person.id, person.agentId])];
}

/** Who saw and did what, newest first. */
export async function readAccessLog(tenant: TenantId, { from, until, subject, ...query }: LogQuery) {
  const stretch = stretchOf({ from, until });
  const [{ pageAccess }, theTable, about] = await Promise.all([
    import('../adapters/dynamodb/access-log.ts'),
    table(),
    subject === undefined ? undefined : idsOf(tenant, subject),
  ]);
  return pageAccess(theTable, tenant, { ...query, ...stretch, about, now: new Date(now()).toISOString() });
}
