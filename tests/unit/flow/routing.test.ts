/** Routing as an agent, a customer and a team lead meet it: from the hand-off to a closed laptop. */
import { describe, expect, test } from 'vitest';
import { deskRoom } from '../../../lib/assist/desk.ts';
import { closeConversation, sendReply, transferConversation } from '../../../lib/assist/desk-actions.ts';
import { locateAssist } from '../../../lib/assist/locate.ts';
import { route } from '../../../lib/assist/route.ts';
import { presenceRoom } from '../../../lib/assist/routing/presence.ts';
import type { Presence, Routing } from '../../../lib/domain/routing.ts';
import type { Caller } from '../../../lib/domain/tenant.ts';
import { agent, CONVERSATION, created, TENANT } from '../../support/conversation.ts';
import { world } from '../../support/flow-world.ts';
import { memoryAgents } from '../../support/memory-agents.ts';
import { memoryStore } from '../../support/memory-conversations.ts';

const caller = (id: string): Caller => ({ role: 'agent', tenant: TENANT, agentId: agent(id), name: id });

/** A shop with a customer who waits for a person. */
async function shop(routing: Partial<Routing> = {}) {
  const store = memoryStore(locateAssist);
  const people = memoryAgents();
  const work = people.workBeside(store.work);
  const all = { tellEveryMs: 0, ...routing };
  const shared = world({
    store: { conversations: store.conversations, work },
    settings: { routing: all },
    deps: { agents: people.agents },
  });
  const deps = { ...shared.deps, agents: people.agents };
  const room = presenceRoom({ ...deps, mayRoute: () => true });
  const say = async (who: string, presence: Presence) => {
    const here = await room.set(TENANT, caller(who), presence);
    await shared.settle();
    return here;
  };
  const agentOf = (id: string) => people.all().find(({ agentId }) => agentId === id);
  await shared.receive(created('m1', 'give me a person'));
  await shared.settle();
  return { ...shared, deps, room, say, agentOf, desk: deskRoom({ ...deps }) };
}

describe('from a hand-off to an agent', () => {
  test('who comes online is asked at once, and has it once they accept', async () => {
    const { say, head, desk, agentOf, hints } = await shop();
    expect((await head()).offer).toBeUndefined();
    await say('ann', 'online');
    expect((await head()).offer).toMatchObject({ agentId: 'ann' });
    expect(hints.at(-1)).toMatchObject({ kind: 'offer', offeredTo: 'ann' });
    const { head: mine } = await desk.accept(TENANT, caller('ann'), CONVERSATION);
    expect([mine.owner, mine.offer]).toEqual(['agent:ann', undefined]);
    expect(agentOf('ann')?.slots).toHaveLength(1);
  });

  test('a hand-off meets who is online already; in `assign` it is simply theirs, in `pull` it waits', async () => {
    const given = await shop({ mode: 'assign' });
    await given.say('ann', 'online');
    expect((await given.head()).owner).toBe('agent:ann');
    const pulled = await shop({ mode: 'pull' });
    await pulled.say('ann', 'online');
    expect(await pulled.head()).toMatchObject({ owner: 'queue' });
    expect((await pulled.head()).offer).toBeUndefined();
  });

  test('declined, or not answered in time, it moves on to the next', async () => {
    const { say, head, desk, settle, pass, deps, agentOf } = await shop();
    await say('ann', 'online');
    await say('bob', 'online');
    await desk.decline(TENANT, caller('ann'), CONVERSATION);
    await settle();
    expect((await head()).offer).toMatchObject({ agentId: 'bob' });
    expect(agentOf('ann')?.slots).toEqual([]);
    pass(30_000);
    await route(deps, { tenant: TENANT });
    expect((await head()).offer).toBeUndefined();
    expect(agentOf('bob')).toMatchObject({ slots: [], missed: 1 });
    pass(30_000);
    await say('ann', 'online');
    expect(await head()).toMatchObject({ offer: { agentId: 'ann' }, handoff: { passed: ['ann', 'bob'] } });
  });

  test('while it is offered another agent’s claim is refused in words', async () => {
    const { say, desk } = await shop();
    await say('ann', 'online');
    await expect(desk.claim(TENANT, caller('bob'), CONVERSATION)).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringMatching(/^ann is being asked to take it, for another \d+ s \(until /),
    });
    await expect(desk.accept(TENANT, caller('bob'), CONVERSATION)).rejects.toMatchObject({ kind: 'conflict' });
  });

  test('closed, its place is free for the next in the queue', async () => {
    const { say, desk, deps, place, receive, settle, agentOf, head } = await shop({ capacity: 1 });
    await say('ann', 'online');
    await desk.accept(TENANT, caller('ann'), CONVERSATION);
    const next = created('n1', 'a person', { conversation: 'c-2' as typeof CONVERSATION });
    await receive(next);
    await settle();
    expect((await head(next.data.conversationId)).offer).toBeUndefined();
    await closeConversation(deps, place, { id: agent('ann') });
    await settle();
    expect((await head(next.data.conversationId)).offer).toMatchObject({ agentId: 'ann' });
    expect(agentOf('ann')?.slots.map((slot) => slot.conversation)).toEqual(['c-2']);
  });
});

