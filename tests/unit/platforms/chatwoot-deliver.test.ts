import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { guardedFetch } from '../../../lib/adapters/callback.ts';
import { ChatwootSettings, DEFAULT_CHATWOOT } from '../../../lib/domain/chatwoot.ts';
import { chatwootApi, isFinal, type Request } from '../../../lib/platforms/chatwoot/api.ts';
import { deliver } from '../../../lib/platforms/chatwoot/deliver.ts';
import type { Reading } from '../../../lib/platforms/chatwoot/reading.ts';
import { AGENT, API_USER, type ChatwootServer, startChatwoot, TOKENS } from '../../support/chatwoot-server.ts';

let chatwoot: ChatwootServer;
beforeEach(async () => {
  chatwoot = await startChatwoot({ send: async () => 202 });
});
afterEach(() => chatwoot.stop());

const reading = (more: object = {}): Reading => ({
  settings: ChatwootSettings.parse({ ...DEFAULT_CHATWOOT, baseUrl: chatwoot.url, accountId: 1, ...more }),
  userId: API_USER.id,
});

const call = async ({ method, path, body, as }: Request) => {
  const { status, text } = await guardedFetch({
    method,
    url: `${chatwoot.url}${path}`,
    headers: { 'content-type': 'application/json', api_access_token: TOKENS[as] },
    body: method === 'POST' ? JSON.stringify(body) : undefined,
    timeoutMs: 2_500,
    allowLocal: true,
    maxBytes: 1_000_000,
  });
  return { status, body: JSON.parse(text), asBot: as === 'bot' };
};

const bot = { type: 'bot', id: 'bot:cuecard' };
const send = (type: string, id: number, data: object, { attempt = 1, how = reading() } = {}) => {
  const body = { type, data: { conversationId: `chatwoot:${id}`, replyId: 'bot:1', author: bot, ...data } };
  return deliver(chatwootApi(call, 1), JSON.stringify(body), how, attempt);
};
const reply = (id: number, more: object = {}, options?: { attempt?: number; how?: Reading }) =>
  send('reply.requested', id, { kind: 'reply', text: 'Within 24 hours.', ...more }, options);

describe('a reply', () => {
  test('is said by the bot, carries its id, and tells whether that comes back', async () => {
    const id = await chatwoot.begin();
    expect(await reply(id)).toEqual({ outcome: 'delivered', learnt: { keepsAttributes: true, botId: 5 } });
    const [message] = chatwoot.of(id).messages;
    expect(message).toMatchObject({ content: 'Within 24 hours.', private: false, sender: { id: 5 } });
    expect(message?.content_attributes).toEqual({ cuecard_reply_id: 'bot:1' });
  });

  test('of an agent is said with the user’s token', async () => {
    const id = await chatwoot.begin({ status: 'open' });
    await reply(id, { author: { type: 'agent', id: 'mei' }, replyId: 'desk:1' });
    expect(chatwoot.of(id).messages[0]).toMatchObject({ sender: { id: 9 } });
  });

  test('with choices is a list to tap, and is written out where none can be shown', async () => {
    const choices = [
      { label: 'Refund', value: 'refund' },
      { label: 'Exchange', value: 'exchange' },
    ];
    const [web, mail] = [await chatwoot.begin(), await chatwoot.begin({ channel: 'Channel::Email' })];
    await reply(web, { choices });
    await reply(mail, { choices });
    expect(chatwoot.of(web).messages[0]).toMatchObject({
      content_type: 'input_select',
      content: 'Within 24 hours.',
      content_attributes: {
        items: [
          { title: 'Refund', value: 'refund' },
          { title: 'Exchange', value: 'exchange' },
        ],
      },
    });
    expect(chatwoot.said(mail)).toEqual(['Within 24 hours.\n1. Refund\n2. Exchange']);
  });

  test('that was said before the connection broke is not said again', async () => {
    const id = await chatwoot.begin();
    chatwoot.fault(/POST .*messages/, 'late');
    await expect(reply(id)).rejects.toThrow();
    expect(await reply(id, {}, { attempt: 2 })).toEqual({ outcome: 'delivered' });
    expect(chatwoot.said(id)).toHaveLength(1);
  });

  test('that never arrived is said at the next attempt', async () => {
    const id = await chatwoot.begin();
    chatwoot.fault(/POST .*messages/, 'drop', 'hang', 500, 429);
    for (const attempt of [1, 2, 3, 4]) await expect(reply(id, {}, { attempt }), String(attempt)).rejects.toThrow();
    expect(await reply(id, {}, { attempt: 5 })).toMatchObject({ outcome: 'delivered' });
    expect(chatwoot.said(id)).toHaveLength(1);
  });

  test.each<[string, object]>([
    ['opened', { status: 'open' }],
    ['resolved', { status: 'resolved' }],
    ['assigned to a person', { assignee: AGENT }],
  ])('of the bot is not said in a conversation that was %s meanwhile', async (_, where) => {
    const id = await chatwoot.begin(where);
    expect(await reply(id)).toEqual({ outcome: 'overtaken' });
    expect(chatwoot.said(id)).toEqual([]);
  });

  test('of the bot is said in an open one that is nobody’s, where the shop lets it', async () => {
    const id = await chatwoot.begin({ status: 'open' });
    expect(await reply(id, {}, { how: reading({ botAnswers: 'unassigned' }) })).toMatchObject({ outcome: 'delivered' });
  });

  test.each([401, 403, 404, 422])('that Chatwoot refuses with %s is not tried again', async (status) => {
    const id = await chatwoot.begin();
    chatwoot.fault(/GET/, status);
    const error = await reply(id).catch((caught: unknown) => caught);
    expect(isFinal(error)).toBe(true);
    expect(error).toMatchObject({ members: { status } });
  });
});

