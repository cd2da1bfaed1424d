import * as z from 'zod';
import { GapKind } from './gap.ts';
import { AgentId, EntryId } from './ids.ts';
import { Language } from './language.ts';

/** Of a turn; the conversation, which may hold any separator, stands last. */
export const turnEvidenceId = (conversation: string, startSeq: number): string =>
  `${String(startSeq).padStart(9, '0')}#${conversation}`;

const instant = z.iso.datetime();

/** A turn, or an agent's search, that the knowledge did not answer. Texts are masked before they get here. */
export const GapEvidence = z.object({
  /** Names the turn, or the search and who searched. */
  id: z.string(),
  /** When the assist was made, or the search. */
  at: instant,
  kinds: z.array(GapKind).min(1),
  language: Language,
  text: z.string().max(1_000),
  /** Of a follow-up: what it was understood as. */
  meant: z.string().max(1_000).optional(),
  /** What an agent wrote instead. */
  reply: z.string().max(2_000).optional(),
});
export type GapEvidence = z.infer<typeof GapEvidence>;

/** A suggestion that an agent sent in other words. Texts are masked. */
export const EditEvidence = z.object({
  id: z.string(),
  at: instant,
  assistId: z.string(),
  agentId: AgentId,
  language: Language,
  entryId: EntryId,
  answer: z.number().int().nonnegative(),
  /** As it was offered, slots filled. */
  offered: z.string().max(5_000),
  sent: z.string().max(5_000),
});
export type EditEvidence = z.infer<typeof EditEvidence>;

/** How often agents used and dismissed an entry's suggestions for turns read as `intent`. */
export const Tally = z.object({ entryId: EntryId, intent: z.string(), used: z.number(), dismissed: z.number() });
export type Tally = z.infer<typeof Tally>;
