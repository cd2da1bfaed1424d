import type { ConversationId, TenantId } from '../domain/ids.ts';

/**
 * Calls the platform back. `refused`: the platform will not take it (4xx); `failed`: try again; `overtaken`: a person has the
 * conversation there. `attempt` counts from 1.
 */
export type CallPlatform = (
  tenant: TenantId,
  call: { id: string; body: string; timestamp: number; conversation: ConversationId; attempt: number },
) => Promise<'delivered' | 'failed' | 'refused' | 'overtaken' | 'no_callback'>;
