import * as z from 'zod';
import { Blocker, Comparison, Conflict, ConfusedPair, Expiry } from './comparison.ts';
import { ChangeCounts } from './diff.ts';
import { EntryId, ReleaseId } from './ids.ts';
import { Golden } from './knowledge.ts';

const count = z.number().int().nonnegative();

export const ReleaseStatus = z.enum(['compiling', 'gating', 'ready', 'blocked', 'live', 'superseded', 'failed']);
export type ReleaseStatus = z.infer<typeof ReleaseStatus>;

const share = z.number().min(0).max(1);

const CurvePoint = z.object({ threshold: z.number(), precision: share, coverage: share });

/**
 * Mirrors the engine's own report, as it is stored. All of it is by cross-validation over the authored questions, absent
 * where there are too few; a release of an earlier version lacks the later figures.
 */
export const CompileFigures = z.object({
  classes: count,
  questions: count,
  bytes: count,
  /** Of questions whose entry was there: the share whose entry came first, or among three; MRR; macro-F1. */
  accuracy: share.optional(),
  recall3: share.optional(),
  mrr: share.optional(),
  macroF1: share.optional(),
  /** Expected calibration error, and how well confidence tells right from wrong; entries taken out whole among them. */
  ece: share.optional(),
  auroc: share.optional(),
  heldOut: z.object({ inScope: count, outOfScope: count }).optional(),
  /** By tenth of confidence: the weight of the answers, their mean confidence and accuracy. */
  reliability: z
    .array(z.object({ from: share, to: share, mass: z.number().nonnegative(), confidence: share, accuracy: share }))
    .optional(),
  /** What a target precision costs: its threshold, and the share of messages that are answered. */
  operatingPoints: z.array(CurvePoint.extend({ target: share })).optional(),
  /** What those thresholds keep where they took no part in being chosen: precision beside its target. */
  atThreshold: z.array(z.object({ target: share, precision: share, coverage: share })).optional(),
  /** Entries taken for one another, most often first. */
  confused: z.array(z.object({ expected: z.string(), got: z.string(), count })).optional(),
  /** Risk-coverage: answering everything at or above a threshold, highest first. */
  curve: z.array(CurvePoint),
  /** With an embedding model: the same questions ranked by words and meaning. */
  dense: z.object({ accuracy: share, ece: share, curve: z.array(CurvePoint) }).optional(),
});
export type CompileFigures = z.infer<typeof CompileFigures>;

/** A golden question that the live release answers rightly and the new one does not. */
export const LostGolden = Golden.extend({ got: z.string() });
export type LostGolden = z.infer<typeof LostGolden>;

export const ReleaseReport = z.object({
  /** The share of golden questions whose intent comes first, 0-1; absent when there are none. */
  accuracy: z.number().min(0).max(1).optional(),
  goldenRight: count,
  goldenTotal: count,
  /** Golden questions of intents that the draft no longer holds: shown, never blocking. */
  goldenUncovered: count,
  lost: z.array(LostGolden),
  lostTotal: count,
  gained: count,
  /** The release it was compared with. */
  against: ReleaseId,
  compile: CompileFigures,
  /** What it was embedded with, and whether its vectors lie inside the snapshot or in an index outside. */
  embedding: z.object({ model: z.string(), dimensions: count, vectorsLie: z.enum(['inside', 'outside']) }).optional(),
  /** The instant that it was gated for, where that was not now. */
  at: z.iso.datetime({ offset: true }).optional(),
  /** The tenant's and the packs' golden questions, every entry's own by cross-validation, and recent customers' turns. */
  golden: Comparison.optional(),
  own: Comparison.optional(),
  recent: Comparison.optional(),
  pairs: z.array(ConfusedPair).optional(),
  expiring: z.array(Expiry).optional(),
  conflicts: z.array(Conflict).optional(),
  /** Why it may not go live unless overridden. */
  blockers: z.array(Blocker).optional(),
  /** Of an urgent release: what was taken over from the release that was live instead of being made again. */
  reused: z.array(z.enum(['model', 'calibration'])).optional(),
  /** Why it was made of words alone although an embedding model is configured. */
  degraded: z.array(z.string()).optional(),
});
export type ReleaseReport = z.infer<typeof ReleaseReport>;

export const ReleaseProgress = z.object({ stage: z.string(), done: count, total: count });
export type ReleaseProgress = z.infer<typeof ReleaseProgress>;

export const Release = z.object({
  id: ReleaseId,
  status: ReleaseStatus,
  createdAt: z.iso.datetime(),
  by: z.string(),
  publish: z.boolean(),
  override: z.object({ reason: z.string().min(1).max(1_000) }).optional(),
  /** Why it was made, in its maker's words. */
  note: z.string().max(1_000).optional(),
  /** Made of what was live and this one entry of the draft. */
  urgent: z.object({ entryId: EntryId }).optional(),
  /** Against the release that was live. */
  changed: ChangeCounts.optional(),
  entries: count,
  questions: count,
  /** Compiling this many questions was expected to take, when it began. */
  forecast: z.object({ seconds: z.number(), bytes: z.number() }).optional(),
  report: ReleaseReport.optional(),
  error: z.string().optional(),
  progress: ReleaseProgress.optional(),
  /** Content-addressed: the same draft compiled twice is one object. */
  snapshotKey: z.string().optional(),
  activatedAt: z.iso.datetime().optional(),
  activatedBy: z.string().optional(),
  /** Gated as of this moment, where that was not now. */
  at: z.iso.datetime({ offset: true }).optional(),
  /** Its snapshot is no longer kept since then: it stays listed and cannot go live. */
  collectedAt: z.iso.datetime().optional(),
});
export type Release = z.infer<typeof Release>;

/** Why what would stop a release is passed over. */
export const Override = z.object({ reason: z.string().trim().min(1, 'say why').max(1_000) });

export const ReleaseRequest = z.object({
  publish: z.boolean().default(true),
  override: Override.optional(),
  note: Release.shape.note,
  urgent: Release.shape.urgent,
  /** Gates as of another moment: what holds on the day of the sale. */
  at: z.iso.datetime({ offset: true }).optional(),
});
export type ReleaseRequest = z.infer<typeof ReleaseRequest>;

/** A release as it is kept. */
export const ReleaseJob = Release.extend({
  /** The draft's change counter when its entries were read. */
  changes: count.optional(),
  compile: CompileFigures.optional(),
  /** What its own cross-validation said of each question, for the release that is compared with this one. */
  verdictsKey: z.string().optional(),
  /** Where the whole report lies; what stands here is its beginning. */
  reportKey: z.string().optional(),
});
export type ReleaseJob = z.infer<typeof ReleaseJob>;
