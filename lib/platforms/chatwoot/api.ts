/** Chatwoot's account API (developers.chatwoot.com, Application APIs), as far as it is used. */
import * as z from 'zod';
import { CuecardError, type ErrorKind } from '../../domain/error.ts';
import { ChatwootConversation, ChatwootMessage } from './shapes.ts';

/** `bot`: with the agent bot's token where there is one. Raises whatever keeps an answer from coming. */
export type Request = { method: 'GET' | 'POST'; path: string; body?: unknown; as: 'user' | 'bot' };
/** `at`: the installation's own time (epoch ms), where it says so. */
export type Answer = { status: number; body: unknown; asBot?: boolean; at?: number | undefined };
export type Call = (request: Request) => Promise<Answer>;

const Messages = z.looseObject({ payload: z.array(ChatwootMessage) });
const Conversations = z.looseObject({ data: z.looseObject({ payload: z.array(ChatwootConversation) }) });
const Agents = z.array(
  z.looseObject({ id: z.number().int(), name: z.string().nullish(), email: z.string().nullish() }),
);
const Labels = z.looseObject({ payload: z.array(z.string()) });
const Profile = z.looseObject({
  id: z.number().int(),
  name: z.string().nullish(),
  accounts: z
    .array(z.looseObject({ id: z.number().int(), role: z.string().nullish() }))
    .nullish()
    .catch(undefined),
});
const Inboxes = z.looseObject({
  payload: z.array(
    z.looseObject({ id: z.number().int(), name: z.string().nullish(), channel_type: z.string().nullish() }),
  ),
});

/** A request that Chatwoot answered in other ways than 2xx; `members.status` is what it answered. */
function failure(status: number, path: string): CuecardError {
  const kinds: Readonly<Record<number, ErrorKind>> = {
    400: 'invalid',
    401: 'forbidden',
    403: 'forbidden',
    404: 'not_found',
    413: 'invalid',
    422: 'invalid',
    429: 'rate_limited',
  };
  return new CuecardError(kinds[status] ?? 'unavailable', `Chatwoot answered ${status} to ${path}`, {
    members: { status },
  });
}

/** Whether asking again later is of no use. */
export const isFinal = (error: unknown): error is CuecardError =>
  error instanceof CuecardError &&
  (error.kind === 'forbidden' || error.kind === 'not_found' || error.kind === 'invalid');

/** Each raises `forbidden`, `not_found` or `invalid` where trying again is of no use, else `rate_limited` or `unavailable`. */
export function chatwootApi(call: Call, account: number) {
  const root = `/api/v1/accounts/${account}`;
  /** What a bot's token may not do (a list that grew with the versions) is done with the user's. */
  const ask = async (request: Request): Promise<Answer> => {
    const first = await call(request);
    const answer = first.status === 401 && first.asBot === true ? await call({ ...request, as: 'user' }) : first;
    if (answer.status < 200 || answer.status >= 300) throw failure(answer.status, request.path);
    return answer;
  };
  const get = async (path: string) => (await ask({ method: 'GET', path, as: 'user' })).body;
  const post = async (path: string, body: unknown, as: Request['as']) =>
    (await ask({ method: 'POST', path, body, as })).body;
  const conversation = (id: number) => `${root}/conversations/${id}`;
  return {
    /** A page of all conversations the user sees, the last active first; an installation sets how many a page holds. */
    active: async (page: number) => {
      const query = `status=all&assignee_type=all&sort_by=last_activity_at_desc&page=${page}`;
      const { body, at } = await ask({ method: 'GET', path: `${root}/conversations?${query}`, as: 'user' });
      return { conversations: read(Conversations, body).data.payload, at };
    },
    conversation: async (id: number) => read(ChatwootConversation, await get(conversation(id))),
    /** The newest twenty or so, or those up to a message; oldest first. */
    messages: async (id: number, upTo?: number) => {
      const before = upTo === undefined ? '' : `?before=${upTo + 1}`;
      return read(Messages, await get(`${conversation(id)}/messages${before}`)).payload;
    },
    post: async (id: number, body: object, as: Request['as']) =>
      read(ChatwootMessage, await post(`${conversation(id)}/messages`, body, as)),
    toggle: (id: number, status: 'open' | 'resolved' | 'pending') =>
      post(`${conversation(id)}/toggle_status`, { status }, 'bot'),
    labels: async (id: number) => read(Labels, await get(`${conversation(id)}/labels`)).payload,
    /** All of them: those left out go. */
    setLabels: (id: number, labels: readonly string[]) => post(`${conversation(id)}/labels`, { labels }, 'user'),
    assignTeam: (id: number, team: number) => post(`${conversation(id)}/assignments`, { team_id: team }, 'bot'),
    /** Null: to nobody. */
    assign: (id: number, user: number | null) => post(`${conversation(id)}/assignments`, { assignee_id: user }, 'user'),
    agents: async () => read(Agents, await get(`${root}/agents`)),
    profile: async () => read(Profile, await get('/api/v1/profile')),
    inboxes: async () => read(Inboxes, await get(`${root}/inboxes`)).payload,
  };
}
export type ChatwootApi = ReturnType<typeof chatwootApi>;

/** An answer of another shape is somebody else's: a proxy's page, a sign-in. */
function read<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new CuecardError('unavailable', 'what answered does not speak like Chatwoot', { cause: parsed.error });
}
