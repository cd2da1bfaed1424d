/** What the desk shows of one conversation. */
import type { Assist } from '../domain/assist.ts';
import type { HandoffPackage } from '../domain/contract/desk.ts';
import type { Head } from '../domain/conversation.ts';
import type { Customer } from '../domain/customer.ts';
import { CuecardError } from '../domain/error.ts';
import type { Message } from '../domain/message.ts';
import type { KeptWrapUp } from '../domain/wrap-up.ts';
import { newHead } from '../handoff/head.ts';
import { keptWrapUp, transcript } from '../handoff/package.ts';
import { standing } from '../handoff/standing.ts';
import type { FlowDeps, Place } from './flow.ts';
import { packageOf } from './package-of.ts';

/** The newest messages that the desk shows. */
const DESK_MESSAGES = 100;

export type ConversationRead = {
  head: Head;
  messages: Message[];
  assists: Assist[];
  customer: Customer | undefined;
  package: HandoffPackage | undefined;
  wrapUps?: KeptWrapUp[];
};

/** Everything the desk shows of a conversation. */
export async function readConversation(
  deps: Pick<FlowDeps, 'conversations' | 'customers' | 'now' | 'readProducts'>,
  { tenant, conversation }: Place,
): Promise<ConversationRead> {
  const { head: known, messages, assists } = await readTurns(deps, { tenant, conversation });
  if (known === undefined && messages.length === 0) {
    throw new CuecardError('not_found', `no conversation ${conversation}`);
  }
  // A first message is there from the moment it was accepted, a head once somebody has worked on it.
  const head = known ?? newHead(conversation, deps.now());
  const customer = head.customerId === undefined ? undefined : await deps.customers.get(tenant, head.customerId);
  const wrapUps = await wrapUpsOf(deps, { tenant, conversation }, head);
  return {
    ...(wrapUps.length === 0 ? {} : { wrapUps }),
    head,
    messages: transcript(head, messages),
    assists,
    customer,
    package: await packageOf(deps, tenant, head, { messages, assists, customer }),
  };
}

/** Its newest messages, and the assist of every turn without what only withdrawn messages said. */
export async function readTurns({ conversations }: Pick<FlowDeps, 'conversations'>, { tenant, conversation }: Place) {
  const [{ head, messages }, stored] = await Promise.all([
    conversations.load(tenant, conversation, DESK_MESSAGES),
    conversations.assists(tenant, conversation),
  ]);
  const assists = standing(
    stored.map(({ assist }) => assist),
    messages,
  );
  return { head, messages, assists };
}

/** What was noted on closing, and is kept or still on its way. */
async function wrapUpsOf(
  { conversations }: Pick<FlowDeps, 'conversations'>,
  { tenant, conversation }: Place,
  head: Head,
): Promise<KeptWrapUp[]> {
  if (head.wrapUp === undefined) return [];
  const kept = await conversations.wrapUps(tenant, conversation);
  const known = new Set(kept.map(({ id }) => id));
  const leaving = head.outbox.filter(({ kind, id }) => kind === 'wrap_up' && !known.has(id));
  return [...kept, ...leaving.map((item) => keptWrapUp(item, 'pending'))];
}
