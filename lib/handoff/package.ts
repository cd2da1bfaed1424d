/** What an agent reads before typing: why the customer is here, what was said, what is known, what could be answered. */
import type { Assist, Suggestion } from '../domain/assist.ts';
import type { HandoffPackage } from '../domain/contract/desk.ts';
import type { Head, OutboxItem } from '../domain/conversation.ts';
import type { Customer } from '../domain/customer.ts';
import { AgentId, MessageId } from '../domain/ids.ts';
import type { Message } from '../domain/message.ts';
import type { KeptWrapUp } from '../domain/wrap-up.ts';
import { summarise } from './summary.ts';

const MAX_TRANSCRIPT = 20;
const MAX_SUGGESTIONS = 3;

type Fact = HandoffPackage['facts'][number];

const isSpoken = ({ kind }: OutboxItem): boolean => kind === 'bot_reply' || kind === 'agent_reply' || kind === 'notice';

/** A message of ours as it is kept, from the outbox that carries it. */
export function spokenMessage(item: OutboxItem, delivery: NonNullable<Message['delivery']>): Message {
  return {
    id: MessageId.parse(item.id),
    author: item.author,
    text: item.text,
    parts: item.parts ?? [{ kind: 'text', text: item.text }],
    at: new Date(item.createdAt).toISOString(),
    replyId: item.id,
    delivery,
  };
}

/** An agent's note on closing as it is kept, from the outbox that carries it. */
export function keptWrapUp(item: OutboxItem, fate: 'pending' | 'delivered' | 'failed' | 'dropped'): KeptWrapUp {
  return {
    id: item.id,
    agentId: AgentId.parse(item.author.id),
    at: new Date(item.createdAt).toISOString(),
    wrapUp: item.wrapUp ?? { note: item.text, disposition: 'other', tags: [] },
    delivery: fate === 'dropped' ? 'failed' : fate,
  };
}

/** Everything said, oldest first: the stored messages and ours that are still on their way. */
export function transcript(head: Head, messages: readonly Message[]): Message[] {
  const known = new Set<string>(messages.map(({ id }) => id));
  const leaving = head.outbox.filter((item) => isSpoken(item) && !known.has(item.id));
  const all = [...messages, ...leaving.map((item) => spokenMessage(item, 'pending'))];
  return all.sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -1 : 1));
}

/** The package of an open hand-off; undefined when there is none. Assists in the order of their turns. */
export function handoffPackage(
  head: Head,
  messages: readonly Message[],
  assists: readonly Assist[],
  customer: Customer | undefined,
): HandoffPackage | undefined {
  const { handoff } = head;
  if (handoff === undefined) return undefined;
  const note: Fact[] = handoff.note === undefined ? [] : [{ name: 'note', value: handoff.note }];
  return {
    reason: handoff.reason,
    skill: handoff.skill,
    priority: handoff.priority,
    at: handoff.at,
    facts: [...note, ...factsOf(assists, messages, customer)],
    transcript: transcript(head, messages)
      .filter((message) => message.recalled !== true)
      .slice(-MAX_TRANSCRIPT)
      .map(({ author, text, at }) => ({ author: author.type, text, at })),
    suggestions: topSuggestions(assists),
    summary: summarise({ messages: transcript(head, messages), assists, customer }),
    ...(handoff.note === undefined ? {} : { note: handoff.note }),
    ...(handoff.from === undefined ? {} : { from: handoff.from }),
  };
}

/** Entities, each once and with the message it stands in, then the state of the orders among them. */
function factsOf(assists: readonly Assist[], messages: readonly Message[], customer: Customer | undefined): Fact[] {
  const facts = new Map<string, Fact>();
  for (const { understanding, messageIds } of assists) {
    for (const { type, value, text } of understanding.entities) {
      const said = messages.find((message) => messageIds.includes(message.id) && message.text.includes(text));
      const fact = { name: type, value, ...(said === undefined ? {} : { messageId: said.id }) };
      facts.set(`${type}\n${value}`, fact);
    }
  }
  const found = [...facts.values()];
  const named = new Set(found.filter(({ name }) => name === 'order_number').map(({ value }) => value));
  const orders = (customer?.orders ?? []).filter(({ number }) => named.has(number));
  return [...found, ...orders.map(({ number, status }) => ({ name: 'order_status', value: `${number}: ${status}` }))];
}

/** Of the newest assist that has any. */
function topSuggestions(assists: readonly Assist[]): Suggestion[] {
  const offered = assists.findLast(({ suggestions }) => suggestions.length > 0);
  return offered?.suggestions.slice(0, MAX_SUGGESTIONS) ?? [];
}
