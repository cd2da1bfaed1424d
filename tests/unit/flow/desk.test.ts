import { describe, expect, test } from 'vitest';
import { deskRoom } from '../../../lib/assist/desk.ts';
import {
  claimConversation,
  closeConversation,
  releaseConversation,
  sendReply,
  transferConversation,
} from '../../../lib/assist/desk-actions.ts';
import { giveFeedback } from '../../../lib/assist/desk-feedback.ts';
import { readConversation } from '../../../lib/assist/desk-read.ts';
import { takeOverConversation } from '../../../lib/assist/routing/desk-offers.ts';
import { turnEvidenceId } from '../../../lib/domain/evidence.ts';
import { ConversationId, MessageId } from '../../../lib/domain/ids.ts';
import { seal } from '../../../lib/handoff/head.ts';
import { newAgent } from '../../../lib/handoff/routing/agents.ts';
import { offered } from '../../../lib/handoff/routing/offers.ts';
import type { AgentStore } from '../../../lib/ports/agents.ts';
import { agent, CONVERSATION, created, customerId, TENANT } from '../../support/conversation.ts';
import { world } from '../../support/flow-world.ts';

const ann = { id: agent('ann'), name: 'Ann' };
const bob = { id: agent('bob') };

/** A conversation whose customer waits for a person. */
async function queued(text = 'give me a person') {
  const shop = world();
  await shop.receive(created('m1', text));
  await shop.settle();
  shop.pass(1_000);
  shop.calls.length = 0;
  shop.hints.length = 0;
  return shop;
}

test('what an answered customer withdraws is in no list of assists, and is learnt from no more', async () => {
  const forgotten: string[] = [];
  const evidence = {
    note: async () => {},
    edited: async () => {},
    forget: async (_: string, id: string) => forgotten.push(id),
  };
  const { deps, place, receive, settle } = await queued('where is 3130210989?');
  const wired = Object.assign(deps, { evidence: evidence as never });
  await sendReply(wired, place, ann, { text: 'Hello, I am looking into it.' });
  const read = () =>
    deskRoom(wired).assists(
      TENANT,
      { tenant: TENANT, role: 'agent', agentId: ann.id } as never,
      CONVERSATION,
      undefined,
    );
  expect((await read()).items).toHaveLength(1);
  const data = { conversationId: CONVERSATION, messageId: MessageId.parse('m1') };
  await receive({ type: 'message.recalled', data }, 'd-recall');
  await settle();
  expect((await read()).items).toEqual([]);
  expect((await readConversation(wired, place)).assists).toEqual([]);
  expect(forgotten).toEqual([turnEvidenceId(CONVERSATION, 1)]);
});

