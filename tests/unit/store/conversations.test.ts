/** One contract, every store: in memory (what the flows are tested on) and DynamoDB (dynalite, or DynamoDB Local in CI). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamodbConversations } from '../../../lib/adapters/dynamodb/conversations.ts';
import { dynamodbJobs } from '../../../lib/adapters/dynamodb/jobs.ts';
import { dynamodbWork } from '../../../lib/adapters/dynamodb/work.ts';
import type { Head, Owner } from '../../../lib/domain/conversation.ts';
import { CuecardError } from '../../../lib/domain/error.ts';
import { ConversationId, TenantId } from '../../../lib/domain/ids.ts';
import { toMessage } from '../../../lib/domain/inbound.ts';
import { newHead } from '../../../lib/handoff/head.ts';
import type { ConversationStore, StoredEvent } from '../../../lib/ports/conversations.ts';
import type { DueWork, WorkStore } from '../../../lib/ports/starts.ts';
import { agent, assistOf, byAgent, created, START, said, stored, TENANT } from '../../support/conversation.ts';
import { startTable, type TestTable } from '../../support/dynalite.ts';
import { assistId, locate, memoryStore } from '../../support/memory-conversations.ts';

type Stores = { conversations: ConversationStore; work: WorkStore };

let table: TestTable;
beforeAll(async () => {
  table = await startTable();
}, 30_000);
afterAll(() => table.stop());

const memory = memoryStore();
const STORES: [string, () => Stores][] = [
  ['in memory', () => memory],
  [
    'DynamoDB',
    () => ({
      conversations: dynamodbConversations(table.table, { retentionSeconds: 3_600, locate }),
      work: dynamodbWork(table.table),
    }),
  ],
];

/** Every test has a conversation of its own. */
let count = 0;
function another(): ConversationId {
  count += 1;
  return ConversationId.parse(`c-${count}`);
}
const at = (ms: number): number => START + ms;

async function allDue(work: WorkStore, now: number): Promise<DueWork[]> {
  const shards = Array.from({ length: work.shards }, (_, shard) => work.due(shard, now, 100));
  return (await Promise.all(shards)).flat();
}

