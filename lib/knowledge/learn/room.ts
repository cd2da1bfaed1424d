import type { Entry } from '../../domain/entry.ts';
import type { Proposal } from '../../domain/gap.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { LearnDeps } from './deps.ts';
import {
  acceptProposal,
  dismissGap,
  draftGap,
  type GapQuery,
  listGaps,
  listProposals,
  rejectProposal,
} from './gaps.ts';
import { runGaps } from './run-gaps.ts';
import {
  draftTopics,
  getTranscript,
  listTranscripts,
  runTranscript,
  type StartTranscript,
  startTranscript,
} from './transcripts.ts';

type Listing = { cursor?: string | undefined; limit?: number | undefined };

/** What a knowledge manager learns from use, each in one call. */
export function learnRoom(deps: LearnDeps) {
  return {
    startTranscript: (tenant: TenantId, request: StartTranscript, bytes: Uint8Array) =>
      startTranscript(deps, tenant, request, bytes),
    listTranscripts: (tenant: TenantId, listing: Listing) => listTranscripts(deps, tenant, listing),
    readTranscript: (tenant: TenantId, id: string) => getTranscript(deps, tenant, id),
    draftTopics: (tenant: TenantId, id: string, topics: readonly string[], by: string) =>
      draftTopics(deps, tenant, id, topics, by),
    listGaps: (tenant: TenantId, query: GapQuery) => listGaps(deps, tenant, query),
    draftGap: (tenant: TenantId, id: string, entry: Entry | undefined, by: string) =>
      draftGap(deps, tenant, id, entry, by),
    dismissGap: (tenant: TenantId, id: string) => dismissGap(deps, tenant, id),
    listProposals: (
      tenant: TenantId,
      query: { status?: Proposal['status'] | undefined; cursor?: string | undefined },
    ) => listProposals(deps, tenant, query),
    acceptProposal: (tenant: TenantId, id: string, by: string) => acceptProposal(deps, tenant, id, by),
    rejectProposal: (tenant: TenantId, id: string) => rejectProposal(deps, tenant, id),
    runTranscript: (tenant: TenantId, id: string) => runTranscript(deps, tenant, id),
    runGaps: (tenant: TenantId, id: string) => runGaps(deps, tenant, id),
  };
}