describe('ownership at the desk', () => {
  test('one claims, the other is told who was faster', async () => {
    const { deps, place } = await queued();
    expect((await claimConversation(deps, place, ann)).owner).toBe('agent:ann');
    await expect(claimConversation(deps, place, bob)).rejects.toMatchObject({
      kind: 'conflict',
      message: 'ann has this conversation: ask them for it, or a supervisor to take it over',
      members: { agentId: 'ann' },
    });
    expect((await claimConversation(deps, place, ann)).epoch).toBe(2);
  });

  test('of many claims at once exactly one wins', async () => {
    const { deps, place } = await queued();
    const claims = Array.from({ length: 20 }, (_, n) => claimConversation(deps, place, { id: agent(`a${n}`) }));
    const outcomes = await Promise.allSettled(claims);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('released unanswered it goes back to the queue, answered to the bot', async () => {
    const { deps, place } = await queued();
    await claimConversation(deps, place, ann);
    expect((await releaseConversation(deps, place, ann)).owner).toBe('queue');
    await sendReply(deps, place, ann, { text: 'Hello' });
    expect((await releaseConversation(deps, place, ann)).owner).toBe('bot');
  });

  test('transferred to an agent or a skill, closed, and heard of at every desk', async () => {
    const { deps, place, hints } = await queued();
    await claimConversation(deps, place, ann);
    expect((await transferConversation(deps, place, ann, { to: { agent: bob.id } })).owner).toBe('agent:bob');
    expect((await transferConversation(deps, place, bob, { to: { skill: 'returns' } })).owner).toBe('queue');
    expect((await closeConversation(deps, place, bob)).owner).toBe('closed');
    expect(hints.map(({ kind }) => kind)).toEqual(['owner', 'owner', 'owner', 'owner']);
  });

  test('an unknown conversation is not found', async () => {
    const { deps } = await queued();
    const place = { tenant: TENANT, conversation: ConversationId.parse('nowhere') };
    await expect(claimConversation(deps, place, ann)).rejects.toMatchObject({ kind: 'not_found' });
    await expect(readConversation(deps, place)).rejects.toMatchObject({ kind: 'not_found' });
  });
});

describe('replies from the desk', () => {
  test('take the conversation and reach the platform', async () => {
    const { deps, place, settle, calls, messages } = await queued();
    const { message, head } = await sendReply(deps, place, ann, { text: 'One moment please', clientId: 'c1' });
    expect(head).toMatchObject({ owner: 'agent:ann', promise: { text: 'One moment please' } });
    expect(message).toMatchObject({ author: { type: 'agent', id: 'ann', name: 'Ann' }, delivery: 'pending' });
    await settle();
    expect(calls).toMatchObject([
      { type: 'reply.requested', data: { replyId: message.id, text: 'One moment please', author: { id: 'ann' } } },
    ]);
    expect((await messages()).at(-1)).toMatchObject({ id: message.id, delivery: 'delivered' });
  });

  test('sent twice by one client are one, by two clients two', async () => {
    const { deps, place, settle, calls } = await queued();
    const first = await sendReply(deps, place, ann, { text: 'Hello', clientId: 'c1' });
    const again = await sendReply(deps, place, ann, { text: 'Hello', clientId: 'c1' });
    await transferConversation(deps, place, ann, { to: { agent: bob.id } });
    const other = await sendReply(deps, place, bob, { text: 'Hello', clientId: 'c1' });
    expect(again.message.id).toBe(first.message.id);
    expect(other.message.id).not.toBe(first.message.id);
    await settle();
    expect(calls).toHaveLength(2);
  });

  test('do not take a conversation out of a colleague’s hands, who is named as the team knows them', async () => {
    const { deps, place, settle, head, calls } = await queued();
    const agents = { get: async () => ({ ...newAgent(ann.id, 0), name: 'Ann Lee' }) } as unknown as AgentStore;
    await claimConversation(deps, place, ann);
    const before = await head();
    await expect(sendReply({ ...deps, agents }, place, bob, { text: 'Hello', clientId: 'c1' })).rejects.toMatchObject({
      kind: 'conflict',
      message: 'Ann Lee has this conversation: ask them for it, or a supervisor to take it over',
      members: { agentId: 'ann' },
    });
    await settle();
    expect(await head()).toEqual(before);
    expect(calls).toEqual([]);
    // Out of her hands it goes, once; and what she sent before is still hers to repeat.
    await takeOverConversation(deps, place, bob);
    expect((await sendReply(deps, place, bob, { text: 'Hello', clientId: 'c1' })).head.owner).toBe('agent:bob');
    await expect(sendReply(deps, place, ann, { text: 'And I' })).rejects.toMatchObject({ kind: 'conflict' });
  });

  test('wait while a colleague is being asked to take the conversation, and no longer', async () => {
    const { deps, place, head } = await queued();
    const until = deps.now() + 20_000;
    await deps.conversations.putHead(
      TENANT,
      seal(await head(), offered(await head(), ann.id, until, deps.now()), deps.now()),
      (await head()).version,
    );
    await expect(sendReply(deps, place, bob, { text: 'Hello' })).rejects.toThrow(/^ann is being asked to take it/);
    await expect(closeConversation(deps, place, bob)).rejects.toThrow(/^ann is being asked to take it/);
    const late = { ...deps, now: () => until };
    expect((await sendReply(late, place, bob, { text: 'Hello' })).head.owner).toBe('agent:bob');
  });

  test('go out in the order they were written while the platform is down', async () => {
    const { deps, place, settle, sweep, pass, calls } = await queued();
    deps.callPlatform = async (_, { id }) => {
      calls.push({ id, type: 'call', data: {} });
      return calls.length < 5 ? 'failed' : 'delivered';
    };
    const sent: string[] = [];
    for (const text of ['one', 'two', 'three'])
      sent.push((await sendReply(deps, place, ann, { text, clientId: text })).message.id);
    await settle();
    for (let run = 0; run < 4; run += 1) {
      pass(60_000);
      await sweep();
      await settle();
    }
    const distinct = [...new Set(calls.map(({ id }) => id))];
    expect(distinct).toEqual(sent.map((id) => `${CONVERSATION}:${id}`));
  });

  test('made of a suggestion count as used or edited, and its answer as sent', async () => {
    const shop = await queued('maybe');
    const { deps, place } = shop;
    const [assist] = await shop.assists();
    const from = { suggestionId: 'sug_1', assistId: assist?.id };
    const { head } = await sendReply(deps, place, ann, { text: 'It leaves today.', clientId: 'a', ...from });
    expect(head.sent).toContain('delivery.time#0');
    await sendReply(deps, place, ann, { text: 'It leaves today, I think.', clientId: 'b', ...from });
    await sendReply(deps, place, ann, { text: 'x', clientId: 'c', suggestionId: 'sug_9', assistId: assist?.id });
    const feedback = await deps.conversations.feedback(TENANT, CONVERSATION);
    expect(feedback.map(({ event, suggestionId }) => [event, suggestionId]).sort()).toEqual([
      ['edited', 'sug_1'],
      ['used', 'sug_1'],
    ]);
  });

  test('sent in spite of a warning are kept with it, and counted once', async () => {
    const shop = await queued('maybe');
    const hours: Record<string, number>[] = [];
    const tally = {
      add: (_: unknown, __: string, counts: Readonly<Record<string, number>>) => void hours.push(counts),
    };
    const deps = { ...shop.deps, tally };
    const [assist] = await shop.assists();
    const from = { suggestionId: 'sug_1', assistId: assist?.id };
    await sendReply(deps, shop.place, ann, { text: 'Tomorrow for sure', clientId: 'own', warned: ['promise'] });
    for (const clientId of ['a', 'a']) {
      await sendReply(deps, shop.place, ann, {
        text: 'It leaves today.',
        clientId,
        warned: ['price', 'fact'],
        ...from,
      });
    }
    const feedback = await deps.conversations.feedback(TENANT, CONVERSATION);
    const kept = feedback.map(({ sentText, warned }) => [sentText, warned?.join()]).sort();
    expect(kept).toEqual([
      ['It leaves today.', 'price,fact'],
      ['Tomorrow for sure', 'promise'],
    ]);
    expect(hours.filter((counts) => 'warned.sent' in counts)).toEqual([{ 'warned.sent': 1 }, { 'warned.sent': 1 }]);
  });

  test('of another conversation leave no feedback here', async () => {
    const shop = await queued('maybe');
    const [assist] = await shop.assists();
    const other = { tenant: TENANT, conversation: ConversationId.parse('c-2') };
    await shop.receive(created('x1', 'maybe', { conversation: other.conversation }));
    await shop.settle();
    await sendReply(shop.deps, other, ann, { text: 'x', suggestionId: 'sug_1', assistId: assist?.id });
    expect(await shop.deps.conversations.feedback(TENANT, other.conversation)).toEqual([]);
  });
});

describe('what the desk reads', () => {
  test('head, transcript with what is still on its way, assists, customer, package', async () => {
    const { deps, place } = await queued();
    await deps.customers.merge(TENANT, { id: customerId, name: 'Li' }, new Date(deps.now()).toISOString());
    await sendReply(deps, place, ann, { text: 'Hello' });
    const read = await readConversation(deps, place);
    expect(read.messages.map(({ author, delivery }) => [author.type, delivery])).toEqual([
      ['customer', undefined],
      ['bot', 'delivered'],
      ['agent', 'pending'],
    ]);
    expect(read.assists).toHaveLength(1);
    expect(read.customer?.name).toBe('Li');
    expect(read.package).toMatchObject({ reason: 'asked_for_person', priority: 6, skill: 'general' });
  });

  test('a first message from the moment it is accepted, before anybody has worked on it', async () => {
    const { deps, place, receive } = world();
    await receive(created('m1', 'when?'));
    const read = await readConversation(deps, place);
    expect(read.messages.map(({ id }) => id)).toEqual(['m1']);
    expect(read.head).toMatchObject({ owner: 'bot', customerSeq: 0 });
    expect(read.assists).toEqual([]);
  });

  test('feedback on an assist is noted once; on an unknown one refused', async () => {
    const shop = await queued('maybe');
    const [assist] = await shop.assists();
    const given = { suggestionId: 'sug_1', event: 'shown' as const, rating: 5 };
    await giveFeedback(shop.deps, TENANT, ann, assist?.id ?? '', given);
    await giveFeedback(shop.deps, TENANT, ann, assist?.id ?? '', given);
    expect(await shop.deps.conversations.feedback(TENANT, CONVERSATION)).toMatchObject([
      { event: 'shown', rating: 5, agentId: 'ann', matched: false },
    ]);
    await expect(giveFeedback(shop.deps, TENANT, ann, 'ast_zzz', given)).rejects.toMatchObject({ kind: 'not_found' });
  });
});
