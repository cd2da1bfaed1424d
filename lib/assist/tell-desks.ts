/**
 * Who is told that a conversation changed. Whom it concerns is told at once, always: whose it is or was, who is asked to
 * take it, and whoever has it open. Everybody else sees it move in a list at most, and is told as far as that is cheap: a
 * team of fifty would else be told a thousand times a second what not one of them looks at.
 */
import type { AgentId, ConversationId, TenantId } from '../domain/ids.ts';
import type { Concerned, Hint, HintDesks } from '../ports/desks.ts';

/** A desk's connection, whose it is, and the conversation that it shows. */
export type OpenDesk = {
  connection: string;
  agentId?: AgentId | undefined;
  opens?: ConversationId | undefined;
};

export type TellDeps = {
  /** May be half a second old. */
  desks(tenant: TenantId): Promise<readonly OpenDesk[]>;
  push(connection: string, text: string): Promise<'sent' | 'gone'>;
  forget(connection: string): Promise<void>;
  /** Whether so many more desks of a tenant may be told of what does not concern them. */
  mayTell(tenant: TenantId, desks: number): boolean;
};

/** A desk that never said whose it is is told everything. */
const isConcerned =
  (hint: Hint, agents: readonly AgentId[]) =>
  ({ agentId, opens }: OpenDesk): boolean =>
    agentId === undefined ||
    agents.includes(agentId) ||
    (hint.kind !== 'presence' && opens !== undefined && opens === hint.conversationId);

/** Tells the open desks of a tenant; a connection that is gone is forgotten. */
export function tellDesks({ desks, push, forget, mayTell }: TellDeps): HintDesks {
  return async (tenant: TenantId, hint: Hint, { agents, isListed }: Concerned) => {
    const all = await desks(tenant);
    const concerned = all.filter(isConcerned(hint, agents));
    const others = isListed ? all.length - concerned.length : 0;
    const told = others > 0 && mayTell(tenant, others) ? all : concerned;
    const text = JSON.stringify({ ...hint, desks: all.length });
    await Promise.allSettled(
      told.map(async ({ connection }) => {
        if ((await push(connection, text)) === 'gone') await forget(connection);
      }),
    );
  };
}
