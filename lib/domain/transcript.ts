import * as z from 'zod';
import { Entry } from './entry.ts';
import { EntryId } from './ids.ts';
import { RowProblem } from './import-job.ts';
import { Language } from './language.ts';

const count = z.number().int().nonnegative();
const share = z.number().min(0).max(1);

/** Questions of one meaning in a shop's own history. Texts are masked. */
export const TranscriptTopic = z.object({
  id: z.string(),
  title: z.string(),
  language: Language,
  count,
  covered: z.enum(['yes', 'partly', 'no']),
  nearest: z.object({ entryId: EntryId, question: z.string(), confidence: share }).optional(),
  examples: z.array(z.string()),
  replies: z.array(z.object({ text: z.string(), count })),
  /** A draft entry out of what agents answered; absent where they answered nothing that stands alone. */
  proposal: Entry.optional(),
  drafted: z.boolean(),
});
export type TranscriptTopic = z.infer<typeof TranscriptTopic>;

/** What a chat export says of a shop. Shares are of customers' turns that ask something. */
export const TranscriptReport = z.object({
  id: z.string(),
  name: z.string().optional(),
  by: z.string(),
  status: z.enum(['queued', 'running', 'done', 'failed']),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().optional(),
  error: z.string().optional(),
  progress: z.object({ stage: z.string(), done: count, total: count }).optional(),
  rejected: z.array(RowProblem).default([]),
  rejectedTotal: count.default(0),
  conversations: count.default(0),
  messages: count.default(0),
  turns: count.default(0),
  languages: z.partialRecord(Language, count).default({}),
  acts: z.record(z.string(), count).default({}),
  asking: count.default(0),
  /** At or above the automatic threshold, at or above the shown one, below. */
  coverage: z.object({ sure: share, shown: share, none: share }).optional(),
  topics: z.array(TranscriptTopic).default([]),
});
export type TranscriptReport = z.infer<typeof TranscriptReport>;
