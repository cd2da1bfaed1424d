import type { EvaluationJob, EvaluationRow } from '../../domain/evaluation.ts';
import type { ReleaseId, TenantId } from '../../domain/ids.ts';
import type { JobStore } from '../../ports/jobs.ts';
import type { ObjectStore } from '../../ports/objects.ts';
import type { LiveStore } from '../../ports/release.ts';
import type { KnowledgeDeps } from '../deps.ts';
import type { FileContent } from '../files/types.ts';

/** What a question gets, as in production; see `assist/explain/hit.ts`. */
export type Hit = {
  ranked: readonly { entryId: string; intent: string; confidence: number }[];
  shown: boolean;
  exact: boolean;
  degraded: boolean;
};

/** A release that can be asked. */
export type Asking = {
  /** What a cell of `expected` names in this release: an entry by its id or its standard question, or an intent. */
  entries: readonly { id: string; intent: string; question: string }[];
  /** The tenant's targets for answering alone and for showing, and the confidences that keep them. */
  thresholds: readonly { target: number; threshold: number }[];
  ask(question: Pick<EvaluationRow, 'question' | 'language'>): Promise<Hit>;
};

export type EvaluateDeps = Pick<KnowledgeDeps, 'now' | 'newId' | 'start'> & {
  evaluations: JobStore<EvaluationJob>;
  live: Pick<LiveStore, 'read'>;
  objects: Pick<ObjectStore, 'get' | 'put'>;
  /** Raises `not_found` for a release that is not there or whose snapshot is no longer kept, `conflict` before it is compiled. */
  asking(tenant: TenantId, release: ReleaseId): Promise<Asking>;
  /** Raises the same, without opening anything. */
  checkRelease(tenant: TenantId, release: ReleaseId): Promise<void>;
  readFile(bytes: Uint8Array): Promise<FileContent>;
  /** Lets other work have its turn. */
  breathe(): Promise<void>;
  /** Milliseconds, only ever forward. */
  ticks(): number;
};
