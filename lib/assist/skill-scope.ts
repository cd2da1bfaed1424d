/** Which conversations an agent is shown where a tenant shows agents those of their skills alone. */
import type { Head, Owner } from '../domain/conversation.ts';
import type { AgentId, TenantId } from '../domain/ids.ts';
import type { Caller, Tenant } from '../domain/tenant.ts';
import type { ConversationStore } from '../ports/conversations.ts';
import type { Page } from '../ports/page.ts';
import { mayOpen } from './sight.ts';

export type ScopeDeps = {
  readTenant(id: TenantId): Promise<Tenant | undefined>;
  /** An agent's skills; may be a second old. */
  skills(tenant: TenantId, agent: AgentId): Promise<readonly string[]>;
  now(): number;
};

/** The skills that bound what a caller sees; empty: nothing bounds it. */
export async function scopeOf(deps: ScopeDeps, tenant: TenantId, caller: Caller): Promise<readonly string[]> {
  if (caller.role !== 'agent') return [];
  const known = await deps.readTenant(tenant);
  return known?.settings.visibility === 'skills' ? deps.skills(tenant, caller.agentId) : [];
}

/** Pages read for one that is shown: behind them the list says that there is more, and goes on from there. */
const MOST_PAGES = 10;

/** A page of an owner's conversations that the caller may see. It may be short of `limit` where there is more. */
export async function listSeen(
  deps: ScopeDeps & { conversations: Pick<ConversationStore, 'list'> },
  tenant: TenantId,
  caller: Caller,
  owner: Owner,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<Head>> {
  const skills = await scopeOf(deps, tenant, caller);
  if (skills.length === 0) return deps.conversations.list(tenant, owner, limit, cursor);
  const items: Head[] = [];
  let from = cursor;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await deps.conversations.list(tenant, owner, limit - items.length, from);
    items.push(...page.items.filter((head) => mayOpen(caller, skills, head, deps.now())));
    from = page.cursor;
    if (from === undefined || items.length >= limit) break;
  }
  return from === undefined ? { items } : { items, cursor: from };
}
