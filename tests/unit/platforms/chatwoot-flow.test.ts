/** Chatwoot and the product together, fault by fault. */
import { describe, expect, test, vi } from 'vitest';
import { AgentId } from '../../../lib/domain/ids.ts';
import { AGENT, API_USER, type Webhook } from '../../support/chatwoot-server.ts';
import {
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
  tenant,
} from '../../support/chatwoot-shop.ts';

shopsWithChatwoot();

/** Puts a reply of the bot into the outbox as a decision would, and delivers. */
async function botSays(id: number, text: string): Promise<void> {
  const [{ conversationDeps, delivering }, { changeHead }, { enqueue, withLast }] = await Promise.all([
    Promise.resolve(functions.messages),
    import('../../../lib/assist/flow.ts'),
    import('../../../lib/handoff/head.ts'),
  ]);
  const place = { tenant, conversation: conversationOf(id) };
  const now = Date.now();
  await changeHead(await conversationDeps(), place, (known) => {
    const botSeq = known.botSeq + 1;
    const item = {
      id: `bot:${botSeq}`,
      kind: 'bot_reply' as const,
      text,
      author: { type: 'bot' as const, id: 'bot:cuecard' },
      epoch: known.epoch,
      customerSeq: known.customerSeq,
      createdAt: now,
      expiresAt: now + 600_000,
      attempts: 0,
      nextAt: now,
    };
    return withLast({ ...enqueue(known, item), botSeq }, 'bot', text);
  });
  await (await delivering())(place);
  await settled();
}

describe('a customer who asks for a person', () => {
  test('is handed over in Chatwoot: opened, told, with a note, nothing doubled', async () => {
    await open();
    const id = await chatwoot.begin();
    await chatwoot.say(id, 'I want to talk to a human please');
    await settled();
    expect(chatwoot.of(id).status).toBe('open');
    expect((await head(id))?.outbox).toEqual([]);
    expect(await owner(id)).toBe('queue');
    expect(chatwoot.notes(id)).toHaveLength(1);
    expect(chatwoot.notes(id)[0]).toContain('the customer asked for a person');
    expect(chatwoot.said(id)).toHaveLength(1);
    expect(await heard(id)).toHaveLength(2);
  });

  test('however Chatwoot fails meanwhile', async () => {
    await open();
    chatwoot.fault(/POST .*messages/, 'late', 'late');
    chatwoot.fault(/POST .*toggle_status/, 503);
    const id = await chatwoot.begin();
    await chatwoot.say(id, '转人工');
    await settled();
    for (let turn = 0; turn < 12 && ((await head(id))?.outbox.length ?? 0) > 0; turn += 1) {
      await (await functions.messages.delivering())({ tenant, conversation: conversationOf(id) });
      await settled();
      await new Promise((done) => setTimeout(done, 300));
    }
    expect((await head(id))?.outbox).toEqual([]);
    expect(chatwoot.of(id).status).toBe('open');
    expect([chatwoot.notes(id).length, chatwoot.said(id).length]).toEqual([1, 1]);
  }, 60_000);
});

describe('a person who writes in Chatwoot', () => {
  test('has the conversation, and the bot is silent', async () => {
    await open();
    const id = await chatwoot.begin();
    await chatwoot.write(id, 'Hello, this is Mei');
    expect(await owner(id)).toBe('agent:chatwoot:3');
    expect(await heard(id)).toEqual(['Hello, this is Mei']);
  });

  test('whose webhook is lost is not talked over either', async () => {
    await open();
    const id = await chatwoot.begin();
    post(async () => 202);
    await chatwoot.assign(id, AGENT);
    await chatwoot.write(id, 'Mei here');
    post(patiently);
    await botSays(id, 'I am a bot');
    expect(chatwoot.said(id)).toEqual(['Mei here']);
    expect((await head(id))?.outbox).toEqual([]);
    const { conversations } = await functions.messages.conversationDeps();
    const { messages } = await conversations.load(tenant, conversationOf(id));
    expect(messages.find(({ replyId }) => replyId === 'bot:1')).toMatchObject({ delivery: 'dropped' });
  });

  test('may note things privately', async () => {
    await open();
    const id = await chatwoot.begin();
    await chatwoot.write(id, 'looks like fraud', { private: true });
    expect(await owner(id)).toBe('bot');
    expect(await heard(id)).toEqual([]);
  });
});

