import * as z from 'zod';
import { Blocker, Comparison, Conflict, ConfusedPair, Expiry } from './comparison.ts';
import { ChangeCounts } from './diff.ts';
import { EntryId, ReleaseId } from './ids.ts';
import { Language } from './language.ts';
import { PackChoices } from './pack-update.ts';
import { RankingShifts } from './ranking.ts';
import { Live, Phrases } from './tenant.ts';

/** One thing that is wrong with one row of an upload. `row` is the spreadsheet's (the header is row 1). */
export const RowProblem = z.object({
  /** Of a workbook with several sheets. */
  sheet: z.string().optional(),
  row: z.number().int().positive(),
  /** The column as the file names it. */
  column: z.string(),
  value: z.string(),
  reason: z.string(),
  /** How to mend it, where that can be said. */
  fix: z.string().optional(),
});
export type RowProblem = z.infer<typeof RowProblem>;

/** What the sender believes the file to be; its content decides. JSON lines and platforms' exports are JSON. */
export const ImportFormat = z.enum(['auto', 'csv', 'xlsx', 'json', 'yaml', 'md', 'html']);
export type ImportFormat = z.infer<typeof ImportFormat>;

/** `merge` keeps what the file does not name; `replace` makes the draft exactly the file. */
export const ImportMode = z.enum(['merge', 'replace']);
export type ImportMode = z.infer<typeof ImportMode>;

export const ImportKind = z.enum(['entries', 'catalog', 'pack']);
export type ImportKind = z.infer<typeof ImportKind>;

/** `waiting` for the file of a presigned upload. */
export const ImportStatus = z.enum(['waiting', 'queued', 'running', 'done', 'failed']);
export type ImportStatus = z.infer<typeof ImportStatus>;

const count = z.number().int().nonnegative();

export const ImportCounts = z.object({ added: count, changed: count, unchanged: count, removed: count });
export type ImportCounts = z.infer<typeof ImportCounts>;

/** One header of a table and the column it was read as; `null`: nothing was read from it. */
export const MappedColumn = z.object({
  sheet: z.string().optional(),
  header: z.string(),
  column: z.string().nullable(),
  /** The first values below it. */
  samples: z.array(z.string()),
});
export type MappedColumn = z.infer<typeof MappedColumn>;

/** Who reads which header as what: `{"Frage": "question", "intern": null}`. Wins over what headers seem to say. */
export const ColumnMapping = z.record(z.string().max(200), z.string().max(50).nullable());
export type ColumnMapping = z.infer<typeof ColumnMapping>;

/** What became of an import. `rows` are the data rows that were read, empty ones left out. */
export const ImportReport = ImportCounts.extend({
  id: z.string(),
  kind: ImportKind,
  format: ImportFormat.optional(),
  pack: z.string().optional(),
  mode: ImportMode,
  dryRun: z.boolean(),
  status: ImportStatus,
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().optional(),
  rows: count,
  /** The first of them; `rejectedTotal` counts all. */
  rejected: z.array(RowProblem),
  rejectedTotal: count,
  /** Columns that nothing was read from. */
  ignoredColumns: z.array(z.string()),
  /** What the content turned out to be: `csv`, `xlsx`, `jsonl`, `zendesk`, `chatwoot`, `markdown`, … */
  detected: z.string().optional(),
  mapping: z.array(MappedColumn).optional(),
  /** What was taken in and should be looked at: near-duplicates, overlapping conditions, promises, personal data. */
  warnings: z.array(RowProblem).optional(),
  warningsTotal: count.optional(),
  progress: z.object({ stage: z.string(), done: count, total: count }).optional(),
  /** Why a failed import failed. */
  error: z.string().optional(),
});
export type ImportReport = z.infer<typeof ImportReport>;

/** An import as it is kept. What is decided once is stored, so that every run of it does the same. */
export const ImportJob = ImportReport.extend({
  by: z.string(),
  timeZone: z.string(),
  uploadKey: z.string().optional(),
  /** Where the whole list of rejected rows lies once the file has been read. */
  rejectedKey: z.string().optional(),
  /** Where the whole list of warnings lies. */
  warningsKey: z.string().optional(),
  /** The counts are final: writing has begun. */
  planned: z.boolean(),
  /** What the file is to be read with: whose header means what, and the language of rows that name none. */
  asked: z.object({ mapping: ColumnMapping.optional(), language: Language.optional() }).optional(),
  /** Of one that waits for its file: when it stops waiting. */
  expiresAt: z.iso.datetime().optional(),
  /** Of a pack, by its marks (`name@version`): what is merged into the draft, and what was installed before. */
  packMerge: z
    .object({
      to: z.string(),
      from: z.string().optional(),
      choices: PackChoices,
      /** Puts back what the shop has deleted. */
      restores: z.boolean(),
    })
    .optional(),
});
export type ImportJob = z.infer<typeof ImportJob>;

/** The draft's head. Entries live under its `generation`; every change of any of them grows `changes`. */
export const DraftHead = z.object({
  version: count,
  generation: z.string(),
  changes: count,
  /** The imports writing into the draft right now: nothing is released until they have finished. */
  writing: z.array(z.string()),
  /** The last imports that were written whole: a rerun does not write them again. */
  applied: z.array(z.string()),
  /** Generations left by `replace` whose items are still to be deleted. */
  retired: z.array(z.string()),
});
export type DraftHead = z.infer<typeof DraftHead>;

/** The live pointer with the releases that have been live, newest last: a release never goes live twice by mistake. */
export const LivePointer = Live.extend({
  history: z.array(ReleaseId).default([]),
  /** When this release went live, and by whom. */
  at: z.iso.datetime().optional(),
  by: z.string().optional(),
  /** It had been live before. */
  back: z.boolean().optional(),
});
export type LivePointer = z.infer<typeof LivePointer>;

/** A question whose intent is known, for the gate. */
export const Golden = z.object({
  text: z.string().min(1).max(1_000),
  intent: z.string().min(1).max(200),
  language: Language.optional(),
});
export type Golden = z.infer<typeof Golden>;

/** What a snapshot carries beside the entries. */
export const SnapshotMeta = z.object({
  phrases: Phrases,
  /** Queue skill by intent category: who should take a hand-off. */
  skills: z.record(z.string(), z.string()),
  /** Where the tenant has suggestions ordered by what agents use. */
  ranking: RankingShifts.optional(),
});
export type SnapshotMeta = z.infer<typeof SnapshotMeta>;

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

/** The tenant's standing job of clearing away what nothing refers to any more. It is never finished, only put off. */
export const CollectJob = z.object({
  id: z.string(),
  /** What the last run removed. */
  removed: count.optional(),
  at: z.iso.datetime().optional(),
});
export type CollectJob = z.infer<typeof CollectJob>;
