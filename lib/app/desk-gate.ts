/** Stands before every route of the desk: who may open a conversation, how they see it, and that it is kept who did. */
import { once, remembered } from '../adapters/memory.ts';
import type { AgentId, TenantId } from '../domain/ids.ts';
import { accessNotes } from './access-notes.ts';
import { now } from './clients.ts';
import { readTenant } from './library.ts';
import { conversationDeps } from './messages.ts';

/** Key: tenant and agent. */
const rememberedSkills = /* @__PURE__ */ remembered(
  async (key: string): Promise<readonly string[]> => {
    const [tenant, agent] = JSON.parse(key) as [TenantId, AgentId];
    return (await (await conversationDeps()).agents.get(tenant, agent))?.skills ?? [];
  },
  { ttlMs: 1_000, limit: 10_000, now },
);

export const skills = (tenant: TenantId, agent: AgentId): Promise<readonly string[]> =>
  rememberedSkills(JSON.stringify([tenant, agent]));

export const deskGate = /* @__PURE__ */ once(async () => {
  const [gate, { conversations, customers }, notes] = await Promise.all([
    import('../assist/desk-gate.ts'),
    conversationDeps(),
    accessNotes(),
  ]);
  return gate.deskGate({
    head: (tenant, conversation) => conversations.head(tenant, conversation),
    customer: (tenant, id) => customers.get(tenant, id),
    readTenant,
    skills,
    notes,
    now,
  });
});