describe('our own words coming back', () => {
  test.each([true, false])('are known for ours (marks come back: %s)', async (keepsAttributes) => {
    await open({ keepsAttributes });
    const id = await chatwoot.begin();
    await botSays(id, 'Hello from the bot');
    await botSays(id, 'And again');
    await expect.poll(() => chatwoot.said(id)).toHaveLength(2);
    await settled();
    expect(await owner(id)).toBe('bot');
    expect(await heard(id)).toEqual(['Hello from the bot', 'And again']);
  });

  test('an agent’s at our desk is said once and stays theirs', async () => {
    await open();
    const id = await chatwoot.begin();
    const desk = await functions.desk.desk();
    const lin = { role: 'agent' as const, tenant, agentId: AgentId.parse('lin'), name: 'Lin' };
    await desk.send(tenant, lin, conversationOf(id), { text: 'Lin here' });
    await settled();
    expect(chatwoot.said(id)).toEqual(['Lin here']);
    expect(await owner(id)).toBe('agent:lin');
    expect(await heard(id)).toEqual(['Lin here']);
  });
});

test('a conversation that is closed at our desk is resolved in Chatwoot, once', async () => {
  await open();
  const id = await chatwoot.begin();
  await chatwoot.setStatus(id, 'open');
  const desk = await functions.desk.desk();
  const lin = { role: 'agent' as const, tenant, agentId: AgentId.parse('lin'), name: 'Lin' };
  await desk.close(tenant, lin, conversationOf(id), undefined);
  await settled();
  await expect.poll(() => chatwoot.of(id).status).toBe('resolved');
  await settled();
  expect(await owner(id)).toBe('closed');
  expect(chatwoot.asked.filter(({ path }) => path.endsWith('/toggle_status'))).toHaveLength(1);
});

describe('whose a conversation is', () => {
  test('follows Chatwoot: assigned, given up, given back to the bot, resolved, written to again', async () => {
    await open();
    const id = await chatwoot.begin();
    await chatwoot.setStatus(id, 'open');
    expect(await owner(id)).toBe('queue');
    await chatwoot.assign(id, AGENT);
    expect(await owner(id)).toBe('agent:chatwoot:3');
    await chatwoot.assign(id, null);
    expect(await owner(id)).toBe('queue');
    await chatwoot.setStatus(id, 'pending');
    expect(await owner(id)).toBe('bot');
    await chatwoot.setStatus(id, 'resolved');
    expect(await owner(id)).toBe('closed');
    await chatwoot.say(id, 'one more thing');
    await settled();
    expect(await owner(id)).not.toBe('closed');
    await chatwoot.setStatus(id, 'snoozed');
    expect(await owner(id)).not.toBe('closed');
  });

  test('is told by e-mail where the shop says who is who', async () => {
    await open({}, { agents: { [AGENT.email]: 'mei' } });
    const id = await chatwoot.begin();
    await chatwoot.assign(id, AGENT);
    expect(await owner(id)).toBe('agent:mei');
  });

  test('is people’s from the first word in an inbox without a bot', async () => {
    await open({ hasBot: false });
    const id = await chatwoot.begin();
    await chatwoot.say(id, 'hello?');
    await settled();
    expect(await owner(id)).toBe('queue');
    expect(chatwoot.said(id)).toEqual([]);
  });

  test('is what the newest change says, whatever comes late', async () => {
    await open();
    const id = await chatwoot.begin();
    const late: Webhook[] = [];
    post(keepingIn(late));
    await chatwoot.assign(id, AGENT);
    await chatwoot.assign(id, null);
    await chatwoot.assign(id, { ...AGENT, id: 4 });
    post(patiently);
    for (const webhook of late.toReversed()) await patiently(webhook);
    expect(await owner(id)).toBe('agent:chatwoot:4');
  });
});

