/** What an agent reads before typing: why the customer is here, what was said, what is known, what could be answered. */

import { type AskedFact, askUnknown, knownFacts, sayUnasked, toldBare } from '../domain/asked-facts.ts';
import type { Assist, Suggestion } from '../domain/assist.ts';
import type { HandoffPackage, PackageCustomer } from '../domain/contract/desk.ts';
import type { Head, OutboxItem } from '../domain/conversation.ts';
import type { Customer } from '../domain/customer.ts';
import { AgentId, MessageId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import type { Message } from '../domain/message.ts';
import type { Product, ProductCard } from '../domain/product.ts';
import { productCard } from '../domain/product-card.ts';
import type { KeptWrapUp } from '../domain/wrap-up.ts';
import { orderFacts } from './order-facts.ts';
import { standing } from './standing.ts';
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
    ...(item.kind === 'notice' ? { notice: true } : {}),
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

/** What a package is made of, beside the head. */
export type PackageInput = {
  /** Oldest first. */
  messages: readonly Message[];
  /** In the order of their turns. */
  assists: readonly Assist[];
  customer: Customer | undefined;
  /** What the catalogue knows of the customer's cart and views, read at `at` (epoch ms). */
  products?: readonly Product[];
  at?: number;
};

/** The package of an open hand-off; undefined when there is none. */
export function handoffPackage(head: Head, input: PackageInput): HandoffPackage | undefined {
  const { handoff } = head;
  if (handoff === undefined) return undefined;
  const { customer } = input;
  const all = transcript(head, input.messages);
  const assists = standing(input.assists, all);
  const messages = all.filter((message) => message.recalled !== true);
  const note: Fact[] = handoff.note === undefined ? [] : [{ name: 'note', value: handoff.note }];
  const language = assists.at(-1)?.understanding.language ?? head.language ?? 'zh';
  const lines = messages.map(({ author, text }) => ({ author: author.type, text }));
  const told = knownFacts({
    customer,
    entities: assists.flatMap(({ understanding }) => understanding.entities),
    parts: messages.filter(({ author }) => author.type === 'customer').flatMap(({ parts }) => parts),
  });
  const known: Known = new Set([...told, ...toldBare(lines)]);
  const next = nextOf(assists, known, language);
  return {
    reason: handoff.reason,
    skill: handoff.skill,
    priority: handoff.priority,
    at: handoff.at,
    facts: [...note, ...factsOf(assists, messages, customer)],
    transcript: messages.slice(-MAX_TRANSCRIPT).map(({ author, text, at }) => ({ author: author.type, text, at })),
    suggestions: topSuggestions(assists, known, language),
    summary: summarise({ messages, assists, customer, products: input.products }),
    ...(customer === undefined ? {} : { customer: cardOfCustomer(customer, input, language) }),
    ...(handoff.note === undefined ? {} : { note: handoff.note }),
    ...(handoff.from === undefined ? {} : { from: handoff.from }),
    ...(next === undefined ? {} : { next }),
  };
}

/** Personal facts, each once and with the message it stands in, then the orders and their states. */
function factsOf(assists: readonly Assist[], messages: readonly Message[], customer: Customer | undefined): Fact[] {
  const facts = new Map<string, Fact>();
  for (const { understanding, messageIds } of assists) {
    for (const { type, value, text } of understanding.entities) {
      if (type === 'order_number') continue;
      const said = messages.find((message) => messageIds.includes(message.id) && message.text.includes(text));
      const fact = { name: type, value, ...(said === undefined ? {} : { messageId: said.id }) };
      facts.set(`${type}\n${value}`, fact);
    }
  }
  const orders = orderFacts({ messages, assists, customer });
  const numbers = orders.map(({ number, messageIds: [messageId] }) => ({
    name: 'order_number',
    value: number,
    ...(messageId === undefined ? {} : { messageId }),
  }));
  const states = orders.flatMap(({ number, state }) =>
    state === undefined ? [] : [{ name: 'order_status', value: `${number}: ${state}` }],
  );
  return [...facts.values(), ...numbers, ...states];
}

type Known = ReadonlySet<AskedFact>;

/** Of the newest assist that has any, less what asks for something told since. */
function topSuggestions(assists: readonly Assist[], known: Known, language: Language): Suggestion[] {
  const offered = assists.findLast(({ suggestions }) => suggestions.length > 0);
  return (offered?.suggestions ?? [])
    .flatMap((suggestion) => unasked(suggestion, known, language))
    .slice(0, MAX_SUGGESTIONS);
}

function unasked(suggestion: Suggestion, known: Known, language: Language): Suggestion[] {
  const { role, text } = suggestion;
  const left = role === 'ask' ? askUnknown(text, known, language) : sayUnasked(text, known);
  if (left === undefined) return [];
  return [left === text ? suggestion : { ...suggestion, text: left }];
}

/** The newest assist's phrase; a question for what is known by now has had its time. */
function nextOf(assists: readonly Assist[], known: Known, language: Language): HandoffPackage['next'] {
  const next = assists.at(-1)?.next;
  const text = next === undefined ? undefined : askUnknown(next.text, known, language);
  return next === undefined || text === undefined ? undefined : { phase: next.phase, text };
}

const MAX_CARDS = 6;
const REASONS = {
  cart: { zh: '在购物车', en: 'in the cart' },
  view: { zh: '看过', en: 'viewed' },
  again: { zh: '看过多次', en: 'viewed more than once' },
} as const;

/** The products that a package shows of a customer: what to read of the catalogue. */
export function packageProducts(customer: Customer | undefined): string[] {
  return [...new Set([...(customer?.cart ?? []).slice(0, MAX_CARDS), ...(customer?.recentViews ?? [])])].slice(
    0,
    2 * MAX_CARDS,
  );
}

function cardOfCustomer(
  customer: Customer,
  { products = [], at = 0 }: PackageInput,
  language: Language,
): PackageCustomer {
  const { cart = [], recentViews = [] } = customer;
  const byId = new Map<string, Product>(products.map((product) => [product.id, product]));
  const cards = (ids: readonly string[], reasonOf: (id: string) => string): ProductCard[] =>
    [...new Set(ids)]
      .flatMap((id) => byId.get(id) ?? [])
      .slice(0, MAX_CARDS)
      .map((product) => productCard(product, reasonOf(product.id), 0.5, at));
  const views = (id: string): string => {
    const often = recentViews.filter((one) => one === id).length > 1;
    return REASONS[often ? 'again' : 'view'][language];
  };
  return {
    id: customer.id,
    ...(customer.name === undefined ? {} : { name: customer.name }),
    tags: customer.tags ?? [],
    orders: customer.orders ?? [],
    cart: cards(cart, () => REASONS.cart[language]),
    views: cards(recentViews, views),
    unlisted: [...new Set([...cart, ...recentViews])].filter((id) => !byId.has(id)).slice(0, 2 * MAX_CARDS),
  };
}