describe.each(STORES)('conversations %s', (_, open) => {
  const having = async (...events: StoredEvent[]) => {
    const { conversations, work } = open();
    const conversation = another();
    for (const event of events) await conversations.receive(TENANT, conversation, event, event.receivedAt + 1);
    return { conversations, work, conversation };
  };

  const put = (conversations: ConversationStore, head: Head, expected?: number) =>
    conversations.putHead(TENANT, head, expected);

  test('an unknown conversation is empty', async () => {
    const { conversations, conversation } = await having();
    expect(await conversations.load(TENANT, conversation)).toEqual({ head: undefined, messages: [], events: [] });
    expect(await conversations.head(TENANT, conversation)).toBeUndefined();
    expect(await conversations.assists(TENANT, conversation)).toEqual([]);
  });

  test('a message is stored once, readable and due until it is done', async () => {
    const first = said('m1', 'hello', at(0));
    const { conversations, conversation } = await having(first);
    expect(await conversations.receive(TENANT, conversation, said('m1', 'other'), at(9))).toBe('duplicate');
    const message = toMessage(created('m1', 'hello').data, at(0));
    expect(await conversations.load(TENANT, conversation)).toEqual({
      head: undefined,
      messages: [message],
      events: [first],
    });
    expect(await conversations.due(TENANT, conversation, 'm1')).toEqual(first);

    await conversations.done(TENANT, conversation, first);
    expect(await conversations.load(TENANT, conversation)).toEqual({
      head: undefined,
      messages: [message],
      events: [],
    });
    expect(await conversations.due(TENANT, conversation, 'm1')).toBeUndefined();
    expect(await conversations.receive(TENANT, conversation, first, at(9))).toBe('duplicate');
    await conversations.done(TENANT, conversation, said('never'));
  });

  test('an event that is no customer message leaves the time line when it is done, and stays known', async () => {
    const event = byAgent('a1', 'ann', 'hi', at(1));
    const { conversations, conversation } = await having(said('m1', 'x', at(0)), event);
    expect((await conversations.load(TENANT, conversation)).events.map(({ id }) => id)).toEqual(['m1', 'a1']);
    await conversations.done(TENANT, conversation, event);
    const loaded = await conversations.load(TENANT, conversation);
    expect([loaded.messages.map(({ id }) => id), loaded.events.map(({ id }) => id)]).toEqual([['m1'], ['m1']]);
    expect(await conversations.receive(TENANT, conversation, event, at(2))).toBe('duplicate');
  });

  test('an event and a message of the same id are two things', async () => {
    const closed = stored('x', { type: 'conversation.closed', data: { conversationId: another() } });
    const { conversations, conversation } = await having(closed, said('x'));
    await conversations.done(TENANT, conversation, closed);
    expect((await conversations.due(TENANT, conversation, 'x'))?.event.type).toBe('message.created');
  });

  test('the newest messages come with the head, oldest first', async () => {
    const { conversations, conversation } = await having(
      ...Array.from({ length: 7 }, (_, n) => said(`m${n}`, 'x', at(n))),
    );
    await put(conversations, { ...newHead(conversation, START), version: 1 });
    const loaded = await conversations.load(TENANT, conversation, 3);
    expect(loaded.head?.version).toBe(1);
    expect(loaded.messages.map(({ id }) => id)).toEqual(['m4', 'm5', 'm6']);
  });

  test('without a head the same number of messages comes', async () => {
    const { conversations, conversation } = await having(
      ...Array.from({ length: 5 }, (_, n) => said(`m${n}`, 'x', at(n))),
    );
    expect((await conversations.load(TENANT, conversation, 3)).messages.map(({ id }) => id)).toEqual([
      'm2',
      'm3',
      'm4',
    ]);
  });

  test('the head is put against the version it was read at; one of many wins', async () => {
    const { conversations, conversation } = await having();
    const head = { ...newHead(conversation, START), version: 1 };
    expect(await put(conversations, head)).toBe('ok');
    expect(await put(conversations, head)).toBe('conflict');
    expect(await put(conversations, { ...head, version: 3 }, 2)).toBe('conflict');
    const racing = Array.from({ length: 20 }, (_, n) =>
      put(conversations, { ...head, version: 2, customerName: `${n}` }, 1),
    );
    expect((await Promise.all(racing)).filter((outcome) => outcome === 'ok')).toHaveLength(1);
    expect((await conversations.head(TENANT, conversation))?.version).toBe(2);
  });

  test('a delivery is noted once and says which message it brought', async () => {
    const { conversations, conversation } = await having();
    expect(await conversations.putDelivery(TENANT, `d-${conversation}`, 'm1', START)).toBeUndefined();
    expect(await conversations.putDelivery(TENANT, `d-${conversation}`, 'm2', START)).toBe('m1');
  });

  test('our messages are stored once; a withdrawn one says so', async () => {
    const { conversations, conversation } = await having(said('m1', 'x', at(0)));
    const ours = toMessage(created('bot:1', 'answer', { by: { type: 'bot', id: 'bot:cuecard' } }).data, at(5));
    expect(await conversations.putMessage(TENANT, conversation, { ...ours, delivery: 'delivered' })).toBe('ok');
    expect(await conversations.putMessage(TENANT, conversation, ours)).toBe('duplicate');
    await conversations.recall(TENANT, conversation, 'm1');
    await conversations.recall(TENANT, conversation, 'unknown');
    expect((await conversations.load(TENANT, conversation)).messages).toMatchObject([
      { id: 'm1', recalled: true },
      { id: 'bot:1', delivery: 'delivered' },
    ]);
  });

  test('an assist is one a turn; its revision only goes forward', async () => {
    const { conversations, conversation } = await having();
    const assist = (startSeq: number, revision: number) => ({
      inputs: { n: revision },
      assist: assistOf(
        { id: `trn_${startSeq}`, startSeq, messageIds: [], revision },
        {},
        { id: assistId(conversation, startSeq) },
      ),
    });
    expect(await conversations.putAssist(TENANT, assist(2, 1))).toBe('ok');
    expect(await conversations.putAssist(TENANT, assist(2, 1))).toBe('stale');
    expect(await conversations.putAssist(TENANT, assist(2, 3))).toBe('ok');
    expect(await conversations.putAssist(TENANT, assist(2, 2))).toBe('stale');
    expect(await conversations.putAssist(TENANT, assist(10, 1))).toBe('ok');
    expect(await conversations.putAssist(TENANT, assist(1, 1))).toBe('ok');
    const stored = await conversations.assists(TENANT, conversation);
    expect(stored.map(({ assist: { turnId, revision } }) => `${turnId}/${revision}`)).toEqual([
      'trn_1/1',
      'trn_2/3',
      'trn_10/1',
    ]);
    expect(await conversations.assist(TENANT, assistId(conversation, 2))).toEqual(assist(2, 3));
    expect(await conversations.assist(TENANT, assistId(conversation, 99))).toBeUndefined();
  });

  test('feedback is kept by id', async () => {
    const { conversations, conversation } = await having();
    const feedback = (id: string, event: 'used' | 'shown') => ({
      id,
      assistId: assistId(conversation, 1),
      event,
      agentId: agent('ann'),
      at: new Date(START).toISOString(),
      matched: false,
    });
    await conversations.putFeedback(TENANT, conversation, feedback('b', 'shown'));
    await conversations.putFeedback(TENANT, conversation, feedback('a', 'shown'));
    await conversations.putFeedback(TENANT, conversation, feedback('b', 'used'));
    expect((await conversations.feedback(TENANT, conversation)).map(({ id, event }) => [id, event])).toEqual([
      ['a', 'shown'],
      ['b', 'used'],
    ]);
  });

  test('due work is found, moved on by one of many, and gone when it is done', async () => {
    const first = said('m1', 'x', at(0));
    const { conversations, work, conversation } = await having(first);
    const mine = async (now: number) =>
      (await allDue(work, now)).filter(({ work: { payload } }) =>
        JSON.stringify(payload).includes(`"${conversation}"`),
      );
    expect(await mine(at(0))).toEqual([]);
    const [found] = await mine(at(1));
    if (found === undefined) throw new Error('nothing due');
    expect(found).toMatchObject({
      dueAt: at(1),
      attempts: 0,
      work: { name: 'assist', payload: { tenant: TENANT, conversation, message: 'm1' } },
    });
    const moved = await Promise.all([work.defer(found, at(50)), work.defer(found, at(50)), work.defer(found, at(50))]);
    expect(moved.filter((outcome) => outcome === 'ok')).toHaveLength(1);
    expect(await mine(at(49))).toEqual([]);
    expect(await mine(at(50))).toMatchObject([{ attempts: 1, dueAt: at(50) }]);
    expect((await conversations.load(TENANT, conversation)).events).toMatchObject([{ attempts: 1 }]);
    await conversations.done(TENANT, conversation, first);
    expect(await mine(at(99))).toEqual([]);
    expect(await work.defer({ ...found, dueAt: at(50) }, at(60))).toBe('conflict');
  });

  test('a head is due as long as it says so', async () => {
    const { conversations, work, conversation } = await having();
    const names = async () =>
      (await allDue(work, at(10)))
        .filter(({ work: { payload } }) => JSON.stringify(payload).includes(`"${conversation}"`))
        .map(({ work: { name } }) => name);
    const head = { ...newHead(conversation, START), version: 1 };
    const turn = { id: 'trn_1', startSeq: 1, messageIds: [], revision: 2, assisted: 1, lastAt: START, again: true };
    await put(conversations, { ...head, dueAt: at(10) });
    expect(await names()).toEqual(['deliver']);
    await put(conversations, { ...head, version: 2, dueAt: at(10), turn }, 1);
    expect(await names()).toEqual(['assist']);
    await put(conversations, { ...head, version: 3 }, 2);
    expect(await names()).toEqual([]);
  });

  test('tenants never see each other', async () => {
    const { conversations, conversation } = await having(said('m1'));
    await put(conversations, { ...newHead(conversation, START), version: 1 });
    expect(await conversations.load(TenantId.parse('other'), conversation)).toMatchObject({
      head: undefined,
      messages: [],
    });
  });
});