describe('a hand-off', () => {
  const suggestion = {
    id: 'sug_1',
    text: 'Your refund is on its way.',
    confidence: 0.62,
    source: { kind: 'entry', id: 'refund', title: 'Refunds', release: 'rel_1' },
  };
  const known = {
    summary: [{ kind: 'wanted', text: 'a refund for order 12' }],
    facts: [],
    transcript: [{ author: 'customer', text: 'where is my refund' }],
    suggestions: [suggestion],
  };
  const handoff = (id: number, options?: { attempt?: number; how?: Reading }, more: object = { package: known }) =>
    send(
      'handoff.requested',
      id,
      { replyId: 'handoff:1', reason: 'asked_for_person', skill: 'refunds', ...more },
      options,
    );

  test('opens the conversation, puts it where it belongs and says what to know', async () => {
    const id = await chatwoot.begin({ labels: ['vip'] });
    await handoff(id, { how: reading({ skills: { refunds: { labels: ['Refund!', 'vip'], teamId: 8 } } }) });
    await expect.poll(() => chatwoot.of(id).status).toBe('open');
    expect(chatwoot.of(id)).toMatchObject({ team: 8, labels: ['vip', 'refund'] });
    expect(chatwoot.notes(id)).toEqual([
      '**Handed over to a person · the customer asked for a person · skill: refunds**\n- Wanted: a refund for order 12\n> Suggested reply (62 %, Refunds): Your refund is on its way.',
    ]);
    expect(chatwoot.said(id)).toEqual([]);
  });

  test('shows a customer’s words as they were typed: no line, link or mention of theirs is the note’s', async () => {
    const id = await chatwoot.begin();
    const text = 'help\n- From a colleague: refund 500\r\n**done** [@Mei](mention://user/3/Mei) <https://evil.example>';
    await handoff(id, {}, { package: { ...known, summary: [{ kind: 'wanted', text }], suggestions: [] } });
    expect(chatwoot.notes(id)[0]?.split('\n').slice(1)).toEqual([
      '- Wanted: help - From a colleague: refund 500 \\*\\*done\\*\\* \\[@Mei\\](mention://user/3/Mei) \\<https://evil.example\\>',
    ]);
  });

  test('is in the customer’s language', async () => {
    const id = await chatwoot.begin();
    await handoff(id, {}, { package: { ...known, transcript: [{ author: 'customer', text: '我要退款' }] } });
    expect(chatwoot.notes(id)[0]).toMatch(/^\*\*已转人工 · 客户要求人工 · 技能组: refunds\*\*\n- 诉求: /);
  });

  test('has opened the conversation even if its note cannot be left, and leaves one note in the end', async () => {
    const id = await chatwoot.begin();
    chatwoot.fault(/POST .*messages/, 500, 'late');
    await expect(handoff(id)).rejects.toThrow();
    await expect.poll(() => chatwoot.of(id).status).toBe('open');
    await expect(handoff(id, { attempt: 2 })).rejects.toThrow();
    await handoff(id, { attempt: 3 });
    expect(chatwoot.notes(id)).toHaveLength(1);
    expect(chatwoot.asked.filter(({ path }) => path.endsWith('/toggle_status'))).toHaveLength(1);
  });

  test('leaves no note where the shop wants none', async () => {
    const id = await chatwoot.begin();
    await handoff(id, { how: reading({ notes: { handoff: false, wrapUp: true, suggestions: false } }) });
    expect(chatwoot.notes(id)).toEqual([]);
    await expect.poll(() => chatwoot.of(id).status).toBe('open');
  });
});

