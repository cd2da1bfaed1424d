/**
 * Whose a conversation is here is told to a platform with a desk of its own, and comes back from it as if somebody there
 * had done it. What was told is kept on the head for as long as it may come back: a state that says just that is no news,
 * however late it is. Without it the echo of an older change could take the conversation from who has it by now.
 */
import type { Head, OutboxItem } from '../domain/conversation.ts';
import type { PlatformState } from '../domain/platform-state.ts';
import { enqueue, isRefusal, type Refusal, without } from './head.ts';
import { outboxFull } from './outbox.ts';
import { holderOf } from './ownership.ts';

/** Told changes come back within seconds; after this, whoever says the same means it. */
const ECHO_MS = 120_000;
const MAX_TOLD = 4;
/** Nobody asks any more who had it. */
const HOLDER_LIFE_MS = 3_600_000;

/** Adds to a change made here that the platform hears of it. Changes that the platform told of do not come through here. */
export function mirrored(before: Head, outcome: Head | Refusal, now: number): Head | Refusal {
  if (isRefusal(outcome) || outcome.platformAt === undefined || outcome.owner === before.owner) return outcome;
  const [was, is] = [holderOf(before), holderOf(outcome)];
  const agent = is ?? was;
  if (agent === undefined || outcome.owner === 'closed' || outboxFull(outcome, '')) return outcome;
  const item: OutboxItem = {
    id: `holder:${outcome.epoch}`,
    kind: 'holder',
    text: '',
    author: { type: 'agent', id: agent },
    epoch: outcome.epoch,
    customerSeq: outcome.customerSeq,
    createdAt: now,
    expiresAt: now + HOLDER_LIFE_MS,
    attempts: 0,
    nextAt: now,
  };
  const told = { at: now, ...(is === undefined ? {} : { agentId: is }) };
  return { ...enqueue(outcome, item), told: [...fresh(outcome, now), told].slice(-MAX_TOLD) };
}

const fresh = ({ told = [] }: Head, now: number) => told.filter(({ at }) => at > now - ECHO_MS);

type Heard = { head: Head; state: PlatformState | undefined };

/**
 * The state without what only comes back, undefined where that is all of it: it may be a moment between two things we do
 * there. The head has heard it then; what was told before it will not come any more.
 */
export function withoutEcho(head: Head, state: PlatformState, now: number): Heard {
  if (!state.changed.includes('assignee')) return { head, state };
  const told = fresh(head, now);
  const heard = told.findIndex(({ agentId }) => agentId === state.agentId);
  if (heard === -1) return { head, state };
  const left = told.slice(heard + 1);
  const changed = state.changed.filter((change) => change !== 'assignee');
  return {
    head: left.length === 0 ? without(head, 'told') : { ...head, told: left },
    state: changed.length === 0 ? undefined : { ...state, changed },
  };
}
