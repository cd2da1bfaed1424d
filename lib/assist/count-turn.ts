/**
 * What a turn counts, by its newest reading, and what an agent's reply to it counts, by what it did with the suggestions.
 * Names hold no text and no id of a customer.
 */
import type { Assist } from '../domain/assist.ts';
import type { Head } from '../domain/conversation.ts';
import { intentName } from '../domain/hour-names.ts';
import type { TenantId } from '../domain/ids.ts';
import type { Mode } from '../domain/tenant.ts';
import { ASKING_ACTS } from '../domain/understanding.ts';
import { awaiting } from '../handoff/turn.ts';
import { addCounts, type Counts, hourOf, type Tally } from './tally.ts';

/** An intent less sure than this is not counted as what a turn was about. */
const INTENT_FLOOR = 0.3;

/** Whether suggestions stood on a desk for the turn: the bot did not answer it, and nothing was hidden. */
const isShown = ({ suggestions, decision }: Assist, mode: Mode): boolean =>
  mode !== 'shadow' && suggestions.length > 0 && decision.kind !== 'auto_reply' && decision.kind !== 'clarify';

/** The names a turn is counted under. */
export function turnNames(assist: Assist, mode: Mode): string[] {
  const { understanding, decision } = assist;
  const { act, intent } = understanding;
  const { would } = decision;
  const isAbout = ASKING_ACTS.has(act) && intent.confidence >= INTENT_FLOOR;
  return [
    'turn',
    `act#${act}`,
    ...(isAbout ? [intentName(intent.name)] : []),
    `do#${decision.kind}`,
    `why#${decision.reason}`,
    ...(isShown(assist, mode) ? ['s.shown'] : []),
    ...(would === undefined || would.kind === 'none' ? [] : ['would', `would#${would.kind}`]),
  ];
}

type Counting = { tally?: Tally; now(): number };

/** Notes on its turn how an assist is counted, in the write that decides it. */
export function withReading(before: Head, decided: Head, assist: Assist, mode: Mode, now: number): Head {
  const { turn } = decided;
  if (decided === before || turn?.id !== assist.turnId) return decided;
  return { ...decided, turn: { ...turn, counted: { hour: hourOf(now), names: turnNames(assist, mode) } } };
}

const each = (names: readonly string[], n: number): Counts => Object.fromEntries(names.map((name) => [name, n]));

/** Counts a turn whose assist was decided by a put on `before`; what an earlier reading of it counted is taken back. */
export function countTurn({ tally, now }: Counting, tenant: TenantId, before: Head, assist: Assist, mode: Mode): void {
  const turn = awaiting(before, assist.turnId, assist.revision);
  if (tally === undefined || turn === undefined || assist.messageIds.length === 0) return;
  tally.add(tenant, hourOf(now()), each(turnNames(assist, mode), 1));
  if (turn.counted !== undefined) tally.add(tenant, turn.counted.hour, each(turn.counted.names, -1));
}

export type Used = { event: 'used' | 'edited' | 'ignored' | 'dismissed'; suggestionId?: string | undefined };

/** Counts what an agent did with the suggestions for a turn, and how that compares with what the bot would have sent. */
export function countUse({ tally, now }: Counting, tenant: TenantId, assist: Assist, used: Used, mode: Mode): void {
  tally?.add(tenant, hourOf(now()), addCounts(useCounts(assist, used, mode), wouldCounts(assist, used)));
}

function useCounts(assist: Assist, { event }: Used, mode: Mode): Counts {
  return isShown(assist, mode) ? { [`s.${event}`]: 1 } : {};
}

function wouldCounts({ decision: { would } }: Assist, { event, suggestionId }: Used): Counts {
  if (would?.kind !== 'auto_reply' || event === 'dismissed') return {};
  const from = suggestionId !== undefined && suggestionId === would.suggestionId;
  const name = from && event === 'used' ? 'same' : from && event === 'edited' ? 'like' : 'else';
  return { [`would.${name}`]: 1 };
}
