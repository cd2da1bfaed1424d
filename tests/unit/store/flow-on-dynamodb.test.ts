/** The message way on the real store's wire: what the flows are proven to do in memory, they do here. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamodbConversations } from '../../../lib/adapters/dynamodb/conversations.ts';
import { dynamodbWork } from '../../../lib/adapters/dynamodb/work.ts';
import { answerTurn } from '../../../lib/assist/answer-turn.ts';
import { claimConversation, sendReply } from '../../../lib/assist/desk-actions.ts';
import { locateAssist } from '../../../lib/assist/locate.ts';
import { ConversationId } from '../../../lib/domain/ids.ts';
import { agent, created, TENANT } from '../../support/conversation.ts';
import { startTable, type TestTable } from '../../support/dynalite.ts';
import { world } from '../../support/flow-world.ts';

let table: TestTable;
beforeAll(async () => {
  table = await startTable();
}, 30_000);
afterAll(() => table.stop());

function shopOnDynamodb(id: string, settings = {}) {
  const store = {
    conversations: dynamodbConversations(table.table, { retentionSeconds: 3_600, locate: locateAssist }),
    work: dynamodbWork(table.table),
  };
  const conversation = ConversationId.parse(id);
  const shop = world({ store, settings });
  const place = { tenant: TENANT, conversation };
  const receive = (messageId: string, text: string) =>
    shop.receive(created(messageId, text, { conversation }), `${id}-${messageId}`);
  const stored = async () => ({
    head: await shop.head(conversation),
    assists: (await store.conversations.assists(TENANT, conversation)).map(({ assist }) => assist),
    messages: (await store.conversations.load(TENANT, conversation)).messages,
  });
  return { ...shop, place, conversation, receive, stored };
}

describe('on DynamoDB', () => {
  test('a question is answered, then a person is asked for, claims and replies', async () => {
    const { receive, settle, deps, place, stored, calls, pass } = shopOnDynamodb('c-life');
    await receive('m1', 'when?');
    await settle();
    await receive('m2', 'give me a person');
    await settle();
    pass(1_000);
    await claimConversation(deps, place, { id: agent('ann') });
    await sendReply(deps, place, { id: agent('ann') }, { text: 'Hello', clientId: '1' });
    await settle();
    const { head, assists, messages } = await stored();
    expect(head).toMatchObject({ owner: 'agent:ann', epoch: 2, customerSeq: 2, botSeq: 2, outbox: [], undelivered: 0 });
    expect(assists.map(({ decision }) => decision.kind)).toEqual(['auto_reply', 'handoff']);
    expect(messages.map(({ author, delivery }) => [author.type, delivery])).toEqual([
      ['customer', undefined],
      ['bot', 'delivered'],
      ['customer', undefined],
      ['bot', 'delivered'],
      ['agent', 'delivered'],
    ]);
    expect(calls.map(({ type }) => type)).toEqual([
      'reply.requested',
      'reply.requested',
      'handoff.requested',
      'reply.requested',
    ]);
  });

  test('ten fragments at once are one turn, whose assist holds them all', async () => {
    const { receive, deps, stored, conversation, started, settle } = shopOnDynamodb('c-rush', { quietWindowMs: 0 });
    const ids = Array.from({ length: 10 }, (_, n) => `m${n}`);
    await Promise.all(ids.map((id) => receive(id, 'maybe')));
    started.length = 0;
    await Promise.all(ids.map((id) => answerTurn(deps, TENANT, conversation, id)));
    await settle();
    const { head, assists } = await stored();
    expect(head.customerSeq).toBe(10);
    expect(assists.flatMap(({ messageIds }) => messageIds).sort()).toEqual([...ids].sort());
    expect((await deps.conversations.load(TENANT, conversation, 100)).events).toEqual([]);
  });

  test('what was stored and never started is found by the sweep', async () => {
    const { receive, started, pass, sweep, settle, stored } = shopOnDynamodb('c-lost');
    await receive('m1', 'ok');
    started.length = 0;
    pass(60_000);
    await sweep();
    await settle();
    const { head, assists } = await stored();
    expect([head.turn?.assisted, assists.length]).toEqual([1, 1]);
  });
});