describe('deliveries', () => {
  test('twice, of both webhooks, count once', async () => {
    await open();
    const id = await chatwoot.begin();
    const statuses: number[] = [];
    post(async (webhook) => {
      statuses.push(await patiently(webhook), await patiently(webhook));
      return statuses.at(-1) ?? 0;
    });
    await chatwoot.say(id, 'thanks');
    await settled();
    expect(statuses).toEqual([202, 200, 200, 200]);
    expect(await heard(id)).toEqual(['thanks']);
    expect((await head(id))?.customerSeq).toBe(1);
  });

  test('of another account, another secret or a broken body are refused', async () => {
    await open({ hasBot: false });
    const sent: Webhook[] = [];
    post(keepingIn(sent));
    await chatwoot.say(await chatwoot.begin(), 'hi');
    const [, message] = sent;
    if (message === undefined) throw new Error('nothing was sent');
    expect(await receive({ ...message, headers: {} })).toBe(401);
    expect(await receive({ ...message, body: message.body.replace('hi', 'ho') })).toBe(401);
    await connect({ accountId: 2 });
    await new Promise((done) => setTimeout(done, 1_100));
    expect(await receive(message)).toBe(403);
    const { read } = await functions.platforms.platforms();
    const refused = (await read(tenant)).events.filter(({ outcome }) => outcome === 'refused');
    expect(refused.map(({ why }) => why)).toEqual([
      expect.stringContaining('account 1'),
      expect.stringContaining('does not match'),
      expect.stringContaining('missing header'),
    ]);
  });

  test('to a tenant without a Chatwoot lead nowhere', async () => {
    await open();
    await (await functions.platforms.platforms()).remove(tenant);
    await new Promise((done) => setTimeout(done, 1_100));
    expect(await receive({ to: 'account', headers: {}, body: '{}' })).toBe(404);
  });

  test('that a stalled store cannot keep are answered in time, and the agent bot’s comes again', async () => {
    await open();
    const id = await chatwoot.begin();
    const { conversations } = await functions.messages.conversationDeps();
    const stalled = vi.spyOn(conversations, 'putDelivery').mockImplementation(() => new Promise(() => undefined));
    const statuses: number[] = [];
    post(async (webhook) => {
      const status = await receive(webhook);
      statuses.push(status);
      if (statuses.length === 2) stalled.mockRestore();
      return status;
    });
    await chatwoot.say(id, 'are you there');
    await settled();
    expect(statuses).toEqual([429, 429, 202]);
    expect(await heard(id)).toEqual(['are you there']);
    expect(chatwoot.of(id).status).toBe('pending');
  }, 30_000);
});

describe('webhooks without a signature', () => {
  test('are refused unless an admin lets them be', async () => {
    await open({ signs: false, hasBot: false });
    const id = await chatwoot.begin();
    await chatwoot.say(id, 'hi');
    expect(await heard(id)).toEqual([]);
  });

  test.each(['off', 'when_signed'])('%s: count as Chatwoot’s API tells them, not as they say', async (verify) => {
    await open({ signs: false }, { verify });
    const id = await chatwoot.begin();
    post((webhook) => patiently({ ...webhook, body: webhook.body.replaceAll('real words', 'forged words') }));
    await chatwoot.say(id, 'real words');
    await settled();
    expect(await heard(id)).toEqual(['real words']);
  });

  test('are worth nothing when what they tell of is not there', async () => {
    await open({ signs: false }, { verify: 'off' });
    const id = await chatwoot.begin();
    const sent: Webhook[] = [];
    post(keepingIn(sent));
    const message = await chatwoot.say(id, 'hi');
    const [first] = sent;
    if (first === undefined) throw new Error('nothing was sent');
    const forged = { ...first, body: first.body.replaceAll(`"id":${message},`, '"id":999999,') };
    expect(await patiently(forged)).toBe(200);
    expect(await heard(id)).toEqual([]);
    const closing = {
      event: 'conversation_status_changed',
      id,
      status: 'resolved',
      changed_attributes: [{ status: {} }],
    };
    expect(await patiently({ ...first, body: JSON.stringify(closing) })).toBe(202);
    expect(await owner(id)).toBe('bot');
  });
});

