/** What the jobs that learn from use keep for themselves. */
import * as z from 'zod';
import { Gap, Proposal } from './gap.ts';
import { TranscriptReport } from './transcript.ts';

const count = z.number().int().nonnegative();

/** A gap as it is kept: `dismissedAt` is the count at which it was dismissed; it opens again when it has doubled. */
export const GapRecord = Gap.extend({ dismissedAt: count.optional() });
export type GapRecord = z.infer<typeof GapRecord>;

export const ProposalRecord = Proposal;
export type ProposalRecord = Proposal;

/** When gaps were last made out, out of what, and how long that took (ms). */
export const GapsState = z.object({ computedAt: z.iso.datetime(), tookMs: count, fingerprint: z.string() });
export type GapsState = z.infer<typeof GapsState>;

/** The one job of a tenant that makes out gaps and proposals. */
export const GapsJob = z.object({ requestedAt: z.iso.datetime(), error: z.string().optional() });
export type GapsJob = z.infer<typeof GapsJob>;

/** A transcript as it is kept: what it found is an object of its own, since topics with their texts are large. */
export const TranscriptJob = TranscriptReport.extend({
  uploadKey: z.string(),
  timeZone: z.string(),
  reportKey: z.string().optional(),
});
export type TranscriptJob = z.infer<typeof TranscriptJob>;
