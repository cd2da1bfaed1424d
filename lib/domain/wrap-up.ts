import * as z from 'zod';
import { AgentId } from './ids.ts';

/** How a conversation ended. */
export const Disposition = z.enum(['solved', 'follow_up', 'no_answer', 'not_possible', 'spam', 'other']);
export type Disposition = z.infer<typeof Disposition>;

/** What an agent leaves behind on closing: drafted, edited, sent to the platform as a private note. */
export const WrapUp = z.object({
  note: z.string().max(4_000),
  disposition: Disposition,
  tags: z.array(z.string().min(1).max(100)).max(20).default([]),
  /** What is still to be done, and by when. */
  followUp: z.object({ text: z.string().min(1).max(500), at: z.iso.datetime({ offset: true }).optional() }).optional(),
});
export type WrapUp = z.infer<typeof WrapUp>;

/** A wrap-up as it stays with its conversation: who wrote it, when, and whether the platform has it. */
export const KeptWrapUp = z.object({
  id: z.string(),
  agentId: AgentId,
  at: z.iso.datetime(),
  wrapUp: WrapUp,
  delivery: z.enum(['pending', 'delivered', 'failed']).optional(),
});
export type KeptWrapUp = z.infer<typeof KeptWrapUp>;
