import { expect, test } from 'vitest';
import { ChatwootSettings, DEFAULT_CHATWOOT } from '../../../lib/domain/chatwoot.ts';
import { open, parse } from '../../../lib/platforms/chatwoot/parse.ts';
import type { Reading } from '../../../lib/platforms/chatwoot/reading.ts';
import {
  type Conversation,
  changes,
  conversationData,
  type Message,
  messageData,
} from '../../support/chatwoot-model.ts';
import { AGENT, API_USER, BOT } from '../../support/chatwoot-server.ts';

const NOW = 1_795_000_000_000;
const settings = (more: object = {}): ChatwootSettings =>
  ChatwootSettings.parse({ ...DEFAULT_CHATWOOT, baseUrl: 'https://chat.example', accountId: 1, ...more });
const reading = (more: Partial<Reading> = {}): Reading => ({ settings: settings(), ...more });

const contact = { id: 41, name: 'Jane', identifier: 'shop-7', type: 'contact' as const };
const conversation = (more: Partial<Conversation> = {}): Conversation => ({
  id: 10,
  inboxId: 1,
  channel: 'Channel::WebWidget',
  status: 'pending',
  assignee: null,
  team: null,
  labels: [],
  contact,
  verified: false,
  custom: {},
  updatedAt: 1_795_000_000.25,
  messages: [],
  ...more,
});
const message = (more: Partial<Message> = {}): Message => ({
  id: 118,
  content: 'hi',
  message_type: 0,
  content_type: 'text',
  content_attributes: {},
  private: false,
  created_at: 1_795_000_000,
  sender: contact,
  ...more,
});
const events = (payload: object, how: Reading = reading()) => {
  const { event } = open(Buffer.from(JSON.stringify(payload)));
  return event === undefined ? undefined : parse(event, how, NOW);
};
const created = (said: Partial<Message>, where: Partial<Conversation> = {}, how?: Reading) =>
  events({ ...messageData(conversation(where), message(said)), event: 'message_created' }, how);
const updated = (said: Partial<Message>, how?: Reading) =>
  events({ ...messageData(conversation(), message(said)), event: 'message_updated' }, how);
const changed = (event: string, where: Partial<Conversation>, changed_attributes: object[] = [], how?: Reading) =>
  events({ ...conversationData(conversation(where)), event, changed_attributes }, how);

test('a customer’s message', () => {
  expect(created({})).toEqual([
    {
      type: 'message.created',
      data: {
        conversationId: 'chatwoot:10',
        messageId: '118',
        author: { type: 'customer', id: 'chatwoot:41', name: 'Jane' },
        text: 'hi',
        customer: { id: 'chatwoot:41', name: 'Jane' },
        channel: 'web_widget',
      },
    },
  ]);
});

test('numbers for the type, as the API gives them, mean the same', () => {
  const payload = { ...messageData(conversation(), message()), message_type: 0, event: 'message_created' };
  expect(events(payload)).toEqual(created({}));
  expect(events({ ...payload, message_type: 2 })).toEqual([]);
});

test('what is attached becomes parts, with what was heard in a recording', () => {
  const attachments = [
    { file_type: 'image', data_url: 'https://cdn.example/a.png' },
    { file_type: 'audio', data_url: 'https://cdn.example/b.ogg', transcribed_text: '什么时候发货' },
    { file_type: 'file', data_url: `https://cdn.example/${'x'.repeat(2_000)}` },
  ];
  expect(created({ content: null, attachments })).toMatchObject([
    {
      data: {
        parts: [
          { kind: 'image', url: 'https://cdn.example/a.png' },
          { kind: 'voice', url: 'https://cdn.example/b.ogg', transcript: '什么时候发货' },
          { kind: 'file' },
        ],
      },
    },
  ]);
  expect(created({ content: null })).toMatchObject([{ data: { parts: [{ kind: 'system' }] } }]);
});

test('beside a message in an open conversation it is told whose that is', () => {
  const state = { at: 1_795_000_000_250, changed: [] };
  expect(created({}, { status: 'open' })).toMatchObject([{ data: { state: { ...state, status: 'open' } } }]);
  expect(created({}, { status: 'open', assignee: AGENT })).toMatchObject([
    { data: { state: { ...state, status: 'open', agentId: 'chatwoot:3' } } },
  ]);
  const free = reading({ settings: settings({ botAnswers: 'unassigned' }) });
  expect(created({}, { status: 'open' }, free)?.[0]?.data).not.toHaveProperty('state');
});

