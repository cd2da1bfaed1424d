import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import type { ConsoleFiles } from '../../console/build.ts';
import { frameFile } from '../../functions/support/page-file.ts';
import type { ConversationDetail } from '../../lib/domain/contract/desk.ts';
import type { DraftedReply, Summary } from '../../lib/domain/contract/drafts.ts';
import { head, message } from './desk-fixtures.ts';
import { type Answer, type Asked, createFakeKnowledge, problem } from './fake-knowledge-api.ts';
import { createFakeTeam } from './fake-team.ts';
import { createFakeTools } from './fake-tools-api.ts';
import { attachWebSockets } from './websocket-server.ts';

export const TOKEN = 'cc_demo_agent_token';
export const MANAGER_TOKEN = 'cc_demo_manager_token';
export const ADMIN_TOKEN = 'cc_demo_admin_token';
export const SECRET = `whsec_${Buffer.from('a secret of thirty-two characters').toString('base64')}`;
const AGENT = 'mei';
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; connect-src 'self' ws: wss:; frame-ancestors 'none'";

type Call = { method: string; path: string; body: Record<string, unknown> };
const NO_POINTS: Summary = { kind: 'rules', points: [] };

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function answer(response: ServerResponse, { status, body, type = 'application/json' }: Answer): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': POLICY });
  response.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
}

const jsonIn = (raw: string): Record<string, unknown> => (raw.startsWith('{') ? JSON.parse(raw) : {});

/** A preview is for agents and managers alike; here each has a knowledge of their own. */
const isForDesk = (path: string, token: string): boolean =>
  path.startsWith('/v1/desk/') || (path === '/v1/assist/preview' && token === TOKEN);

