import * as z from 'zod';
import { AgentId } from './ids.ts';

/**
 * Whose a conversation is on a platform with a desk of its own. `at` is the platform's own time of this state (epoch ms),
 * so that a state that arrives after a newer one is known as old.
 */
export const PlatformState = z.object({
  /** `pending`: the bot's. `open`: people's. `snoozed`: nobody's for now, nothing changes. */
  status: z.enum(['pending', 'open', 'resolved', 'snoozed']),
  /** Who holds it there. */
  agentId: AgentId.optional(),
  at: z.number(),
  /** What has just changed; none: only how it stands beside something else that happened. */
  changed: z.array(z.enum(['status', 'assignee'])).default([]),
});
export type PlatformState = z.infer<typeof PlatformState>;