describe('who is not there', () => {
  test('a closed laptop gives back what waits, to the front of its class, and the next sweep finds it', async () => {
    const { say, head, desk, pass, sweep, settle, agentOf } = await shop();
    await say('ann', 'online');
    await desk.accept(TENANT, caller('ann'), CONVERSATION);
    pass(59_000);
    await sweep();
    await settle();
    expect((await head()).owner).toBe('agent:ann');
    pass(2_000);
    await sweep();
    await settle();
    expect(await head()).toMatchObject({ owner: 'queue', handoff: { reason: 'agent_gone', from: 'ann', front: true } });
    expect(agentOf('ann')).toMatchObject({ presence: 'off', slots: [] });
    expect(agentOf('ann')?.leaving).toBeUndefined();
  });

  test('a heartbeat keeps it, and any other agent’s heartbeat finds who is gone', async () => {
    const { say, head, desk, pass } = await shop();
    await say('ann', 'online');
    await desk.accept(TENANT, caller('ann'), CONVERSATION);
    pass(50_000);
    await say('ann', 'online');
    pass(50_000);
    await say('bob', 'online');
    expect((await head()).owner).toBe('agent:ann');
    pass(11_000);
    await say('bob', 'online');
    expect(await head()).toMatchObject({ owner: 'queue', offer: { agentId: 'bob' } });
  });

  test('off by the button is at once; away keeps what is held and gets nothing new', async () => {
    const { say, head, desk } = await shop();
    await say('ann', 'online');
    await desk.accept(TENANT, caller('ann'), CONVERSATION);
    await say('ann', 'away');
    expect((await head()).owner).toBe('agent:ann');
    expect((await say('ann', 'off')).presence).toBe('off');
    expect((await head()).owner).toBe('queue');
    await say('bob', 'away');
    expect((await head()).offer).toBeUndefined();
  });

  test('where the agent had the last word, it goes as if released; who has no presence keeps everything', async () => {
    const { say, head, deps, place, pass, sweep, settle } = await shop();
    await say('ann', 'online');
    await sendReply(deps, place, { id: agent('ann') }, { text: 'It is on its way.' });
    await say('ann', 'off');
    expect((await head()).owner).toBe('bot');
    pass(1);
    await sendReply(deps, place, { id: agent('api') }, { text: 'Hello' });
    pass(3_600_000);
    await sweep();
    await settle();
    expect((await head()).owner).toBe('agent:api');
  });

  test('nobody is passed a conversation who is off, or of whom nobody has heard', async () => {
    const { say, desk, deps, place } = await shop();
    const to = (id: string) => transferConversation(deps, place, { id: agent('ann') }, { to: { agent: agent(id) } });
    await say('ann', 'online');
    await desk.accept(TENANT, caller('ann'), CONVERSATION);
    await expect(to('nobody')).rejects.toMatchObject({ kind: 'conflict', message: /nobody called nobody/ });
    await say('bob', 'online');
    await say('bob', 'off');
    await expect(to('bob')).rejects.toMatchObject({ kind: 'conflict', message: /bob is off/ });
    await say('bob', 'away');
    expect(await to('bob')).toMatchObject({ owner: 'agent:bob', handoff: { from: 'ann' } });
  });
});

