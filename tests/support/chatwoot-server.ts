/**
 * A Chatwoot that runs here: the account API as far as it is used, and signed webhooks as it sends them. An account's
 * webhook is sent once; an agent bot's again on 429 and 500, three times in all, and then a pending conversation is opened.
 */
import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  ACCOUNT,
  type Attached,
  apiConversation,
  apiMessage,
  type Bot,
  type Conversation,
  changes,
  conversationData,
  lastActivity,
  type Message,
  messageData,
  type Status,
  type User,
} from './chatwoot-model.ts';

/** `late`: it is done, and the connection is cut before the answer. */
export type Fault = number | 'hang' | 'drop' | 'late';
export type Asked = { method: string; path: string; token: string; body: Record<string, unknown> };
/** How a webhook is sent: its status. */
export type Send = (webhook: Webhook) => Promise<number>;
export type Webhook = { to: 'account' | 'bot'; headers: Record<string, string>; body: string };

export const API_USER: User = { id: 9, name: 'Cuecard', email: 'cuecard@acme.example', type: 'user' };
export const AGENT: User = { id: 3, name: 'Mei', email: 'mei@acme.example', type: 'user' };
export const LIN: User = { id: 4, name: 'Lin', email: 'Lin@acme.example', type: 'user' };
const USERS = [API_USER, AGENT, LIN];
export const BOT: Bot = { id: 5, name: 'Cuecard Bot', type: 'agent_bot' };
export const TOKENS = { user: 'user-token', bot: 'bot-token' };
export const SECRETS = { account: 'account-secret', bot: 'bot-secret' };
const BOT_ATTEMPTS = 3;

export type ChatwootOptions = {
  /** An agent bot is attached to the inbox: conversations begin `pending`. */
  hasBot?: boolean;
  signs?: boolean;
  /** Versions before 4 drop attributes they do not know. */
  keepsAttributes?: boolean;
  /** Of the list of conversations. */
  perPage?: number;
  send: Send;
};

