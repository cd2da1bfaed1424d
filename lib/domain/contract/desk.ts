/** What the desk shows: conversations, one whole conversation with its hand-off package, and what a search finds. */
import * as z from 'zod';
import { Assist, Phase, Suggestion } from '../assist.ts';
import { Head } from '../conversation.ts';
import { Customer, Order } from '../customer.ts';
import { ConversationId, MAX_ASSIST_ID } from '../ids.ts';
import { Message } from '../message.ts';
import { Product, ProductCard } from '../product.ts';
import { KeptWrapUp } from '../wrap-up.ts';
import { page, route } from './common.ts';
import { SummaryPoint } from './drafts.ts';

const agent = { roles: ['agent'] } as const;
/** For routes on one conversation, for agents and whoever may do what they may. */
export const inConversation = { ...agent, params: z.object({ id: ConversationId }) };

/** What the desk sees of a head: without the queues and leases behind it. */
export const ConversationView = Head.omit({
  recent: true,
  lease: true,
  outbox: true,
  sent: true,
  backlog: true,
  dueAt: true,
  dueFor: true,
}).extend({
  conversationId: ConversationId,
});
export type ConversationView = z.infer<typeof ConversationView>;

/** Who is writing, as far as the platform has said. */
export const PackageCustomer = z.object({
  id: z.string(),
  name: z.string().optional(),
  tags: z.array(z.string()),
  orders: z.array(Order),
  /** As the catalogue has them now. */
  cart: z.array(ProductCard),
  views: z.array(ProductCard),
  /** Products of cart and views that the catalogue does not know, by their ids. */
  unlisted: z.array(z.string()),
});
export type PackageCustomer = z.infer<typeof PackageCustomer>;

/** What an agent reads before typing. */
export const HandoffPackage = z.object({
  reason: z.string(),
  skill: z.string(),
  priority: z.number().int(),
  at: z.string(),
  /** One line a point, each with the message it comes from. */
  facts: z.array(z.object({ name: z.string(), value: z.string(), messageId: z.string().optional() })),
  transcript: z.array(z.object({ author: z.string(), text: z.string(), at: z.string() })),
  suggestions: z.array(Suggestion),
  /** Wanted, tried, facts, mood, open: each point with the messages it comes from. */
  summary: z.array(SummaryPoint),
  customer: PackageCustomer.optional(),
  /** What the agent who passed it on wrote, and who that was. */
  note: z.string().optional(),
  from: z.string().optional(),
  /** The phrase of the moment; it never asks for what is known. */
  next: z.object({ phase: Phase, text: z.string() }).optional(),
});
export type HandoffPackage = z.infer<typeof HandoffPackage>;

export const ConversationDetail = z.object({
  head: ConversationView,
  messages: z.array(Message),
  assists: z.array(Assist),
  customer: Customer.optional(),
  package: HandoffPackage.optional(),
  /** What agents noted whenever it was closed, oldest first. */
  wrapUps: z.array(KeptWrapUp).optional(),
});
export type ConversationDetail = z.infer<typeof ConversationDetail>;

export const listConversations = route('GET', '/v1/desk/conversations', {
  summary: 'Conversations by owner, the most urgent first',
  ...agent,
  query: z.object({
    owner: z.string().max(210).default('queue'),
    cursor: z.string().max(2_000).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  responses: { 200: { description: '`owner`: bot, queue, closed, me or agent:<id>', schema: page(ConversationView) } },
});

export const readConversation = route('GET', '/v1/desk/conversations/{id}', {
  summary: 'A conversation: head, messages, assists, customer, hand-off package',
  ...inConversation,
  responses: { 200: { description: 'The conversation', schema: ConversationDetail } },
});

export const listAssists = route('GET', '/v1/desk/conversations/{id}/assists', {
  summary: 'Assists in order, one a turn, its latest revision',
  ...inConversation,
  query: z.object({ after: z.string().max(MAX_ASSIST_ID).optional() }),
  responses: {
    200: { description: '`after`: an assist id or a customerSeq; later ones only', schema: page(Assist) },
  },
});

export const searchDesk = route('GET', '/v1/desk/search', {
  summary: 'Knowledge and products',
  ...agent,
  query: z.object({ q: z.string().trim().min(1).max(500) }),
  responses: {
    200: {
      description: 'Best first',
      schema: z.object({ suggestions: z.array(Suggestion), products: z.array(Product) }),
    },
  },
});