test('a person in Chatwoot is an agent, by e-mail one of ours', () => {
  expect(created({ message_type: 1, sender: AGENT })).toEqual([
    {
      type: 'message.created',
      data: {
        conversationId: 'chatwoot:10',
        messageId: '118',
        author: { type: 'agent', id: 'chatwoot:3', name: 'Mei' },
        text: 'hi',
      },
    },
  ]);
  const mapped = reading({ settings: settings({ agents: { [AGENT.email]: 'mei' } }) });
  expect(created({ message_type: 1, sender: AGENT }, {}, mapped)).toMatchObject([{ data: { author: { id: 'mei' } } }]);
  // What every object has is nobody's e-mail.
  for (const email of ['constructor', '__proto__', 'toString']) {
    expect(created({ message_type: 1, sender: { ...AGENT, email } }, {}, mapped)).toMatchObject([
      { data: { author: { id: 'chatwoot:3' } } },
    ]);
  }
});

test.each<[string, Partial<Message>]>([
  ['a private note', { message_type: 1, sender: AGENT, private: true }],
  ['a private note of a customer’s side', { private: true }],
  ['an activity', { message_type: 2, sender: null }],
  ['a greeting by template', { message_type: 3, sender: null }],
  ['an automation', { message_type: 1, sender: null, content_attributes: { automation_rule_id: 4 } }],
  ['a campaign', { message_type: 1, sender: null }],
  ['our own reply by its mark', { message_type: 1, sender: BOT, content_attributes: { cuecard_reply_id: 'bot:1' } }],
  [
    'our agent’s reply by its mark',
    { message_type: 1, sender: API_USER, content_attributes: { cuecard_reply_id: 'desk:x' } },
  ],
])('%s is none of our events', (_, said) => {
  expect(created(said)).toEqual([]);
});

test('where marks are dropped, what the user or the bot of our tokens sends is ours', () => {
  const how = reading({ userId: API_USER.id, botId: BOT.id });
  expect(created({ message_type: 1, sender: API_USER }, {}, how)).toEqual([]);
  expect(created({ message_type: 1, sender: BOT }, {}, how)).toEqual([]);
  expect(created({ message_type: 1, sender: AGENT }, {}, how)).toHaveLength(1);
});

test('where marks come back, the same user without one is a person', () => {
  const how = reading({ userId: API_USER.id, keepsAttributes: true });
  expect(created({ message_type: 1, sender: API_USER }, {}, how)).toMatchObject([
    { data: { author: { type: 'agent', id: 'chatwoot:9' } } },
  ]);
});

test('another bot is a bot, never taken for ours by its name', () => {
  expect(created({ message_type: 1, sender: { ...BOT, id: 77 } })).toMatchObject([
    { data: { author: { type: 'bot', id: 'chatwoot:agent_bot-77' } } },
  ]);
});

test('a tapped choice is a button’s answer, once', () => {
  const ours = { message_type: 1 as const, sender: BOT, content_type: 'input_select' };
  const attributes = { cuecard_reply_id: 'bot:2', items: [{ title: 'Refund', value: 'refund' }] };
  expect(updated({ ...ours, content_attributes: attributes })).toEqual([]);
  const answered = { ...attributes, submitted_values: [{ title: 'Refund', value: 'refund' }] };
  expect(updated({ ...ours, content_attributes: answered })).toMatchObject([
    {
      type: 'message.created',
      data: {
        messageId: '118:answer',
        author: { type: 'customer', id: 'chatwoot:41' },
        parts: [{ kind: 'button', text: 'Refund', value: 'refund' }],
      },
    },
  ]);
});

test('a rating of the conversation is no message', () => {
  const submitted_values = { csat_survey_response: { rating: 5 } };
  expect(updated({ message_type: 3, content_type: 'input_csat', content_attributes: { submitted_values } })).toEqual(
    [],
  );
});

