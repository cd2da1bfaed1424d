/** Webhooks that Chatwoot gave up on: what they would have brought is read from its API. */
import { describe, expect, test, vi } from 'vitest';
import { dynamodbWork } from '../../../lib/adapters/dynamodb/work.ts';
import { AGENT, type Webhook } from '../../support/chatwoot-server.ts';
import {
  catchUp,
  chatwoot,
  connect,
  conversationOf,
  functions,
  head,
  heard,
  keepingIn,
  open,
  owner,
  patiently,
  post,
  receive,
  settled,
  shopsWithChatwoot,
  store,
  tenant,
} from '../../support/chatwoot-shop.ts';

shopsWithChatwoot();

/** Of an account without a bot's webhook: that one Chatwoot repeats, and opens what it could not deliver. */
const lost = async ({ to }: Webhook) => (to === 'bot' ? 202 : 0);
const asked = (): string[] => chatwoot.asked.splice(0).map(({ method, path }) => `${method} ${path.split('?')[0]}`);

/** A shop whose first webhook came. */
async function running(options: Parameters<typeof open>[0] = {}, settings: object = {}): Promise<number> {
  await open(options, settings);
  const id = await chatwoot.begin();
  await settled();
  asked();
  return id;
}

async function due(at: number): Promise<string[]> {
  const work = dynamodbWork(store.table);
  const shards = await Promise.all(Array.from({ length: work.shards }, (_, shard) => work.due(shard, at, 100)));
  const mine = shards.flat().filter(({ work: { payload } }) => payload.tenant === tenant);
  return mine.map(({ work: { name } }) => name);
}

describe('a message whose webhook was lost', () => {
  test('is taken once, whatever comes late, and is answered for', async () => {
    const id = await running();
    const late: Webhook[] = [];
    post(keepingIn(late));
    await chatwoot.say(id, 'I want to talk to a human please');
    expect(await heard(id)).toEqual([]);
    post(patiently);
    await catchUp();
    await catchUp();
    for (const webhook of late.filter(({ body }) => body.includes('"message_created"')))
      expect(await receive(webhook)).toBe(200);
    await settled();
    expect((await heard(id))[0]).toBe('I want to talk to a human please');
    expect((await head(id))?.customerSeq).toBe(1);
    expect(chatwoot.of(id).status).toBe('open');
    expect([chatwoot.notes(id).length, chatwoot.said(id).length]).toEqual([1, 1]);
    const { events } = await (await functions.platforms.platforms()).read(tenant);
    expect(events.filter(({ fetched }) => fetched !== undefined)).toMatchObject([{ outcome: 'accepted', fetched: 1 }]);
  });

  test('is found also before others that came', async () => {
    const id = await running();
    post(lost);
    await chatwoot.say(id, 'first');
    post(patiently);
    await chatwoot.say(id, 'second');
    await catchUp();
    expect((await heard(id)).filter((text) => text === 'first' || text === 'second').sort()).toEqual([
      'first',
      'second',
    ]);
    expect((await head(id))?.customerSeq).toBe(2);
  });

  test('in a conversation that we never heard of begins it', async () => {
    await running();
    post(lost);
    const id = await chatwoot.begin();
    await chatwoot.say(id, 'thanks');
    post(patiently);
    await catchUp();
    expect(await heard(id)).toEqual(['thanks']);
    expect(await owner(id)).toBe('bot');
  });

  test('is found on every page of the list', async () => {
    await running({ perPage: 2 });
    post(lost);
    const ids = [];
    for (let count = 0; count < 5; count += 1) {
      const id = await chatwoot.begin({ status: 'open' });
      await chatwoot.say(id, 'hello');
      ids.push(id);
    }
    post(patiently);
    await catchUp();
    expect(await Promise.all(ids.map(async (id) => (await head(id))?.customerSeq))).toEqual([1, 1, 1, 1, 1]);
  });

  test('survives what breaks between: nothing is doubled, nothing left', async () => {
    await running();
    post(lost);
    const ids = [await chatwoot.begin(), await chatwoot.begin(), await chatwoot.begin()];
    for (const id of ids) await chatwoot.say(id, 'thanks');
    post(patiently);
    const { conversations } = await functions.messages.conversationDeps();
    const broken = vi.spyOn(conversations, 'receive').mockRejectedValueOnce(new Error('cut off'));
    chatwoot.fault(/GET .*messages/, 'drop', 503);
    for (let run = 0; run < 4; run += 1) await catchUp().catch(() => undefined);
    broken.mockRestore();
    for (const id of ids) expect((await head(id))?.customerSeq, String(id)).toBe(1);
  });
});

