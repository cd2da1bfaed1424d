/**
 * A customer's data is erased by a job that may die anywhere and run again: what leads to the rest goes last. It goes
 * over everything twice, since a function that was under way may have put something back: the second time when the
 * longest of them must have ended. What the customer writes after asking is a new conversation's, and stays.
 */
import type { AuditEvent } from '../../domain/audit.ts';
import { turnEvidenceId } from '../../domain/evidence.ts';
import type { ConversationId, CustomerId, TenantId } from '../../domain/ids.ts';
import { CustomerId as Customer } from '../../domain/ids.ts';
import type { ErasureJob, ErasureView } from '../../domain/privacy.ts';
import type { Caller } from '../../domain/tenant.ts';
import { startSeqOf } from '../../handoff/turn.ts';
import type { AgentStore } from '../../ports/agents.ts';
import type { NewId } from '../../ports/clock.ts';
import type { ConversationStore, StoredAssist } from '../../ports/conversations.ts';
import type { CustomerStore } from '../../ports/customers.ts';
import type { EvidenceStore } from '../../ports/evidence.ts';
import type { HeldJob, JobStore } from '../../ports/jobs.ts';
import type { PrivacyStore } from '../../ports/privacy.ts';
import type { Start } from '../../ports/starts.ts';
import { sampledTurn } from '../sample-turn.ts';
import { forgetLearnt, type LearntDeps } from './forget-learnt.ts';

export type PrivacyDeps = LearntDeps & {
  store: PrivacyStore;
  jobs: JobStore<ErasureJob>;
  conversations: Pick<ConversationStore, 'list'>;
  customers: Pick<CustomerStore, 'get'>;
  agents: Pick<AgentStore, 'list' | 'put'>;
  evidence: EvidenceStore;
  /** Everybody who may hold conversations, beside those whom routing knows. */
  holders(tenant: TenantId): Promise<readonly string[]>;
  /** Stands for a customer and cannot be read back. */
  pseudonym(tenant: TenantId, customer: CustomerId): string;
  audit(tenant: TenantId, event: AuditEvent): Promise<void>;
  note(
    tenant: TenantId,
    by: Pick<Caller, 'agentId' | 'role'>,
    action: 'customer.export' | 'customer.erase' | 'customer.erased',
    about: { subject: string; detail?: string },
  ): Promise<void>;
  start: Start;
  now(): number;
  newId: NewId;
};

/** A run of the function `work` is over by then. */
const HOLD_MS = 15 * 60_000;
/** An `assist` that was under way has ended by then: 90 s at most, and what its client repeats. */
const SETTLE_MS = 120_000;

export const erasureView = ({ customer: _, ...job }: ErasureJob): ErasureView => job;

/** Begins an erasure. The job is durable before this resolves; a start that fails is the sweep's to make. */
export async function requestErasure(
  deps: PrivacyDeps,
  tenant: TenantId,
  caller: Caller,
  customer: CustomerId,
): Promise<ErasureView> {
  const id = deps.newId('era_');
  const subject = deps.pseudonym(tenant, customer);
  const job: ErasureJob = {
    id,
    subject,
    customer,
    requestedAt: new Date(deps.now()).toISOString(),
    requestedBy: caller.agentId,
    status: 'running',
    conversations: 0,
    items: 0,
  };
  await deps.jobs.create(tenant, id, job, deps.now());
  await deps.note(tenant, caller, 'customer.erase', { subject, detail: id });
  await deps.start('work', { tenant, kind: 'erasure', id }).catch(() => undefined);
  return erasureView(job);
}

const OWNERS = ['bot', 'queue', 'closed'] as const;
const PAGE = 100;

/**
 * Conversations from before they were noted under their customer: the desk's index lists every head by its owner. Until
 * the last of them is past its retention this finds what the notes do not.
 */
async function* unnoted(deps: PrivacyDeps, tenant: TenantId, customer: CustomerId): AsyncIterable<ConversationId> {
  const [known, others] = await Promise.all([deps.agents.list(tenant), deps.holders(tenant)]);
  const agents = new Set([...known.map(({ agentId }) => String(agentId)), ...others]);
  for (const owner of [...OWNERS, ...[...agents].map((agent) => `agent:${agent}` as const)]) {
    let cursor: string | undefined;
    do {
      const page = await deps.conversations.list(tenant, owner, PAGE, cursor);
      for (const head of page.items) if (head.customerId === customer) yield head.id;
      cursor = page.cursor;
    } while (cursor !== undefined);
  }
}

export async function conversationsOf(
  deps: PrivacyDeps,
  tenant: TenantId,
  customer: CustomerId,
): Promise<ConversationId[]> {
  const found = new Set(await deps.store.conversationsOf(tenant, customer));
  for await (const conversation of unnoted(deps, tenant, customer)) found.add(conversation);
  return [...found];
}

