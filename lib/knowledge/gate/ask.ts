import type { ReleaseId, TenantId } from '../../domain/ids.ts';
import type { SampledTurn } from '../../domain/sampled-turn.ts';
import type { Settings } from '../../domain/tenant.ts';

/** A question, or a customer's turn with what was said before it. */
export type AskedTurn = Omit<SampledTurn, 'at'>;

/** What a turn was answered with, or would have been had it been surer. */
export type Answered = { entryId?: string | undefined; intent: string };

/** What a release makes of a turn. `shown`: an agent would see the first of `ranked` as a suggestion. */
export type Reply = {
  /** Best first: what is suggested, then what else the words were taken for. Empty where nothing is known. */
  ranked: readonly Answered[];
  /** Of the first. */
  confidence: number;
  shown: boolean;
};

/** Asks a release as a message at that moment (epoch ms) would. */
export type AskRelease = (turn: AskedTurn, at: number) => Promise<Reply>;

/** A snapshot, opened to be asked by the message way's own code. */
export type OpenToAsk = (
  tenant: { id: TenantId; settings: Settings },
  release: ReleaseId,
  bytes: Uint8Array,
) => AskRelease;

/** What an engine says that knows nothing: an intent that is never authored. */
export const NOTHING = '';
/** Expected of a question that nothing should answer. */
export const NONE = 'none';

/** Whether this is the entry, or one of the intent, that was expected. */
export const isExpected = (expected: string, { entryId, intent }: Answered): boolean =>
  intent === expected || entryId === expected;

/** Zero-based place of what was expected; -1 where it is not among what came. */
export const placeOf = (expected: string, { ranked }: Reply): number =>
  ranked.findIndex((answered) => isExpected(expected, answered));
