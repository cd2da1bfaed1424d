import * as z from 'zod';
import { AgentId, AssistId } from './ids.ts';

/**
 * What became of a suggestion. `used` and `edited` come from the desk's clicks, or from matching what the agent really
 * wrote (`matched`); `ignored` only from matching: the agent wrote something else. `rated` is a rating by itself.
 */
export const Feedback = z.object({
  id: z.string(),
  assistId: AssistId,
  suggestionId: z.string().optional(),
  event: z.enum(['shown', 'copied', 'used', 'edited', 'dismissed', 'ignored', 'rated']),
  agentId: AgentId,
  at: z.iso.datetime(),
  sentText: z.string().optional(),
  rating: z.number().int().optional(),
  matched: z.boolean(),
  /** Of the sent text to the suggestion's, 0-1. */
  similarity: z.number().min(0).max(1).optional(),
  /** What the guard had warned of when it was sent all the same: kinds of `ReplyWarning`. */
  warned: z.array(z.string()).optional(),
});
export type Feedback = z.infer<typeof Feedback>;