describe('connecting', () => {
  test('never shows a secret again, and sends no token to another address', async () => {
    await open();
    const { read, put } = await functions.platforms.platforms();
    const seen = await read(tenant);
    expect(JSON.stringify(seen)).not.toMatch(/user-token|bot-token|account-secret|bot-secret/);
    expect(seen).toMatchObject({
      has: { accessToken: true, botToken: true, webhookSecret: true, botSecret: true },
      webhookPath: `/v1/webhooks/chatwoot/${tenant}`,
    });
    await expect(put(tenant, { baseUrl: 'https://evil.example', accountId: 1 })).rejects.toMatchObject({
      kind: 'invalid',
    });
    const moved = await put(tenant, {
      baseUrl: 'https://other.example/app/accounts/1',
      accountId: 1,
      accessToken: 'x',
    });
    expect(moved).toMatchObject({
      settings: { baseUrl: 'https://other.example' },
      has: { botToken: false, webhookSecret: false },
    });
  });

  test('keeps what is left out and takes away what is null', async () => {
    await open({}, { inboxes: [1], notes: { suggestions: true } });
    const { put } = await functions.platforms.platforms();
    const now = await put(tenant, { baseUrl: chatwoot.url, accountId: 1, botToken: null, verify: 'off' });
    expect(now).toMatchObject({
      settings: { inboxes: [1], verify: 'off', notes: { handoff: true, wrapUp: true, suggestions: true } },
      has: { accessToken: true, botToken: false, webhookSecret: true },
    });
  });

  test('is checked in words', async () => {
    await open({}, { inboxes: [1] });
    const { check } = await functions.platforms.platforms();
    expect(await check(tenant)).toMatchObject({
      ok: true,
      user: { id: API_USER.id, role: 'agent' },
      inboxes: [{ id: 1 }],
      problems: [],
    });
    await connect({ accessToken: 'wrong', inboxes: [2] });
    expect(await check(tenant)).toMatchObject({ ok: false, problems: [{ code: 'refused' }] });
    await connect({ accountId: 7 });
    expect((await check(tenant)).problems.map(({ code }) => code)).toContain('not_found');
    chatwoot.fault(/GET/, 'drop');
    expect((await check(tenant)).problems.map(({ code }) => code)).toEqual(['unreachable']);
    await connect({ webhookSecret: null, botSecret: null, inboxes: [2] });
    expect((await check(tenant)).problems.map(({ code }) => code)).toEqual(['no_secret', 'no_inbox']);
  });

  test('a reply that Chatwoot refuses is failed at once, and the page says why', async () => {
    await open();
    const id = await chatwoot.begin();
    chatwoot.fault(/GET/, 403);
    await botSays(id, 'Hello');
    expect((await head(id))?.undelivered).toBe(1);
    const { read } = await functions.platforms.platforms();
    expect((await read(tenant)).trouble).toMatchObject({ status: 403 });
    await new Promise((done) => setTimeout(done, 1_100));
    await botSays(id, 'Hello again');
    expect(chatwoot.said(id)).toEqual(['Hello again']);
    expect((await read(tenant)).trouble).toBeUndefined();
  });
});
