import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Head } from '../../../lib/domain/conversation.ts';
import { AgentId, ConversationId } from '../../../lib/domain/ids.ts';
import type { PlatformState } from '../../../lib/domain/platform-state.ts';
import { newHead, withOwner } from '../../../lib/handoff/head.ts';
import { platformState } from '../../../lib/handoff/platform-state.ts';

const NOW = 1_795_000_000_000;
const mei = AgentId.parse('chatwoot:3');
const bots = newHead(ConversationId.parse('chatwoot:1'), NOW);
const queued: Head = {
  ...withOwner(bots, 'queue'),
  handoff: { reason: 'asked_for_person', skill: 'general', priority: 5, at: new Date(NOW).toISOString() },
};
const hers = withOwner(bots, 'agent:chatwoot:3');
const ours = withOwner(bots, 'agent:lin');
const closedHead = withOwner(bots, 'closed');
const state = (status: PlatformState['status'], more: Partial<PlatformState> = {}): PlatformState => ({
  status,
  at: NOW + 1_000,
  changed: [],
  ...more,
});
const status: PlatformState['changed'] = ['status'];
const assignee: PlatformState['changed'] = ['assignee'];

describe('whose a conversation is', () => {
  test.each<[string, Head, PlatformState, string]>([
    ['opened: it waits for a person', bots, state('open', { changed: status }), 'queue'],
    ['open beside a message: it is not the bot’s', bots, state('open'), 'queue'],
    ['open beside a message after it was closed here', closedHead, state('open'), 'queue'],
    ['assigned', bots, state('open', { agentId: mei, changed: assignee }), 'agent:chatwoot:3'],
    ['assigned while pending', bots, state('pending', { agentId: mei, changed: assignee }), 'agent:chatwoot:3'],
    ['assigned away from an agent here', ours, state('open', { agentId: mei, changed: assignee }), 'agent:chatwoot:3'],
    ['held beside a message: an agent here keeps it', ours, state('open', { agentId: mei }), 'agent:lin'],
    ['held beside a message: not the bot’s', bots, state('pending', { agentId: mei }), 'agent:chatwoot:3'],
    ['unassigned while open', hers, state('open', { changed: assignee }), 'queue'],
    ['open beside a message: whoever holds it keeps it', hers, state('open'), 'agent:chatwoot:3'],
    ['unassigned while pending', hers, state('pending', { changed: assignee }), 'bot'],
    ['resolved', hers, state('resolved', { changed: status }), 'closed'],
    ['resolved beside a message: nothing', hers, state('resolved'), 'agent:chatwoot:3'],
    ['snoozed', hers, state('snoozed', { changed: status }), 'agent:chatwoot:3'],
    ['given back to the bot', queued, state('pending', { changed: status }), 'bot'],
    ['pending beside a message: our hand-off is on its way', queued, state('pending'), 'queue'],
    ['pending from before our hand-off', queued, state('pending', { changed: status, at: NOW - 1 }), 'queue'],
    ['opened by our own hand-off', queued, state('open', { changed: status }), 'queue'],
    ['pending after it was closed: until somebody writes', closedHead, state('pending', { changed: status }), 'closed'],
  ])('%s', (_, head, told, owner) => {
    expect(platformState(head, told, NOW).owner).toBe(owner);
  });

  test('who waits has a hand-off to be found by', () => {
    expect(platformState(bots, state('open'), NOW).handoff).toMatchObject({ reason: 'needs_person', skill: 'general' });
    expect(platformState(queued, state('open'), NOW).handoff).toEqual(queued.handoff);
  });

  test('the same again changes nothing', () => {
    const told = state('open', { agentId: mei, changed: assignee });
    const once = platformState(bots, told, NOW);
    expect(platformState(once, told, NOW)).toBe(once);
  });
});

test('whatever order they come in, the newest change counts', () => {
  const change = fc.record({
    at: fc.integer({ min: NOW + 1, max: NOW + 50 }),
    how: fc.constantFrom<Partial<PlatformState>>(
      { status: 'open', agentId: mei, changed: assignee },
      { status: 'open', changed: ['assignee', 'status'] },
      { status: 'resolved', changed: status },
    ),
  });
  const changes = fc.uniqueArray(change, { selector: ({ at }) => at, minLength: 1, maxLength: 8 });
  const shuffled = changes.chain((list) =>
    fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
  );
  fc.assert(
    fc.property(shuffled, ([list, order]) => {
      const apply = (all: typeof list): string =>
        all.reduce((head, { at, how }) => platformState(head, { ...state('open'), ...how, at }, NOW), bots).owner;
      const newest = list.toSorted((a, b) => a.at - b.at);
      expect(apply(order)).toBe(apply(newest));
    }),
  );
});
