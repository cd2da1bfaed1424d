/** What open desks are told. */

import type { Owner } from '../domain/conversation.ts';
import type { AgentId, ConversationId, TenantId } from '../domain/ids.ts';

export type Hint =
  | {
      conversationId: ConversationId;
      version: number;
      /** `offer`: somebody is asked, or no longer; `promise`: one has run out. */
      kind: 'message' | 'assist' | 'owner' | 'delivery' | 'queue' | 'offer' | 'promise';
      /** Whose it is now, and who is asked to take it. */
      owner: Owner;
      offeredTo?: AgentId;
    }
  | { kind: 'presence'; agentId: AgentId };

/** Whom a change concerns; `isListed`: others may see it, too, in a list of what waits or of what the bot has. */
export type Concerned = { agents: readonly AgentId[]; isListed: boolean };

/** Tells open desks of the tenant that something changed; desks reread. Best effort. */
export type HintDesks = (tenant: TenantId, hint: Hint, concerned: Concerned) => Promise<void>;