describe('the desk lists in DynamoDB', () => {
  const tenant = TenantId.parse('lists');
  const put = (id: string, owner: Owner, more: Partial<Head>) =>
    dynamodbConversations(table.table, { retentionSeconds: 60, locate }).putHead(
      tenant,
      { ...newHead(ConversationId.parse(id), START), version: 1, owner, ...more },
      undefined,
    );
  const waiting = (priority: number, ms: number): Partial<Head> => ({
    handoff: { reason: 'safety', skill: 'general', priority, at: new Date(at(ms)).toISOString() },
  });

  test('the queue is ordered by priority and waiting time, others by last change, page by page', async () => {
    await put('late', 'queue', waiting(4, 9));
    await put('early', 'queue', waiting(4, 1));
    await put('urgent', 'queue', waiting(9, 5));
    await put('old', 'agent:ann', { updatedAt: new Date(at(1)).toISOString() });
    await put('new', 'agent:ann', { updatedAt: new Date(at(2)).toISOString() });
    const { list } = dynamodbConversations(table.table, { retentionSeconds: 60, locate });
    const first = await list(tenant, 'queue', 2);
    expect(first.items.map(({ id }) => id)).toEqual(['urgent', 'early']);
    const second = await list(tenant, 'queue', 2, first.cursor);
    expect(second.items.map(({ id }) => id)).toEqual(['late']);
    expect((await list(tenant, 'agent:ann', 9)).items.map(({ id }) => id)).toEqual(['new', 'old']);
    expect((await list(tenant, 'agent:bob', 9)).items).toEqual([]);
  });

  test('a cursor that is not ours is refused', async () => {
    const { list } = dynamodbConversations(table.table, { retentionSeconds: 60, locate });
    await expect(list(tenant, 'queue', 2, 'bm9uc2Vuc2U')).rejects.toThrow(CuecardError);
  });
});

describe('jobs among the due work', () => {
  test('are started as what they are, and left alone while a run holds them', async () => {
    const jobs = dynamodbJobs<unknown>(table.table, 'release', (job) => job);
    const work = dynamodbWork(table.table);
    const tenant = TenantId.parse('jobs');
    const mine = async (now: number) =>
      (await allDue(work, now)).filter(({ work: { payload } }) => payload.tenant === tenant);
    await jobs.create(tenant, 'rel_1', {}, at(5));
    const [due] = await mine(at(5));
    expect(due?.work).toEqual({ name: 'work', payload: { tenant, kind: 'release', id: 'rel_1' } });
    if (due === undefined) throw new Error('nothing due');
    expect(await work.defer(due, at(9))).toBe('ok');
    const held = await jobs.claim(tenant, 'rel_1', at(6), at(50));
    expect(await mine(at(49))).toEqual([]);
    if (held === undefined) throw new Error('not claimed');
    await jobs.finish(tenant, 'rel_1', held);
    expect(await mine(at(1_000))).toEqual([]);
  });
});
