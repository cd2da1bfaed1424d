import type { EntryId, TenantId } from '../../domain/ids.ts';
import type { Language } from '../../domain/language.ts';
import type { GapsJob, TranscriptJob } from '../../domain/learning.ts';
import type { EvidenceStore } from '../../ports/evidence.ts';
import type { GapStore } from '../../ports/gaps.ts';
import type { JobStore } from '../../ports/jobs.ts';
import type { KnowledgeDeps } from '../deps.ts';
import type { Meaning } from './meaning.ts';
import type { Turn } from './past-turns.ts';
import type { ReplyKind } from './replies.ts';

/** A question as the message way reads it now. */
export type ReadQuestion = Meaning & { text: string; alone: boolean };

export type ReadTurn = {
  act: string;
  language: Language;
  /** It wants something that an entry could say. */
  asks: boolean;
  questions: readonly ReadQuestion[];
  covered: 'sure' | 'shown' | 'none';
};

export type Nearest = { entryId: EntryId; question: string; confidence: number };

/** The message way's understanding, over what is live, for turns that lie in the past. Put together in `lib/app`. */
export type PastReader = {
  turn(turn: Omit<Turn, 'replies'>, at: number): Promise<ReadTurn>;
  /** A question that was kept as text, with what it was understood as then. */
  kept(text: string, meant: string | undefined, language: Language): ReadQuestion;
  nearest(text: string, language: Language): Nearest | undefined;
  /** Whether an entry surely answers it. */
  covers(question: Meaning): boolean;
  replyKind(text: string): ReplyKind;
};

export type LearnDeps = Pick<KnowledgeDeps, 'tenant' | 'drafts' | 'objects' | 'start' | 'now' | 'newId' | 'live'> & {
  transcripts: JobStore<TranscriptJob>;
  gapsJobs: JobStore<GapsJob> & {
    /** Makes the tenant's one job due, unless it is. */
    request(tenant: TenantId, job: GapsJob, at: number): Promise<void>;
  };
  evidence: EvidenceStore;
  gaps: GapStore;
  reader(tenant: TenantId): Promise<PastReader>;
};