/** The API and the page itself, as the contract has them, over what a test puts there. */
export async function startFakeDesk(files: ConsoleFiles) {
  const knowledge = createFakeKnowledge();
  const tools = createFakeTools();
  /** The pages that may frame the card. */
  const embed: { origins: string[] } = { origins: [] };
  const conversations = new Map<string, ConversationDetail>();
  const calls: Call[] = [];
  let tickets = 0;
  /** Statuses to answer the next calls of a path with, in order. */
  const failures = new Map<string, number[]>();

  /** What a model makes of a suggestion and of a conversation; a test puts there what it wants to be answered. */
  const model: { drafts: DraftedReply[]; summary: Summary; wait: Promise<unknown> } = {
    drafts: [],
    summary: NO_POINTS,
    wait: Promise.resolve(),
  };
  const team = createFakeTeam(AGENT);
  const put = (next: ConversationDetail) => {
    conversations.set(next.head.id, next);
    hints.broadcast({ conversationId: next.head.id, version: next.head.version, kind: 'message' });
  };
  const changeHead = (id: string, more: Partial<ConversationDetail['head']>): Answer => {
    const found = conversations.get(id);
    if (found === undefined) return problem(404, 'No such conversation');
    const next = { ...found.head, ...more, version: found.head.version + 1, epoch: found.head.epoch + 1 };
    put({ ...found, head: next });
    return { status: 200, body: { head: next } };
  };
  const addReply = (id: string, text: string): Answer => {
    const found = conversations.get(id);
    if (found === undefined) return problem(404, 'No such conversation');
    const sent = message(`desk-${calls.length}`, 'agent', text, { delivery: 'delivered' });
    conversations.set(id, { ...found, messages: [...found.messages, sent] });
    return { ...changeHead(id, { owner: `agent:${AGENT}`, lastText: text, lastAuthor: 'agent' }), status: 201 };
  };

  /** A head without what is over: the conversation is somebody's, or nobody's any more. */
  const passOn = (id: string, owner: ConversationDetail['head']['owner']): Answer => {
    const found = conversations.get(id);
    if (found !== undefined) {
      const { offer: _, ...head } = found.head;
      conversations.set(id, { ...found, head });
    }
    return changeHead(id, { owner });
  };
  const mine = (id: string) => passOn(id, `agent:${AGENT}`);
  const desk: Record<string, (id: string, body: Record<string, unknown>) => Answer> = {
    claim: mine,
    accept: mine,
    'take-over': mine,
    decline: (id) => passOn(id, 'queue'),
    release: (id) => passOn(id, 'bot'),
    close: (id) => passOn(id, 'closed'),
    transfer: (id, body) => passOn(id, typeof body['agentId'] === 'string' ? `agent:${body['agentId']}` : 'queue'),
    'wrap-up': () => ({ status: 200, body: team.state.wrapUp }),
    messages: (id, body) => addReply(id, String(body['text'])),
    summary: () => ({ status: 200, body: model.summary }),
  };
  const list = (owner: string): Answer => {
    const wanted = owner === 'me' ? `agent:${AGENT}` : owner;
    return {
      status: 200,
      body: { items: [...conversations.values()].map((one) => one.head).filter((one) => one.owner === wanted) },
    };
  };

  const ticket = (host: string): Answer => {
    tickets += 1;
    const expiresAt = new Date().toISOString();
    return { status: 201, body: { ticket: `t${tickets}`, url: `ws://${host}/live`, expiresAt, agentId: AGENT } };
  };
  const inConversation = (method: string, path: string, body: Record<string, unknown>): Answer => {
    const [id = '', verb = ''] = path.split('/').slice(4).map(decodeURIComponent);
    if (method === 'POST') return desk[verb]?.(id, body) ?? problem(404, 'No such route');
    const found = conversations.get(id);
    return found === undefined ? problem(404, 'No such conversation') : { status: 200, body: found };
  };

  function deskCall(method: string, url: URL, body: Record<string, unknown>): Answer {
    const byTool = tools.answer(method, url.pathname, body);
    return byTool ?? deskPlace(method, url, body);
  }
  function deskPlace(method: string, url: URL, body: Record<string, unknown>): Answer {
    if (url.pathname === '/v1/desk/ticket') return ticket(url.host);
    if (url.pathname.endsWith('/feedback')) return { status: 202, body: { accepted: true } };
    if (url.pathname.endsWith('/draft')) return { status: 200, body: model.drafts.shift() };
    if (url.pathname === '/v1/desk/conversations') return list(url.searchParams.get('owner') ?? 'queue');
    return inConversation(method, url.pathname, body);
  }

  function webhook(request: IncomingMessage, raw: string): Answer {
    try {
      new Webhook(SECRET).verify(raw, request.headers as Record<string, string>);
    } catch {
      return problem(401, 'The signature does not fit');
    }
    const { data } = JSON.parse(raw);
    const before = conversations.get(data.conversationId);
    const text = data.text ?? '';
    const parts = data.parts ?? [{ kind: 'text', text }];
    const said = message(data.messageId, 'customer', text, { parts, author: data.author });
    const version = (before?.head.version ?? 0) + 1;
    const next = { ...head(data.conversationId), ...before?.head, version, lastText: text };
    put({ assists: [], ...before, head: next, messages: [...(before?.messages ?? []), said] });
    return { status: 202, body: { accepted: true, messageId: data.messageId } };
  }

  const pages: Record<string, Answer> = {
    '/console': { status: 200, body: files.html, type: 'text/html' },
    '/console/app.js': { status: 200, body: files.js, type: 'text/javascript' },
    '/console/style.css': { status: 200, body: files.css, type: 'text/css' },
    '/console/shared.js': { status: 200, body: files.shared, type: 'text/javascript' },
    '/console/manage.js': { status: 200, body: files.manage, type: 'text/javascript' },
    '/console/manage.css': { status: 200, body: files.manageCss, type: 'text/css' },
    '/console/frame.js': { status: 200, body: files.frame, type: 'text/javascript' },
    '/console/frame.css': { status: 200, body: files.frameCss, type: 'text/css' },
    '/console/embed.js': { status: 200, body: files.embed, type: 'text/javascript' },
  };
  function apiCall(request: IncomingMessage, url: URL, raw: string): Answer {
    const method = request.method ?? 'GET';
    calls.push({ method, path: url.pathname + url.search, body: jsonIn(raw) });
    const failure = failures.get(url.pathname)?.shift();
    if (failure !== undefined) return problem(failure, 'As the test wants it');
    if (url.pathname.startsWith('/v1/webhooks/generic/')) return webhook(request, raw);
    if (url.pathname === '/upload') return knowledge.upload(raw);
    return authorized({ method, url, raw }, request.headers.authorization ?? '');
  }
  /** Of a token that is known. */
  const roleOf = (token: string) =>
    (({ [TOKEN]: 'agent', [MANAGER_TOKEN]: 'manager', [ADMIN_TOKEN]: 'admin' }) as const)[token];
  /** A manager has no desk, an agent no knowledge pages, an admin both. */
  function authorized(asked: Asked, authorization: string): Answer {
    const token = authorization.replace('Bearer ', '');
    const role = roleOf(token);
    if (role === undefined) return problem(401, 'No valid token');
    const byTeam = team.answer(role, asked.method, asked.url.pathname, jsonIn(asked.raw));
    return byTeam ?? allowed(asked, token);
  }
  function allowed(asked: Asked, token: string): Answer {
    const isDesk = isForDesk(asked.url.pathname, token);
    if (token === (isDesk ? MANAGER_TOKEN : TOKEN)) return problem(403, 'This token is not for that');
    if (isDesk) return deskCall(asked.method, asked.url, jsonIn(asked.raw));
    return knowledge.answer(asked) ?? problem(404, 'No such route');
  }
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    if (url.pathname.startsWith('/console/embed/')) {
      const page = frameFile(files.frameHtml, 'demo', embed.origins);
      return void response.writeHead(200, page.headers).end(page.text);
    }
    const answered = pages[url.pathname] ?? apiCall(request, url, await read(request));
    if (/\/(?:draft|summary)$/.test(url.pathname)) await model.wait;
    await tools.delay(url.pathname);
    answer(response, answered);
  }

  const server = createServer((request, response) => void handle(request, response));
  const hints = attachWebSockets(server, (url) => url.searchParams.has('ticket'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    base,
    /** The page's address as a demonstration opens it: everything in the fragment. */
    url: (lang = 'en') =>
      `${base}/console#${new URLSearchParams({ token: TOKEN, tenant: 'demo', secret: SECRET, lang })}`,
    /** The same with a manager's token, at one of the knowledge pages. */
    manageUrl: (lang = 'en', token = MANAGER_TOKEN) =>
      `${base}/console#${new URLSearchParams({ token, tenant: 'demo', lang })}`,
    knowledge,
    tools: tools.tools,
    embed,
    calls,
    conversations,
    failures,
    model,
    team: team.state,
    put,
    dropSockets: hints.drop,
    reset() {
      conversations.clear();
      knowledge.reset();
      tools.reset();
      embed.origins = [];
      calls.length = 0;
      failures.clear();
      team.reset();
      Object.assign(model, { drafts: [], summary: NO_POINTS, wait: Promise.resolve() });
    },
    async stop() {
      hints.drop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
export type FakeDesk = Awaited<ReturnType<typeof startFakeDesk>>;