const turnsOf = (assists: readonly StoredAssist[]) =>
  assists.flatMap(({ assist }) => {
    const startSeq = startSeqOf(assist.turnId);
    return startSeq === undefined ? [] : [{ startSeq, at: assist.createdAt }];
  });

/** What could be sampled of a turn; of what can no longer be read, nothing was. */
function sampled(stored: StoredAssist): { text: string; at: number }[] {
  try {
    const turn = sampledTurn(stored);
    return turn === undefined ? [] : [turn];
  } catch {
    return [];
  }
}

/** What is kept elsewhere is found by the conversation's assists, so it goes before they do. */
async function eraseOne(
  deps: PrivacyDeps,
  tenant: TenantId,
  conversation: ConversationId,
  what: { customer: CustomerId; cutoff: number },
): Promise<{ items: number; hasNews: boolean }> {
  const { assists } = await deps.store.read(tenant, conversation);
  const old = assists.filter(({ assist }) => Date.parse(assist.createdAt) <= what.cutoff);
  const turns = turnsOf(old);
  const named = turns.map(({ startSeq, at }) => ({ id: turnEvidenceId(conversation, startSeq), at }));
  await forgetLearnt(deps, tenant, conversation, await deps.store.evidenceTexts(tenant, named));
  await deps.evidence.erase(tenant, conversation, turns);
  const samples = await deps.store.dropSamples(tenant, old.flatMap(sampled));
  const erased = await deps.store.eraseConversation(tenant, conversation, what);
  return { ...erased, items: erased.items + samples };
}

/** No agent's place is held by a conversation that is gone. Routing would free it as well; somebody else's change wins. */
async function freePlaces(deps: PrivacyDeps, tenant: TenantId, gone: ReadonlySet<string>): Promise<void> {
  for (const agent of await deps.agents.list(tenant)) {
    const slots = agent.slots.filter(({ conversation }) => !gone.has(conversation));
    if (slots.length === agent.slots.length) continue;
    await deps.agents.put(tenant, { ...agent, slots, version: agent.version + 1 }, agent.version);
  }
}

async function eraseAll(deps: PrivacyDeps, tenant: TenantId, customer: CustomerId, job: ErasureJob) {
  const cutoff = Date.parse(job.requestedAt);
  const isLast = job.status === 'settling';
  const conversations = await conversationsOf(deps, tenant, customer);
  const gone = new Set<string>();
  let { items } = job;
  for (const conversation of conversations) {
    const erased = await eraseOne(deps, tenant, conversation, { customer, cutoff });
    items += erased.items;
    if (!erased.hasNews) gone.add(conversation);
  }
  await freePlaces(deps, tenant, gone);
  const isBack = conversations.length > gone.size;
  // Facts that came with what the customer wrote since are new as well; whatever was known before went the first time.
  if (!(isLast && isBack)) await deps.store.eraseCustomer(tenant, customer);
  if (isLast) {
    for (const conversation of gone) await deps.store.forgetPlace(tenant, customer, conversation as ConversationId);
  }
  return { items, conversations: Math.max(job.conversations, conversations.length) };
}

async function finish(deps: PrivacyDeps, tenant: TenantId, id: string, held: HeldJob<ErasureJob>): Promise<void> {
  const { customer: _, ...rest } = held.job;
  const job: ErasureJob = { ...rest, status: 'done', finishedAt: new Date(deps.now()).toISOString() };
  const detail = `${job.conversations} conversations, ${job.items} items`;
  await deps.audit(tenant, {
    at: job.requestedAt,
    by: job.requestedBy,
    action: 'customer.erased',
    subject: job.subject,
    detail,
  });
  if ((await deps.jobs.finish(tenant, id, { ...held, job })) === 'lost') return;
  const by = { agentId: job.requestedBy as Caller['agentId'], role: 'admin' as const };
  await deps.note(tenant, by, 'customer.erased', { subject: job.subject, detail });
}

/** One run of the job; another takes it up where this one dies. */
export async function runErasure(deps: PrivacyDeps, tenant: TenantId, id: string): Promise<void> {
  const held = await deps.jobs.claim(tenant, id, deps.now(), deps.now() + HOLD_MS);
  if (held?.job.customer === undefined) return;
  const { status } = held.job;
  const counted = await eraseAll(deps, tenant, Customer.parse(held.job.customer), held.job);
  const job = { ...held.job, ...counted };
  if (status === 'settling') return finish(deps, tenant, id, { ...held, job });
  await deps.jobs.save(tenant, id, { ...held, job: { ...job, status: 'settling' } }, deps.now() + SETTLE_MS);
}

/** Newest first. */
export async function listErasures(
  deps: PrivacyDeps,
  tenant: TenantId,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
) {
  const { items, cursor: next } = await deps.jobs.page(tenant, limit, cursor);
  return {
    items: items.map(({ job }) => erasureView(job)),
    ...(next === undefined ? {} : { cursor: next }),
  };
}
