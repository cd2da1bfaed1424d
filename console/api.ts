import type { ConversationDetail, ConversationView, FeedbackRequest } from '../lib/domain/contract/desk.ts';
import type { DraftedReply, Summary } from '../lib/domain/contract/drafts.ts';

/** `all` is what an agent can act on: waiting, mine and the bot's. */
export type Filter = 'all' | 'queue' | 'me' | 'bot';
export type Page = { items: ConversationView[]; cursor?: string };
export type Ticket = { ticket: string; url?: string; agentId?: string };
export type AgentReply = { text: string; assistId?: string; suggestionId?: string; clientId: string };
type Changed = { head: ConversationView };

/** The server said no. `status` is HTTP's; `detail` is the problem body's sentence. */
export class ApiError extends Error {
  readonly status: number;
  constructor(status: number, detail: string) {
    super(detail);
    this.name = 'ApiError';
    this.status = status;
  }
}

/** The sentence of an `application/problem+json` body, or the bare status. */
async function problem(response: Response): Promise<string> {
  const body: { detail?: string; title?: string } = await response.json().catch(() => ({}));
  return body.detail ?? body.title ?? `HTTP ${response.status}`;
}

type Fetch = typeof globalThis.fetch;

/**
 * The desk's REST calls as they are in the public contract. Answers come from the deployment that served this page,
 * so they are typed here and not parsed again. Throws `ApiError`, or fetch's own error when nothing was reached.
 */
export function createApi(token: string, fetch: Fetch) {
  async function call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new ApiError(response.status, await problem(response));
    return response.status === 204 ? undefined : response.json().catch(() => undefined);
  }
  const desk = '/v1/desk';
  const one = (id: string) => `${desk}/conversations/${encodeURIComponent(id)}`;
  const assist = (id: string) => `${desk}/assists/${encodeURIComponent(id)}`;
  return {
    list: (owner: Exclude<Filter, 'all'>, cursor?: string) =>
      call(
        'GET',
        `${desk}/conversations?${new URLSearchParams({ owner, ...(cursor ? { cursor } : {}) })}`,
      ) as Promise<Page>,
    conversation: (id: string) => call('GET', one(id)) as Promise<ConversationDetail>,
    change: (id: string, verb: 'claim' | 'release' | 'close') =>
      call('POST', `${one(id)}/${verb}`, {}) as Promise<Changed>,
    transfer: (id: string, skill: string) => call('POST', `${one(id)}/transfer`, { skill }) as Promise<Changed>,
    reply: (id: string, reply: AgentReply) => call('POST', `${one(id)}/messages`, reply) as Promise<Changed>,
    summary: (id: string) => call('POST', `${one(id)}/summary`, {}) as Promise<Summary>,
    feedback: (assistId: string, feedback: FeedbackRequest) => call('POST', `${assist(assistId)}/feedback`, feedback),
    draft: (assistId: string, wish: { suggestionId: string }) =>
      call('POST', `${assist(assistId)}/draft`, wish) as Promise<DraftedReply>,
    ticket: () => call('POST', `${desk}/ticket`, {}) as Promise<Ticket>,
  };
}
export type Api = ReturnType<typeof createApi>;
