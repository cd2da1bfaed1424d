/**
 * A platform with a desk of its own says whose a conversation is. What it says of a change counts; how a conversation
 * stands beside a message only ever takes it from the bot, so that a hand-off of ours that is still on its way to the
 * platform, and a conversation that an agent claimed here, stay as they are.
 */

import type { Head } from '../domain/conversation.ts';
import type { Handoff } from '../domain/handoff.ts';
import type { PlatformState } from '../domain/platform-state.ts';
import { GENERAL_SKILL } from '../domain/routing.ts';
import { ownedByAgent, withOwner, without } from './head.ts';
import { withoutEcho } from './mirror.ts';
import { assigned, closed, released } from './ownership.ts';
import { reopenTurn } from './turn.ts';

/** Applies a state unless a newer one was applied before. */
export function platformState(head: Head, state: PlatformState, now: number): Head {
  if (state.at < (head.platformAt ?? 0)) return head;
  const news = withoutEcho(head, state, now);
  const held = news.state === undefined ? news.head : holding(news.head, news.state, now);
  return held.platformAt === state.at ? held : { ...held, platformAt: state.at };
}

function holding(head: Head, state: PlatformState, now: number): Head {
  switch (state.status) {
    case 'resolved':
      return state.changed.includes('status') ? closed(head) : head;
    case 'snoozed':
      return head;
    case 'open':
      return state.agentId === undefined ? open(head, state, now) : given(head, state, state.agentId);
    case 'pending':
      return state.agentId === undefined ? pending(head, state) : given(head, state, state.agentId);
  }
}

/** Somebody holds it there. Told beside a message it takes nothing from an agent who has it here. */
const given = (head: Head, { changed }: PlatformState, agent: NonNullable<PlatformState['agentId']>): Head =>
  ownedByAgent(head) && !changed.includes('assignee') ? head : assigned(head, agent);

/** Nobody holds it, and it is not the bot's: it waits for a person. */
function open(head: Head, { changed }: PlatformState, now: number): Head {
  if (head.owner === 'queue' || (ownedByAgent(head) && !changed.includes('assignee'))) return head;
  const handoff: Handoff = head.handoff ?? {
    reason: 'needs_person',
    skill: GENERAL_SKILL,
    priority: 5,
    at: new Date(now).toISOString(),
  };
  return { ...without(withOwner(head, 'queue'), 'promise'), handoff };
}

/** The bot's again if the platform gave it back; a state from before our hand-off does not undo it. */
function pending(head: Head, { changed, at }: PlatformState): Head {
  if (head.owner === 'bot' || head.owner === 'closed') return head;
  if (changed.includes('status')) {
    if (at < Date.parse(head.handoff?.at ?? '1970-01-01T00:00:00Z')) return head;
    return reopenTurn(without(withOwner(head, 'bot'), 'handoff', 'promise'));
  }
  return changed.includes('assignee') ? released(head) : head;
}