describe('what comes due without anybody', () => {
  test('a promise that ran out reminds the desk, once', async () => {
    const { say, head, deps, place, pass, sweep, settle, hints } = await shop();
    await say('ann', 'online');
    await sendReply(deps, place, { id: agent('ann') }, { text: 'One moment please' });
    await settle();
    for (let beat = 0; beat < 10; beat += 1) {
      pass(20_000);
      await say('ann', 'online');
      await sweep();
      await settle();
    }
    expect(hints.filter(({ kind }) => kind === 'promise')).toHaveLength(1);
    expect((await head()).promise?.remindedAt).toBeDefined();
  });

  test('after the overflow somebody without the skill is asked, though every start was lost', async () => {
    const { say, head, deps, place, pass, sweep, settle, room, started } = await shop();
    await room.change(TENANT, agent('ann'), { skills: ['returns'] });
    await transferConversation(deps, place, { id: agent('zoe') }, { to: { skill: 'invoices' } });
    started.length = 0;
    await say('ann', 'online');
    expect((await head()).offer).toBeUndefined();
    for (let beat = 0; beat < 7; beat += 1) {
      pass(20_000);
      await room.set(TENANT, caller('ann'), 'online');
      started.length = 0;
      await sweep();
      await settle();
    }
    expect((await head()).offer).toMatchObject({ agentId: 'ann' });
  });
});

describe('who waits for the shop to open', () => {
  const closed = { week: [], holidays: [] };
  const days = [1, 2, 3, 4, 5, 6, 7];
  const always = {
    week: [
      { days, from: '00:00', until: '12:00' },
      { days, from: '12:00', until: '00:00' },
    ],
  };

  test.each([
    ['the hours say open', { hours: always }],
    ['there are none any more', {}],
  ])('is offered once %s, with every clock begun', async (_, routing) => {
    const { say, head, deps, pass } = await shop({ hours: closed });
    await say('ann', 'online');
    const { handoff } = await head();
    const ahead = handoff?.opensAt ?? 0;
    expect(ahead).toBeGreaterThan(deps.now());
    await route(deps, { tenant: TENANT });
    expect((await head()).offer).toBeUndefined();
    pass(1_000);
    const readTenant: typeof deps.readTenant = async (id) => {
      const tenant = await deps.readTenant(id);
      return tenant === undefined ? undefined : { ...tenant, settings: { ...tenant.settings, routing } };
    };
    await route({ ...deps, readTenant }, { tenant: TENANT });
    const now = deps.now();
    const after = await head();
    expect(after).toMatchObject({ offer: { agentId: 'ann' }, handoff: { opensAt: now } });
    expect(after.handoff?.sla?.firstResponseBy).toBe((handoff?.sla?.firstResponseBy ?? 0) - ahead + now);
  });
});

test('a team lead sets skills and capacity before an agent is first seen, and sees the team', async () => {
  const { room, say } = await shop();
  expect(
    await room.change(TENANT, agent('cid'), { skills: ['returns'], capacity: 2, languages: ['zh'] }),
  ).toMatchObject({
    agentId: 'cid',
    presence: 'off',
    load: 0,
    capacity: 2,
  });
  await say('ann', 'online');
  const { items } = await room.list(TENANT);
  expect(items.map(({ agentId, load, capacity }) => [agentId, load, capacity])).toEqual([
    ['cid', 0, 2],
    ['ann', 1, 5],
  ]);
});