export async function startChatwoot({
  hasBot = true,
  signs = true,
  keepsAttributes = true,
  perPage = 25,
  send,
}: ChatwootOptions) {
  const conversations = new Map<number, Conversation>();
  const asked: Asked[] = [];
  const faults: { match: RegExp; fault: Fault }[] = [];
  const hanging = new Set<ServerResponse>();
  let ids = 100;
  let displayIds = 0;
  let clock = Date.now() / 1_000;
  const tick = (): number => {
    clock = Math.max(clock + 0.001, Date.now() / 1_000);
    return clock;
  };

  const signed = (to: Webhook['to'], payload: object): Webhook => {
    const body = JSON.stringify(payload);
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const signature = createHmac('sha256', SECRETS[to]).update(`${timestamp}.${body}`).digest('hex');
    const base = { 'content-type': 'application/json', accept: 'application/json' };
    const own = {
      'x-chatwoot-delivery': randomUUID(),
      'x-chatwoot-timestamp': timestamp,
      'x-chatwoot-signature': `sha256=${signature}`,
    };
    return { to, body, headers: signs ? { ...base, ...own } : base };
  };

  /** To the account's webhook and, of messages and changes of status, to the bot's. */
  async function emit(conversation: Conversation, event: string, payload: object): Promise<void> {
    await send(signed('account', { ...payload, event })).catch(() => 0);
    if (hasBot && event !== 'conversation_created') await toBot(conversation, { ...payload, event });
  }

  async function toBot(conversation: Conversation, payload: object): Promise<void> {
    let status = 0;
    for (let attempt = 1; attempt <= BOT_ATTEMPTS; attempt += 1) {
      status = await send(signed('bot', payload)).catch(() => 0);
      if (status !== 429 && status !== 500) break;
    }
    const isTaken = status >= 200 && status < 300;
    if (!isTaken && 'message_type' in payload && conversation.status === 'pending')
      await setStatus(conversation, 'open');
  }

  async function setStatus(conversation: Conversation, status: Status): Promise<void> {
    const { status: before } = conversation;
    if (before === status) return;
    Object.assign(conversation, { status, updatedAt: tick() });
    const changed_attributes = changes('status', before, status);
    await emit(conversation, 'conversation_status_changed', { ...conversationData(conversation), changed_attributes });
  }

  async function add(conversation: Conversation, message: Omit<Message, 'id' | 'created_at'>): Promise<Message> {
    ids += 1;
    const added = { ...message, id: ids, created_at: Math.floor(clock) };
    conversation.messages.push(added);
    return added;
  }

  const toldMessage = (conversation: Conversation, message: Message, event = 'message_created') =>
    emit(conversation, event, messageData(conversation, message));

  const plain = { content_type: 'text', content_attributes: {}, private: false };

  const of = (id: number): Conversation => {
    const found = conversations.get(id);
    if (found === undefined) throw new Error(`no conversation ${id}`);
    return found;
  };

  async function postMessage(conversation: Conversation, body: Record<string, unknown>, token: string) {
    const attributes = (body['content_attributes'] ?? {}) as Record<string, unknown>;
    const { items } = attributes;
    const kept = keepsAttributes ? attributes : items === undefined ? {} : { items };
    const message = await add(conversation, {
      content: String(body['content']),
      message_type: 1,
      content_type: String(body['content_type'] ?? 'text'),
      content_attributes: kept,
      private: body['private'] === true,
      sender: token === TOKENS.bot ? BOT : API_USER,
    });
    // Webhooks are jobs: they leave whenever a worker takes them.
    setImmediate(() => void toldMessage(conversation, message));
    return apiMessage(conversation, message);
  }

  async function toggle(conversation: Conversation, status: Status, token: string) {
    setImmediate(() => void setStatus(conversation, status));
    if (status === 'open' && token === TOKENS.user) conversation.assignee = API_USER;
    return { payload: { success: true, current_status: status, conversation_id: conversation.id } };
  }

  async function assign(conversation: Conversation, assignee: User | null): Promise<void> {
    const before = conversation.assignee?.id ?? null;
    Object.assign(conversation, { assignee, updatedAt: tick() });
    const changed_attributes = changes('assignee_id', before, assignee?.id ?? null);
    await emit(conversation, 'conversation_updated', { ...conversationData(conversation), changed_attributes });
  }

  /** To a user of the account, to nobody, or to a team. */
  function assignments(conversation: Conversation, body: Record<string, unknown>): unknown {
    if (!('assignee_id' in body)) {
      conversation.team = Number(body['team_id']);
      return {};
    }
    const user = USERS.find(({ id }) => id === body['assignee_id']) ?? null;
    setImmediate(() => void assign(conversation, user));
    return user;
  }

  const CONVERSATION = new RegExp(`^/api/v1/accounts/${ACCOUNT.id}/conversations/(\\d+)(?:/(\\w+))?$`);
  /** What an agent bot's token may do. */
  const botMay = (method: string, what: string | undefined): boolean =>
    method === 'POST' && ['messages', 'toggle_status', 'assignments'].includes(what ?? '');

  /** The list of conversations: the last active first, as many a page as the installation shows. */
  function list(query: URLSearchParams): unknown {
    const all = [...conversations.values()].sort((a, b) => lastActivity(b) - lastActivity(a) || b.id - a.id);
    const first = (Number(query.get('page') ?? 1) - 1) * perPage;
    const shown = all.filter(({ status }) => query.get('status') === 'all' || status === 'open');
    const payload = shown.slice(first, first + perPage).map(apiConversation);
    return { data: { meta: { all_count: shown.length }, payload } };
  }

  /** What needs no conversation. */
  const ACCOUNTS: Readonly<Record<string, unknown>> = {
    '/api/v1/profile': { ...API_USER, accounts: [{ id: ACCOUNT.id, role: 'agent' }] },
    [`/api/v1/accounts/${ACCOUNT.id}/agents`]: USERS.map((user) => ({ ...user, role: 'agent', confirmed: true })),
    [`/api/v1/accounts/${ACCOUNT.id}/inboxes`]: {
      payload: [{ id: 1, name: 'Acme Support', channel_type: 'Channel::WebWidget' }],
    },
  };

  function refusal({ method, token }: Asked, what: string | undefined): { status: number; body: unknown } | undefined {
    if (token !== TOKENS.user && token !== TOKENS.bot)
      return { status: 401, body: { errors: ['Invalid Access Token'] } };
    if (token === TOKENS.user || botMay(method, what)) return undefined;
    return { status: 401, body: { error: 'Access to this endpoint is not authorized for bots' } };
  }

  async function answer(one: Asked): Promise<{ status: number; body?: unknown }> {
    const { pathname, searchParams } = new URL(one.path, 'http://chatwoot');
    const [, id, what] = CONVERSATION.exec(pathname) ?? [];
    const refused = refusal(one, what);
    if (refused !== undefined) return refused;
    if (pathname === `/api/v1/accounts/${ACCOUNT.id}/conversations`) return { status: 200, body: list(searchParams) };
    if (pathname in ACCOUNTS) return { status: 200, body: ACCOUNTS[pathname] };
    const conversation = conversations.get(Number(id));
    if (conversation === undefined) return { status: 404, body: { error: 'Resource could not be found' } };
    const body = await within(conversation, `${one.method} ${what ?? ''}`, one.body, one.token, searchParams);
    return { status: 200, body };
  }

  async function within(
    conversation: Conversation,
    what: string,
    body: Record<string, unknown>,
    token: string,
    query: URLSearchParams,
  ): Promise<unknown> {
    switch (what) {
      case 'GET ':
        return apiConversation(conversation);
      case 'GET messages': {
        const before = Number(query.get('before') ?? Number.MAX_SAFE_INTEGER);
        const newest = conversation.messages.filter((message) => message.id < before).slice(-20);
        return { meta: {}, payload: newest.map((message) => apiMessage(conversation, message)) };
      }
      case 'POST messages':
        return postMessage(conversation, body, token);
      case 'POST toggle_status':
        return toggle(conversation, body['status'] as Status, token);
      case 'POST assignments':
        return assignments(conversation, body);
      case 'POST labels':
        conversation.labels = body['labels'] as string[];
        return { payload: conversation.labels };
      default:
        return { payload: conversation.labels };
    }
  }

  const server = createServer((request, response) => void serve(request, response));
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await textOf(request);
    const one: Asked = {
      method: request.method ?? '',
      path: request.url ?? '',
      token: String(request.headers['api_access_token'] ?? ''),
      body: text === '' ? {} : JSON.parse(text),
    };
    asked.push(one);
    const fault = nextFault(one);
    if (fault === undefined || fault === 'late') await done(response, one, fault);
    else fail(response, fault);
  }

  function nextFault({ method, path }: Asked): Fault | undefined {
    const at = faults.findIndex(({ match }) => match.test(`${method} ${path}`));
    return at === -1 ? undefined : faults.splice(at, 1)[0]?.fault;
  }

  async function done(response: ServerResponse, one: Asked, fault: Fault | undefined): Promise<void> {
    const { status, body } = await answer(one);
    if (fault === 'late') response.destroy();
    else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? {}));
  }

  function fail(response: ServerResponse, fault: Exclude<Fault, 'late'>): void {
    if (fault === 'hang') hanging.add(response);
    else if (fault === 'drop') response.destroy();
    else response.writeHead(fault, fault === 429 ? { 'retry-after': '1' } : {}).end('{}');
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    of,
    /** What customers see: public, in order. */
    said: (id: number): (string | null)[] =>
      of(id)
        .messages.filter(({ private: isPrivate, message_type }) => !isPrivate && message_type === 1)
        .map(({ content }) => content),
    notes: (id: number): (string | null)[] =>
      of(id)
        .messages.filter(({ private: isPrivate }) => isPrivate)
        .map(({ content }) => content),
    /** How the next requests that fit end. */
    fault(match: RegExp, ...next: Fault[]): void {
      for (const fault of next) faults.push({ match, fault });
    },
    /** A conversation begins; nothing is said yet. */
    async begin(more: Partial<Conversation> = {}): Promise<number> {
      displayIds += 1;
      const contact = { id: 40 + displayIds, name: 'Jane', identifier: null, type: 'contact' as const };
      const conversation: Conversation = {
        id: displayIds,
        inboxId: 1,
        channel: 'Channel::WebWidget',
        status: hasBot ? 'pending' : 'open',
        assignee: null,
        team: null,
        labels: [],
        contact,
        verified: false,
        custom: {},
        updatedAt: tick(),
        messages: [],
        ...more,
      };
      conversations.set(displayIds, conversation);
      await emit(conversation, 'conversation_created', conversationData(conversation));
      return conversation.id;
    },
    /** The customer writes. */
    async say(id: number, content: string | null, attachments?: Attached[]): Promise<number> {
      const conversation = of(id);
      const more = attachments === undefined ? {} : { attachments };
      const message = await add(conversation, {
        ...plain,
        content,
        message_type: 0,
        sender: conversation.contact,
        ...more,
      });
      if (conversation.status === 'resolved') await setStatus(conversation, hasBot ? 'pending' : 'open');
      await toldMessage(conversation, message);
      return message.id;
    },
    /** A person writes in Chatwoot's own desk. */
    async write(id: number, content: string, more: { private?: boolean; from?: User } = {}): Promise<number> {
      const sender = more.from ?? AGENT;
      const message = await add(of(id), { ...plain, content, message_type: 1, private: more.private === true, sender });
      await toldMessage(of(id), message);
      return message.id;
    },
    /** The customer taps a choice below a message. */
    async choose(id: number, messageId: number, value: { title: string; value: string }): Promise<void> {
      const message = of(id).messages.find((one) => one.id === messageId);
      if (message === undefined) throw new Error(`no message ${messageId}`);
      message.content_attributes = { ...message.content_attributes, submitted_values: [value] };
      await toldMessage(of(id), message, 'message_updated');
    },
    setStatus: (id: number, status: Status) => setStatus(of(id), status),
    /** All that happened in a conversation happened so many seconds earlier. */
    age(id: number, seconds: number): void {
      const conversation = of(id);
      conversation.updatedAt -= seconds;
      for (const message of conversation.messages) message.created_at -= seconds;
    },
    assign: (id: number, assignee: User | null) => assign(of(id), assignee),
    stop: (): Promise<void> =>
      new Promise((stopped) => {
        for (const response of hanging) response.destroy();
        server.closeAllConnections();
        server.close(() => stopped());
      }),
  };
}
export type ChatwootServer = Awaited<ReturnType<typeof startChatwoot>>;

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
