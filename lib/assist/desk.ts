import type { Assist } from '../domain/assist.ts';
import type { ConversationView, HandoffPackage } from '../domain/contract/desk.ts';
import type { Head, Owner } from '../domain/conversation.ts';
import { CuecardError } from '../domain/error.ts';
import { AgentId, type ConversationId, type TenantId } from '../domain/ids.ts';
import { GENERAL_SKILL } from '../domain/routing.ts';
import type { Caller } from '../domain/tenant.ts';
import type { WrapUp } from '../domain/wrap-up.ts';
import type { Agent } from './agent-act.ts';
import {
  claimConversation,
  closeConversation,
  type DeskDeps,
  type Reply,
  releaseConversation,
  sendReply,
  transferConversation,
} from './desk-actions.ts';
import { type GivenFeedback, giveFeedback } from './desk-feedback.ts';
import { readConversation, readTurns } from './desk-read.ts';
import type { FlowDeps } from './flow.ts';
import { parseAssistId } from './ids.ts';
import { acceptOffer, declineOffer, takeOverConversation } from './routing/desk-offers.ts';
import { listSeen } from './skill-scope.ts';

export type DeskRoomDeps = DeskDeps & Pick<FlowDeps, 'readTenant'>;
type TransferTo = { agentId?: string | undefined; skill?: string | undefined; note?: string | undefined };

/** A head as desks see it: without the queues, leases and memories behind it. */
export function viewOf(head: Head): ConversationView {
  const {
    recent: _,
    lease: __,
    outbox: ___,
    sent: ____,
    backlog: _____,
    dueAt: ______,
    dueFor: _______,
    ...seen
  } = head;
  return { ...seen, conversationId: head.id };
}

const agentOf = ({ agentId, name }: Caller): Agent => ({ id: agentId, name });

/** `bot`, `queue`, `closed`, `me`, `agent:<id>`. Raises `invalid` for anything else. */
function ownerOf(text: string, caller: Caller): Owner {
  if (text === 'me' || text === 'mine') return `agent:${caller.agentId}`;
  if (text === 'bot' || text === 'queue' || text === 'closed') return text;
  if (text.startsWith('agent:') && AgentId.safeParse(text.slice('agent:'.length)).success) return text as Owner;
  throw new CuecardError('invalid', 'owner is bot, queue, closed, me or agent:<id>', {
    errors: [{ path: 'query.owner', message: `unknown owner ${text}` }],
  });
}

/** In shadow mode an agent is shown that a turn was read, and nothing that would have been suggested. */
const unseen = (assist: Assist): Assist => {
  const { next: _, order: __, procedure: ___, ...rest } = assist;
  return { ...rest, suggestions: [], cards: [] };
};

/** The package without what could be said. */
function unsaid(known: HandoffPackage | undefined): HandoffPackage | undefined {
  if (known === undefined) return undefined;
  const { next: _, ...rest } = known;
  return { ...rest, suggestions: [] };
}

/** Turns after an assist (by its id) or after a `customerSeq`. Raises `invalid` for another cursor. */
function after(assists: readonly Assist[], cursor: string | undefined): Assist[] {
  if (cursor === undefined) return [...assists];
  const seq = Number(cursor);
  if (Number.isSafeInteger(seq)) return assists.filter(({ customerSeq }) => customerSeq > seq);
  const key = parseAssistId(cursor);
  const at = assists.findIndex(({ turnId }) => turnId === key?.turnId);
  if (key === undefined || at === -1) {
    throw new CuecardError('invalid', 'after is an assist id of this conversation or a customerSeq');
  }
  // A newer revision of the very turn is news, too.
  return assists.slice(assists[at]?.revision === key.revision ? at + 1 : at);
}

/** What an agent can see and do, each in one call, as it is: the gate before it masks what is not theirs (`sight.ts`). */
export function deskRoom(deps: DeskRoomDeps) {
  const scope = {
    ...deps,
    skills: async (tenant: TenantId, agent: AgentId) => (await deps.agents?.get(tenant, agent))?.skills ?? [],
  };
  const hides = async (tenant: TenantId, caller: Caller): Promise<boolean> =>
    caller.role === 'agent' && (await deps.readTenant(tenant))?.settings.mode === 'shadow';
  const shown = async (tenant: TenantId, caller: Caller, assists: readonly Assist[]): Promise<Assist[]> =>
    (await hides(tenant, caller)) ? assists.map(unseen) : [...assists];
  const changed = async (change: Promise<Head>) => ({ head: viewOf(await change) });

  return {
    async list(tenant: TenantId, caller: Caller, query: { owner: string; cursor?: string | undefined; limit: number }) {
      const owner = ownerOf(query.owner, caller);
      const { items, cursor } = await listSeen(scope, tenant, caller, owner, query);
      return { items: items.map(viewOf), ...(cursor === undefined ? {} : { cursor }) };
    },
    async read(tenant: TenantId, caller: Caller, conversation: ConversationId) {
      const found = await readConversation(deps, { tenant, conversation });
      const hidden = await hides(tenant, caller);
      return {
        ...found,
        head: viewOf(found.head),
        assists: await shown(tenant, caller, found.assists),
        package: hidden ? unsaid(found.package) : found.package,
      };
    },
    async assists(tenant: TenantId, caller: Caller, conversation: ConversationId, cursor: string | undefined) {
      const { assists } = await readTurns(deps, { tenant, conversation });
      return { items: await shown(tenant, caller, after(assists, cursor)) };
    },
    claim: (tenant: TenantId, caller: Caller, conversation: ConversationId) =>
      changed(claimConversation(deps, { tenant, conversation }, agentOf(caller))),
    accept: (tenant: TenantId, caller: Caller, conversation: ConversationId) =>
      changed(acceptOffer(deps, { tenant, conversation }, agentOf(caller))),
    decline: (tenant: TenantId, caller: Caller, conversation: ConversationId) =>
      changed(declineOffer(deps, { tenant, conversation }, agentOf(caller))),
    takeOver: (tenant: TenantId, caller: Caller, conversation: ConversationId) =>
      changed(takeOverConversation(deps, { tenant, conversation }, agentOf(caller))),
    release: (tenant: TenantId, caller: Caller, conversation: ConversationId) =>
      changed(releaseConversation(deps, { tenant, conversation }, agentOf(caller))),
    transfer: (
      tenant: TenantId,
      caller: Caller,
      conversation: ConversationId,
      { agentId, skill, note }: TransferTo,
    ) => {
      const to = agentId === undefined ? { skill: skill ?? GENERAL_SKILL } : { agent: AgentId.parse(agentId) };
      const transfer = { to, ...(note === undefined ? {} : { note }) };
      return changed(transferConversation(deps, { tenant, conversation }, agentOf(caller), transfer));
    },
    close: (tenant: TenantId, caller: Caller, conversation: ConversationId, wrapUp?: WrapUp) =>
      changed(closeConversation(deps, { tenant, conversation }, agentOf(caller), wrapUp)),
    async send(tenant: TenantId, caller: Caller, conversation: ConversationId, reply: Reply) {
      const { message, head } = await sendReply(deps, { tenant, conversation }, agentOf(caller), reply);
      return { message, head: viewOf(head) };
    },
    feedback: (tenant: TenantId, caller: Caller, assist: string, given: GivenFeedback) =>
      giveFeedback(deps, tenant, agentOf(caller), assist, given),
  };
}
