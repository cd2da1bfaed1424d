import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Head } from '../../../lib/domain/conversation.ts';
import type { Handoff } from '../../../lib/domain/handoff.ts';
import type { SlaTarget } from '../../../lib/domain/routing.ts';
import { newHead, seal } from '../../../lib/handoff/head.ts';
import { slaFor, slaState, slaTick, slaTimes } from '../../../lib/handoff/sla.ts';
import { CONVERSATION, START } from '../../support/conversation.ts';

const MINUTE = 60_000;
const ROUTING = {
  sla: [
    { firstResponseMs: MINUTE, warnBeforeMs: 20_000 },
    { skill: 'returns', firstResponseMs: 5 * MINUTE, resolutionMs: 60 * MINUTE, warnBeforeMs: MINUTE },
  ],
};

const waiting = (more: Partial<Handoff> = {}): Head => ({
  ...newHead(CONVERSATION, START),
  owner: 'queue',
  handoff: {
    reason: 'nothing_fits',
    skill: 'returns',
    priority: 4,
    at: new Date(START).toISOString(),
    sla: slaFor(ROUTING, 'returns', START) ?? {},
    ...more,
  },
});

describe('what a hand-off promises', () => {
  it('is the skill’s own, and everybody’s where the skill says nothing', () => {
    expect(slaFor(ROUTING, 'returns', START)).toEqual({
      warnAt: START + 4 * MINUTE,
      firstResponseBy: START + 5 * MINUTE,
      resolveWarnAt: START + 59 * MINUTE,
      resolveBy: START + 60 * MINUTE,
    });
    expect(slaFor(ROUTING, 'vip', START)).toEqual({ warnAt: START + 40_000, firstResponseBy: START + MINUTE });
    const onlyEnd = { sla: [...ROUTING.sla, { skill: 'vip', resolutionMs: 10 * MINUTE }] };
    expect(slaFor(onlyEnd, 'vip', START)).toMatchObject({
      firstResponseBy: START + MINUTE,
      resolveBy: START + 10 * MINUTE,
    });
  });

  it('is a minute to the first words where nothing is set, and nothing where that is set', () => {
    expect(slaFor(undefined, 'general', START)?.firstResponseBy).toBe(START + MINUTE);
    expect(slaFor({ sla: [] }, 'general', START)).toBeUndefined();
  });

  it('begins when the shop opens', () => {
    const opensAt = START + 8 * 60 * MINUTE;
    expect(slaFor(ROUTING, 'general', START, opensAt)).toEqual({
      warnAt: opensAt + 40_000,
      firstResponseBy: opensAt + MINUTE,
    });
    expect(slaFor(ROUTING, 'general', START, START - 1)?.firstResponseBy).toBe(START + MINUTE);
  });

  it('warns at once where less time is left than the warning takes', () => {
    const hasty = { sla: [{ firstResponseMs: 5_000, warnBeforeMs: MINUTE }] };
    expect(slaFor(hasty, 'general', START)).toEqual({ warnAt: START, firstResponseBy: START + 5_000 });
  });
});

describe('time goes by', () => {
  const later = (head: Head, ms: number) => slaTick(head, START + ms);

  it('warns once, then breaks once', () => {
    const head = waiting();
    expect(later(head, 4 * MINUTE - 1)).toBe(head);
    const warned = later(head, 4 * MINUTE);
    expect(warned.handoff?.sla?.warnedAt).toBe(START + 4 * MINUTE);
    expect(later(warned, 5 * MINUTE)).toBe(warned);
    const broken = later(warned, 5 * MINUTE + 1);
    expect(broken.handoff?.sla?.breachedAt).toBe(START + 5 * MINUTE);
    expect(later(broken, 30 * MINUTE)).toBe(broken);
  });

  it('does not break what was answered in time, and breaks what was answered late whenever it is looked at', () => {
    const inTime = waiting({ answeredAt: new Date(START + 5 * MINUTE).toISOString() });
    expect(later(inTime, 10 * MINUTE)).toBe(inTime);
    const late = waiting({ answeredAt: new Date(START + 5 * MINUTE + 1).toISOString() });
    expect(later(late, 5 * MINUTE + 1).handoff?.sla?.breachedAt).toBe(START + 5 * MINUTE);
  });

  it('goes on to the end of the conversation', () => {
    const held = { ...waiting({ answeredAt: new Date(START + MINUTE).toISOString() }), owner: 'agent:ann' as const };
    expect(later(held, 59 * MINUTE).handoff?.sla?.resolveWarnedAt).toBe(START + 59 * MINUTE);
    expect(later(held, 61 * MINUTE).handoff?.sla?.resolveBreachedAt).toBe(START + 60 * MINUTE);
    expect(later(held, 61 * MINUTE).handoff?.sla?.breachedAt).toBeUndefined();
  });

  it('says where a hand-off stands', () => {
    const { handoff } = waiting();
    expect(slaState(handoff, START)).toEqual({ kind: 'first_response', state: 'in_time', dueAt: START + 5 * MINUTE });
    expect(slaState(handoff, START + 4 * MINUTE)?.state).toBe('soon');
    expect(slaState(handoff, START + 6 * MINUTE)?.state).toBe('late');
    const answered = waiting({ answeredAt: new Date(START).toISOString() }).handoff;
    expect(slaState(answered, START)).toMatchObject({ kind: 'resolution', state: 'in_time' });
    expect(slaState(undefined, START)).toBeUndefined();
  });
});

const target: fc.Arbitrary<SlaTarget> = fc.record(
  {
    skill: fc.constantFrom('returns', 'vip'),
    firstResponseMs: fc.nat(600_000),
    resolutionMs: fc.nat(600_000),
    warnBeforeMs: fc.nat(300_000),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<SlaTarget>;

/** Looks whenever something is due, until nothing is; how often that was. */
function lookUntilDone(head: Head, since: number): number {
  const [next] = slaTimes(head).sort((a, b) => a - b);
  if (next === undefined) return 0;
  expect(next).toBeGreaterThanOrEqual(since);
  expect(slaTick(head, next - 1)).toBe(head);
  const ticked = slaTick(head, next);
  expect(ticked).not.toBe(head);
  expect(slaTick(ticked, next)).toBe(ticked);
  return 1 + lookUntilDone(ticked, since);
}

describe('whatever the targets', () => {
  it('every time that is due is looked at once and then no more; nothing is due before it is', () => {
    fc.assert(
      fc.property(fc.array(target, { maxLength: 4 }), fc.nat(600_000), (targets, opens) => {
        const sla = slaFor({ sla: targets }, 'returns', START, START + opens);
        if (sla !== undefined) expect(lookUntilDone(waiting({ sla }), START + opens)).toBeLessThanOrEqual(4);
      }),
    );
  });

  it('is marked by whatever changes the head', () => {
    const head = waiting();
    const sealed = seal(head, { ...head, disclosed: true }, START + 6 * MINUTE);
    expect(sealed.handoff?.sla?.breachedAt).toBe(START + 5 * MINUTE);
    expect(seal(head, head, START + 6 * MINUTE)).toBe(head);
  });
});
