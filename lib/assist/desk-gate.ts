/** Every request for a conversation passes here, whichever function serves it. */
import type { AccessAction } from '../domain/access.ts';
import type { Head } from '../domain/conversation.ts';
import type { Customer } from '../domain/customer.ts';
import { CuecardError } from '../domain/error.ts';
import type { ConversationId, CustomerId, TenantId } from '../domain/ids.ts';
import type { Caller } from '../domain/tenant.ts';
import { parseAssistId, parseReplayId } from './ids.ts';
import { isOwner, mayOpen, veiled } from './sight.ts';
import { type ScopeDeps, scopeOf } from './skill-scope.ts';

type Notes = {
  read(tenant: TenantId, caller: Caller, conversation: string): Promise<void>;
  note(tenant: TenantId, caller: Caller, action: AccessAction, about: { conversation: string }): Promise<void>;
  refused(tenant: TenantId, caller: Caller, action: AccessAction, about: { conversation?: string }): Promise<void>;
};

export type DeskGateDeps = ScopeDeps & {
  head(tenant: TenantId, conversation: ConversationId): Promise<Head | undefined>;
  customer(tenant: TenantId, id: CustomerId): Promise<Customer | undefined>;
  notes: Notes;
};

/** What a route does, by the last word of its path; whatever only looks is a read. */
const ACTIONS: Readonly<Record<string, AccessAction>> = {
  claim: 'conversation.claim',
  release: 'conversation.release',
  transfer: 'conversation.transfer',
  close: 'conversation.close',
  messages: 'conversation.send',
  accept: 'conversation.accept',
  decline: 'conversation.decline',
  'take-over': 'conversation.take_over',
};

const ONE = '/v1/desk/conversations/{id}';
const ASSIST = '/v1/desk/assists/{id}/';
const LIST = '/v1/desk/conversations';
/** The hit tester, where it replays an assist. */
const PREVIEW = '/v1/assist/preview';
/** Reported with every look at a card: it shows nothing, and is no look of its own. */
const FEEDBACK = '/v1/desk/assists/{id}/feedback';

type Asked = { route: { path: string }; tenant: TenantId; caller: Caller; params: unknown; body: unknown };
type Body = Record<string, unknown>;
type HasOwner = Pick<Head, 'owner' | 'customerId' | 'customerName'>;

const isBody = (value: unknown): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value);
const headIn = (body: unknown): HasOwner | undefined =>
  isBody(body) && isBody(body['head']) ? (body['head'] as HasOwner) : undefined;

/** The conversation a request is about, if it is about one: by its own id, or by that of an assist of it. */
function conversationOf({ route: { path }, params, body }: Asked): ConversationId | undefined {
  const { id } = (params ?? {}) as { id?: string };
  if (path === PREVIEW && isBody(body)) return parseReplayId(String(body['replay'] ?? ''))?.conversationId;
  if (id === undefined) return undefined;
  if (path.startsWith(ONE)) return id as ConversationId;
  return path.startsWith(ASSIST) ? parseAssistId(id)?.conversationId : undefined;
}

/** Raises `not_found`, as for a conversation there never was, where it is not for this agent to see. */
async function enter(deps: DeskGateDeps, asked: Asked, conversation: ConversationId): Promise<void> {
  const skills = await scopeOf(deps, asked.tenant, asked.caller);
  if (skills.length === 0) return;
  const head = await deps.head(asked.tenant, conversation);
  if (head !== undefined && mayOpen(asked.caller, skills, head, deps.now())) return;
  // Of what there never was, nobody was kept out.
  if (head !== undefined) await noteRefused(deps, asked, conversation);
  throw new CuecardError('not_found', `no conversation ${conversation}`);
}

const actionOf = ({ route }: Pick<Asked, 'route'>): AccessAction | undefined =>
  ACTIONS[route.path.split('/').at(-1) ?? ''];

async function noteRefused({ notes }: Pick<DeskGateDeps, 'notes'>, asked: Asked, conversation?: string): Promise<void> {
  if (asked.route.path === FEEDBACK) return;
  const action = actionOf(asked) ?? 'conversation.read';
  await notes.refused(asked.tenant, asked.caller, action, conversation === undefined ? {} : { conversation });
}

/** The answer as this caller may see it. What shows no head is judged by the head as it is now. */
async function shown(deps: DeskGateDeps, { tenant, caller }: Asked, conversation: ConversationId, body: unknown) {
  const head = headIn(body) ?? (await deps.head(tenant, conversation));
  if (head !== undefined && isOwner(caller, head)) return body;
  const known = isBody(body) ? (body['customer'] as Customer | undefined) : undefined;
  const id = head?.customerId;
  const customer = known ?? (id === undefined ? undefined : await deps.customer(tenant, id));
  return veiled(body, customer, head?.customerName);
}

type Listed = HasOwner & Pick<Head, 'id' | 'version'>;

/** So many heads are remembered as they were masked: some megabytes. */
const MOST_MASKED = 2_000;

/**
 * Masks heads of a list. What a version of a head looks like masked is remembered: a team's desks read the same lists over
 * and over, and masking is nine tenths of what one costs.
 */
function createListVeil(): (tenant: TenantId, head: Listed) => Listed {
  const masked = new Map<string, { version: number; shown: Listed }>();
  return (tenant, head) => {
    const key = `${tenant}/${head.id}`;
    const known = masked.get(key);
    if (known?.version === head.version) return known.shown;
    const shown = veiled(head, undefined, head.customerName);
    masked.delete(key);
    masked.set(key, { version: head.version, shown });
    const [oldest] = masked.keys();
    if (masked.size > MOST_MASKED && oldest !== undefined) masked.delete(oldest);
    return shown;
  };
}

export function deskGate(deps: DeskGateDeps) {
  const listVeil = createListVeil();
  /** A list shows each conversation as the caller may see it, those of others with nothing of the person behind them. */
  const shownList = ({ tenant, caller }: Asked, body: unknown): unknown => {
    if (!isBody(body) || !Array.isArray(body['items'])) return body;
    const items = body['items'].map((head: Listed) => (isOwner(caller, head) ? head : listVeil(tenant, head)));
    return { ...body, items };
  };
  const about = async (asked: Asked, conversation: ConversationId, run: () => Promise<unknown>): Promise<unknown> => {
    const { tenant, caller, route } = asked;
    await enter(deps, asked, conversation);
    const action = actionOf(asked);
    // A read is noted beside it; what is done is noted once it is.
    const noted =
      action === undefined && route.path !== FEEDBACK ? deps.notes.read(tenant, caller, conversation) : undefined;
    const [body] = await Promise.all([run(), noted]);
    const [seen] = await Promise.all([
      shown(deps, asked, conversation, body),
      action === undefined ? undefined : deps.notes.note(tenant, caller, action, { conversation }),
    ]);
    return seen;
  };
  return {
    /** Somebody whose role opens no desk asked for a conversation. */
    async refused(asked: Asked): Promise<void> {
      const conversation = conversationOf(asked);
      if (conversation !== undefined || asked.route.path === LIST) await noteRefused(deps, asked, conversation);
    },
    /** Runs what serves a request, if the caller may ask for it, and gives its answer as they may see it. */
    async pass(asked: Asked, run: () => Promise<unknown>): Promise<unknown> {
      const conversation = conversationOf(asked);
      if (conversation !== undefined) return about(asked, conversation, run);
      const body = await run();
      if (asked.route.path === LIST) return shownList(asked, body);
      return asked.route.path.startsWith('/v1/team/') ? veiled(body, undefined) : body;
    },
  };
}