test('a deleted message is recalled; ours is not', () => {
  const content_attributes = { deleted: true };
  expect(updated({ content: 'This message was deleted', content_attributes })).toEqual([
    { type: 'message.recalled', data: { conversationId: 'chatwoot:10', messageId: '118' } },
  ]);
  expect(
    updated({ message_type: 1, sender: BOT, content_attributes: { ...content_attributes, cuecard_reply_id: 'x' } }),
  ).toEqual([]);
});

test('a recording that was heard later says so in a message of its own', () => {
  const attachments = [{ file_type: 'audio', data_url: 'https://cdn.example/b.ogg', transcribed_text: '要退款' }];
  expect(updated({ content: null, attachments })).toMatchObject([
    { data: { messageId: '118:transcript', parts: [{ kind: 'voice', transcript: '要退款' }] } },
  ]);
  expect(updated({ content: 'hi again' })).toEqual([]);
});

test('a conversation begins with what is known of who comes', () => {
  const custom = { cart: 'sku-1, sku-2', recent_views: 'sku-3', plan: 'gold', nested: { no: 1 }, ['x'.repeat(101)]: 1 };
  expect(changed('conversation_created', { custom, labels: ['vip'] })).toEqual([
    {
      type: 'conversation.started',
      data: {
        conversationId: 'chatwoot:10',
        channel: 'web_widget',
        language: 'en',
        customer: {
          id: 'chatwoot:41',
          name: 'Jane',
          tags: ['vip'],
          cart: ['sku-1', 'sku-2'],
          recentViews: ['sku-3'],
          attributes: { plan: 'gold' },
        },
      },
    },
  ]);
});

test('the shop’s own id of a contact counts only where Chatwoot has verified it', () => {
  expect(created({}, { verified: true })).toMatchObject([
    { data: { customer: { id: 'shop-7' }, author: { id: 'shop-7' } } },
  ]);
  expect(created({}, { verified: false })).toMatchObject([{ data: { customer: { id: 'chatwoot:41' } } }]);
});

test.each([
  ['conversation_status_changed', { status: 'open' as const }, ['status']],
  ['conversation_opened', { status: 'open' as const }, ['status']],
  ['conversation_resolved', { status: 'resolved' as const }, ['status']],
])('%s tells the state', (event, where, told) => {
  expect(changed(event, where)).toEqual([
    {
      type: 'conversation.state',
      data: { conversationId: 'chatwoot:10', state: { ...where, at: 1_795_000_000_250, changed: told } },
    },
  ]);
});

test('an assignment names who holds it, a release nobody', () => {
  const assigned = changed(
    'conversation_updated',
    { status: 'open', assignee: AGENT },
    changes('assignee_id', null, 3),
  );
  expect(assigned).toMatchObject([{ data: { state: { agentId: 'chatwoot:3', changed: ['assignee'] } } }]);
  const released = changed('conversation_updated', { status: 'open' }, changes('assignee_id', 3, null));
  expect(released).toMatchObject([{ data: { state: { status: 'open', changed: ['assignee'] } } }]);
  expect(released?.[0]?.data).not.toHaveProperty('state.agentId');
});

test('the user whose token is ours holds nothing: Chatwoot assigns to them what they open', () => {
  const how = reading({ userId: API_USER.id });
  const told = changed(
    'conversation_updated',
    { status: 'open', assignee: API_USER },
    changes('assignee_id', null, 9),
    how,
  );
  expect(told?.[0]?.data).not.toHaveProperty('state.agentId');
});

test('only the inboxes that are named count', () => {
  expect(created({}, {}, reading({ settings: settings({ inboxes: [2] }) }))).toEqual([]);
  expect(created({}, {}, reading({ settings: settings({ inboxes: [1] }) }))).toHaveLength(1);
});

test('events that are not read are told apart, bodies that are none are refused', () => {
  expect(open(Buffer.from('{"event":"conversation_typing_on","account":{"id":1}}'))).toEqual({
    name: 'conversation_typing_on',
    account: 1,
    event: undefined,
  });
  for (const body of ['', '[]', '{}', '{"event":"message_created","id":1}', '{"event":7}']) {
    expect(() => open(Buffer.from(body)), body).toThrow(expect.objectContaining({ kind: 'invalid' }));
  }
});

test('an event of a conversation names its account by the message in it', () => {
  const payload = { ...conversationData(conversation({ messages: [message()] })), event: 'conversation_updated' };
  expect(open(Buffer.from(JSON.stringify(payload))).account).toBe(1);
});