test('what people wrote and did there counts as well, what is ours does not', async () => {
  const id = await running();
  await chatwoot.say(id, '转人工');
  await settled();
  const known = await heard(id);
  post(lost);
  await chatwoot.write(id, 'Mei here');
  await chatwoot.write(id, 'looks like fraud', { private: true });
  const assigned = await chatwoot.begin();
  await chatwoot.assign(assigned, AGENT);
  await chatwoot.say(assigned, 'hello?');
  post(patiently);
  await catchUp();
  expect(await heard(id)).toEqual([...known, 'Mei here']);
  expect(await owner(id)).toBe('agent:chatwoot:3');
  expect(await owner(assigned)).toBe('agent:chatwoot:3');
});

describe('a conversation that is resolved there by now', () => {
  test('is not opened again: what was said is kept, and it is closed here', async () => {
    const id = await running();
    await chatwoot.say(id, 'hello');
    await settled();
    post(lost);
    await chatwoot.say(id, 'I want to talk to a human');
    await chatwoot.write(id, 'Done, bye');
    await chatwoot.setStatus(id, 'resolved');
    post(patiently);
    chatwoot.age(id, 70);
    await catchUp();
    expect(await heard(id)).toEqual(expect.arrayContaining(['I want to talk to a human', 'Done, bye']));
    expect(await owner(id)).toBe('closed');
    expect(chatwoot.of(id).status).toBe('resolved');
    expect(chatwoot.notes(id)).toEqual([]);
  });

  test('a moment ago is left for the next round: what was just said may open it again', async () => {
    const id = await running();
    post(lost);
    await chatwoot.say(id, 'hello');
    chatwoot.of(id).status = 'resolved';
    post(patiently);
    await catchUp();
    expect(await heard(id)).toEqual([]);
    chatwoot.of(id).status = 'pending';
    await catchUp();
    expect((await head(id))?.customerSeq).toBe(1);
  });
});

describe('what it costs', () => {
  test('one request where nothing happened, and none at all before the first webhook', async () => {
    await open();
    post(lost);
    await chatwoot.say(await chatwoot.begin(), 'still setting up');
    await catchUp();
    expect(await due(Date.now() + 3_600_000)).toEqual([]);
    expect(asked().filter((one) => one.includes('conversations'))).toEqual([]);
    post(patiently);
    await chatwoot.begin();
    await catchUp();
    for (const id of [1, 2]) chatwoot.age(id, 1_000);
    asked();
    await catchUp();
    expect(asked()).toEqual(['GET /api/v1/accounts/1/conversations']);
  });

  test('inboxes that do not count are not read', async () => {
    await running({}, { inboxes: [1] });
    const other = await chatwoot.begin({ inboxId: 2 });
    await chatwoot.say(other, 'hello');
    asked();
    await catchUp();
    expect(asked().filter((one) => one.includes(`/conversations/${other}/`))).toEqual([]);
    expect(await heard(other)).toEqual([]);
  });
});

describe('its next run', () => {
  test('is due a minute on, and another tenant’s or none once it is disconnected', async () => {
    await running();
    expect(await due(Date.now())).toEqual([]);
    expect(await due(Date.now() + 60_000)).toContain('catchUp');
    await catchUp();
    expect(await due(Date.now())).not.toContain('catchUp');
    expect(await due(Date.now() + 60_000)).toContain('catchUp');
    await (await functions.platforms.platforms()).remove(tenant);
    expect(await due(Date.now() + 3_600_000)).not.toContain('catchUp');
  });

  test('is later and later while Chatwoot does not answer, and a refusal is said on the page', async () => {
    const id = await running();
    post(lost);
    await chatwoot.say(id, 'hello');
    chatwoot.fault(/GET .*conversations/, 503, 401);
    await catchUp();
    expect(await due(Date.now() + 60_000)).toContain('catchUp');
    await catchUp();
    expect(await due(Date.now() + 60_000)).not.toContain('catchUp');
    expect((await (await functions.platforms.platforms()).read(tenant)).trouble).toMatchObject({ status: 401 });
    post(patiently);
    await catchUp();
    expect((await head(id))?.customerSeq).toBe(1);
  });

  test('begins anew with the first webhook of another account', async () => {
    await running();
    await connect({ accountId: 2 });
    await new Promise((done) => setTimeout(done, 1_100));
    asked();
    await catchUp();
    expect(asked()).toEqual([]);
    expect(await due(Date.now() + 3_600_000)).not.toContain('catchUp');
  });
});

test('two runs at once are one', async () => {
  const id = await running();
  post(keepingIn([]));
  await chatwoot.say(id, 'hello');
  post(patiently);
  asked();
  await Promise.all([catchUp(), catchUp()]);
  expect(asked().filter((one) => one.endsWith('/messages'))).toHaveLength(1);
  const { conversations } = await functions.messages.conversationDeps();
  const { messages } = await conversations.load(tenant, conversationOf(id));
  expect(messages.filter(({ author }) => author.type === 'customer')).toHaveLength(1);
});
