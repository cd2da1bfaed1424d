import type { ConversationDetail, ConversationView } from '../lib/domain/contract/desk.ts';
import type { CardToSend, FeedbackRequest } from '../lib/domain/contract/desk-actions.ts';
import type { WarningKind, WrapUpDraft } from '../lib/domain/contract/desk-tools.ts';
import type { DraftedReply, Summary } from '../lib/domain/contract/drafts.ts';
import type { AgentView, Presence } from '../lib/domain/routing.ts';
import type { WrapUp } from '../lib/domain/wrap-up.ts';

export type Page = { items: ConversationView[]; cursor?: string };
export type Ticket = { ticket: string; url?: string; agentId?: string };
export type AgentReply = {
  text: string;
  assistId?: string;
  suggestionId?: string;
  clientId: string;
  cards?: CardToSend[];
  confirmed?: boolean;
  warned?: WarningKind[];
};
/** What one POST without a body does to a conversation. */
export type Verb = 'claim' | 'release' | 'accept' | 'decline' | 'take-over';
export type Target = { agentId: string } | { skill: string };
/** `leaseUntil` in ms: without a word from this desk the agent counts as gone then. */
export type Here = { presence: Presence; leaseUntil?: number; agent?: AgentView };
type Changed = { head: ConversationView };

/** An `application/problem+json` body, with whatever else an operation puts beside it. */
export type ProblemBody = {
  detail?: string;
  title?: string;
  errors?: { path: string; message: string }[];
  requestId?: string;
  [more: string]: unknown;
};

/** The server said no. `status` is HTTP's; the message is the problem body's sentence. */
export class ApiError extends Error {
  readonly status: number;
  readonly problem: ProblemBody;
  constructor(status: number, detail: string, problem: ProblemBody = {}) {
    super(detail);
    this.name = 'ApiError';
    this.status = status;
    this.problem = problem;
  }
}

export async function refusal(response: Response): Promise<ApiError> {
  const body: ProblemBody = await response.json().catch(() => ({}));
  return new ApiError(response.status, body.detail ?? body.title ?? `HTTP ${response.status}`, body);
}

export type Fetch = typeof globalThis.fetch;
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Call = (method: Method, path: string, body?: unknown) => Promise<unknown>;

function contentOf(body: unknown): { type?: string; body?: Blob | string } {
  if (body === undefined) return {};
  if (body instanceof Blob) return { type: 'application/octet-stream', body };
  return { type: 'application/json', body: JSON.stringify(body) };
}

/** A file goes as its bytes, everything else as JSON. Throws `ApiError`, or fetch's own error when nothing was reached. */
export function createCall(token: string, fetch: Fetch): Call {
  return async (method, path, body) => {
    const { type, ...content } = contentOf(body);
    const headers = { authorization: `Bearer ${token}`, ...(type === undefined ? {} : { 'content-type': type }) };
    const response = await fetch(path, { method, headers, ...content });
    if (!response.ok) throw await refusal(response);
    return answerOf(response);
  };
}

/** JSON as what it says, a file as its bytes, an empty answer as nothing. */
function answerOf(response: Response): Promise<unknown> {
  if (response.status === 204) return Promise.resolve(undefined);
  const isFile =
    response.headers.get('content-disposition')?.startsWith('attachment') === true ||
    response.headers.get('content-type')?.includes('json') === false;
  return isFile ? response.blob() : response.json().catch(() => undefined);
}

/**
 * The desk's REST calls as they are in the public contract. Answers come from the deployment that served this page,
 * so they are typed here and not parsed again. Throws what `Call` does.
 */
export function createApi(call: Call) {
  const desk = '/v1/desk';
  const one = (id: string) => `${desk}/conversations/${encodeURIComponent(id)}`;
  const assist = (id: string) => `${desk}/assists/${encodeURIComponent(id)}`;
  return {
    list: (owner: string, cursor?: string, limit = 100) =>
      call(
        'GET',
        `${desk}/conversations?${new URLSearchParams({ owner, limit: String(limit), ...(cursor ? { cursor } : {}) })}`,
      ) as Promise<Page>,
    conversation: (id: string) => call('GET', one(id)) as Promise<ConversationDetail>,
    change: (id: string, verb: Verb) => call('POST', `${one(id)}/${verb}`, {}) as Promise<Changed>,
    close: (id: string, wrapUp: WrapUp | undefined) =>
      call('POST', `${one(id)}/close`, wrapUp === undefined ? {} : { wrapUp }) as Promise<Changed>,
    wrapUp: (id: string) => call('POST', `${one(id)}/wrap-up`, {}) as Promise<WrapUpDraft>,
    transfer: (id: string, to: Target, note?: string) =>
      call('POST', `${one(id)}/transfer`, { ...to, ...(note === undefined ? {} : { note }) }) as Promise<Changed>,
    agents: () => call('GET', '/v1/team/agents') as Promise<{ items: AgentView[] }>,
    presence: () => call('GET', `${desk}/presence`) as Promise<Here>,
    /** `heartbeat`: still there; the answer says whether one is still asked. */
    setPresence: (presence: Presence, heartbeat = false) =>
      call('PUT', `${desk}/presence`, { presence, ...(heartbeat ? { heartbeat } : {}) }) as Promise<Here>,
    reply: (id: string, reply: AgentReply) => call('POST', `${one(id)}/messages`, reply) as Promise<Changed>,
    summary: (id: string) => call('POST', `${one(id)}/summary`, {}) as Promise<Summary>,
    feedback: (assistId: string, feedback: FeedbackRequest) => call('POST', `${assist(assistId)}/feedback`, feedback),
    draft: (assistId: string, wish: { suggestionId: string }) =>
      call('POST', `${assist(assistId)}/draft`, wish) as Promise<DraftedReply>,
    ticket: () => call('POST', `${desk}/ticket`, {}) as Promise<Ticket>,
  };
}
export type Api = ReturnType<typeof createApi>;