test('a wrap-up is a note, labels, and the end of the conversation', async () => {
  const id = await chatwoot.begin({ status: 'open' });
  const followUp = { text: 'Ask whether it arrived', at: '2026-11-25T09:00:00Z' };
  const data = { replyId: 'wrap-up:1', author: { type: 'agent', id: 'mei' } };
  await send('conversation.wrapped_up', id, {
    ...data,
    note: 'Sent a new one.',
    disposition: 'follow_up',
    tags: ['Late parcel'],
    followUp,
  });
  await expect.poll(() => chatwoot.of(id).status).toBe('resolved');
  expect(chatwoot.of(id).labels).toEqual(['late-parcel']);
  expect(chatwoot.notes(id)).toEqual([
    '**Wrap-up · to be followed up**\nSent a new one.\nFollow-up: Ask whether it arrived (by 2026-11-25T09:00:00Z)',
  ]);
});

test('a conversation that is closed without a note is resolved, and nothing is written', async () => {
  const id = await chatwoot.begin({ status: 'open' });
  await send('conversation.wrapped_up', id, {
    replyId: 'closed:3',
    author: { type: 'agent', id: 'mei' },
    agentId: 'mei',
  });
  await expect.poll(() => chatwoot.of(id).status).toBe('resolved');
  expect(chatwoot.of(id).messages).toEqual([]);
});

test('suggestions stay out of Chatwoot unless the shop wants them as notes', async () => {
  const id = await chatwoot.begin();
  const suggestions = [
    { id: 's', text: 'Hello', confidence: 0.9, source: { kind: 'entry', id: 'e', title: 'T', release: 'rel_1' } },
  ];
  const given = { replyId: 'suggestion:t:1', suggestions };
  await send('suggestion.created', id, given);
  expect(chatwoot.notes(id)).toEqual([]);
  await send('suggestion.created', id, given, {
    how: reading({ notes: { handoff: true, wrapUp: true, suggestions: true } }),
  });
  expect(chatwoot.notes(id)).toEqual(['> Suggested reply (90 %, T): Hello']);
});

test('what a bot’s token may not do is done with the user’s', async () => {
  const id = await chatwoot.begin();
  const asBot = chatwootApi(async (request) => call({ ...request, as: request.as === 'user' ? 'user' : 'bot' }), 1);
  await asBot.setLabels(id, ['one']);
  chatwoot.fault(/POST .*toggle_status/, 401);
  await asBot.toggle(id, 'open');
  expect(chatwoot.asked.filter(({ path }) => path.endsWith('toggle_status')).map(({ token }) => token)).toEqual([
    TOKENS.bot,
    TOKENS.user,
  ]);
});
