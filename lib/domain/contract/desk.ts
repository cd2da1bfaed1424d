import * as z from 'zod';
import { Assist, Phase, Suggestion } from '../assist.ts';
import { Head } from '../conversation.ts';
import { Customer, Order } from '../customer.ts';
import { ConversationId, MAX_ASSIST_ID, ProductId } from '../ids.ts';
import { ImportMode, RowProblem } from '../import-job.ts';
import { Language } from '../language.ts';
import { Message } from '../message.ts';
import { Money, Product, ProductCard } from '../product.ts';
import { KeptWrapUp, WrapUp } from '../wrap-up.ts';
import { flag, page, route } from './common.ts';
import { WarningKind } from './desk-tools.ts';
import { SummaryPoint } from './drafts.ts';

const agent = { roles: ['agent'] } as const;
const inConversation = { ...agent, params: z.object({ id: ConversationId }) };

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

const Changed = z.object({ head: ConversationView });
export const claim = route('POST', '/v1/desk/conversations/{id}/claim', {
  summary: 'Takes the conversation',
  ...inConversation,
  responses: {
    200: {
      description: 'It is yours. 409, with `agentId`: a colleague has it, or is being asked to take it',
      schema: Changed,
    },
  },
});

export const release = route('POST', '/v1/desk/conversations/{id}/release', {
  summary: 'Gives the conversation back',
  ...inConversation,
  responses: { 200: { description: 'To the bot, or to the queue while a hand-off is unanswered', schema: Changed } },
});

export const transfer = route('POST', '/v1/desk/conversations/{id}/transfer', {
  summary: 'Passes the conversation to an agent or a skill',
  ...inConversation,
  body: z
    .object({
      agentId: z.string().min(1).max(200).optional(),
      skill: z.string().min(1).max(100).optional(),
      note: z.string().max(2_000).optional(),
    })
    .refine((body) => (body.agentId === undefined) !== (body.skill === undefined), {
      message: 'either agentId or skill is required',
      path: ['agentId'],
    }),
  responses: { 200: { description: 'It is theirs', schema: Changed } },
});

export const close = route('POST', '/v1/desk/conversations/{id}/close', {
  summary: 'Closes the conversation; a wrap-up is kept with it and sent to the platform',
  ...inConversation,
  body: z.object({ wrapUp: WrapUp.optional() }),
  responses: { 200: { description: 'Closed; a new message reopens it', schema: Changed } },
});

/** A product card to send, with the facts that the agent saw on it. */
export const CardToSend = z.object({
  productId: ProductId,
  price: Money.optional(),
  inStock: z.boolean().optional(),
});
export type CardToSend = z.infer<typeof CardToSend>;

/**
 * A fact that has changed since the agent saw it. A price is an amount and its currency (`99.00 CNY`), a stock `in` or
 * `out`; a product that is `gone` is sold no more. Of an order: its number, title and states.
 */
export const FactChange = z.object({
  productId: z.string(),
  title: z.string(),
  field: z.enum(['price', 'stock', 'product', 'order']),
  was: z.string(),
  is: z.string(),
});
export type FactChange = z.infer<typeof FactChange>;

export const sendMessage = route('POST', '/v1/desk/conversations/{id}/messages', {
  summary: 'Sends a reply to the customer and takes the conversation from the bot or the queue',
  ...inConversation,
  body: z
    .object({
      /** May be empty beside cards. */
      text: z.string().trim().max(5_000).default(''),
      suggestionId: z.string().max(200).optional(),
      assistId: z.string().max(MAX_ASSIST_ID).optional(),
      /** Makes a repeated call the same message. */
      clientId: z
        .string()
        .regex(/^[\w-]{1,100}$/)
        .optional(),
      /** Products to show; their facts are read again before they go. */
      cards: z.array(CardToSend).max(6).optional(),
      /** Facts may have changed since: they go as they are now. */
      confirmed: z.boolean().optional(),
      /** Sent in spite of the guard's warnings: of which kinds. */
      warned: z.array(WarningKind).max(8).optional(),
    })
    .refine(({ text, cards }) => text !== '' || (cards?.length ?? 0) > 0, {
      message: 'text or cards is required',
      path: ['text'],
    }),
  responses: {
    201: {
      description:
        'Durable; on its way to the platform. Not sent (409) while a colleague has it or is being asked to take it (`agentId`), nor when facts on its cards have changed since (`changes`)',
      schema: z.object({ message: Message, head: ConversationView }),
    },
  },
});

/** `rated` is a rating by itself: of a suggestion, or, without one, of the whole assist. */
export const FeedbackRequest = z
  .object({
    suggestionId: z.string().max(200).optional(),
    event: z.enum(['shown', 'copied', 'used', 'edited', 'dismissed', 'rated']),
    sentText: z.string().max(5_000).optional(),
    rating: z.number().int().min(-1).max(5).optional(),
  })
  .refine(({ event, suggestionId }) => event === 'rated' || suggestionId !== undefined, {
    message: 'suggestionId is required',
    path: ['suggestionId'],
  })
  .refine(({ event, rating }) => event !== 'rated' || rating !== undefined, {
    message: 'rating is required',
    path: ['rating'],
  });
export type FeedbackRequest = z.infer<typeof FeedbackRequest>;

export const feedback = route('POST', '/v1/desk/assists/{id}/feedback', {
  summary: 'What became of a suggestion',
  ...agent,
  params: z.object({ id: z.string().max(MAX_ASSIST_ID) }),
  body: FeedbackRequest,
  responses: { 202: { description: 'Noted', schema: z.object({ accepted: z.literal(true) }) } },
});

export const DeskPhrase = z.object({
  id: z.string().min(1).max(100),
  title: z.string().max(200).optional(),
  shortcut: z.string().max(50).optional(),
  text: z.string().min(1).max(2_000),
  language: Language.optional(),
  /** The names in its `{{ask.<name>}}`, in order: the desk asks for each when the phrase is inserted. */
  parameters: z.array(z.string()).optional(),
});
export type DeskPhrase = z.infer<typeof DeskPhrase>;

const Phrases = z.object({ own: z.array(DeskPhrase), team: z.array(DeskPhrase) });

export const readPhrases = route('GET', '/v1/desk/phrases', {
  summary: 'Own and team phrases',
  ...agent,
  responses: { 200: { description: 'The phrases', schema: Phrases } },
});

export const writePhrases = route('PUT', '/v1/desk/phrases', {
  summary: 'Replaces own or team phrases',
  roles: ['agent', 'manager'],
  body: z.strictObject({ own: z.array(DeskPhrase).max(500).optional(), team: z.array(DeskPhrase).max(500).optional() }),
  responses: { 200: { description: 'The phrases', schema: Phrases } },
});

/** A phrase file is a page of a workbook, no knowledge base. */
export const MAX_PHRASE_FILE_BYTES = 512 * 1024;

export const PhraseImport = z.object({
  added: z.number().int().nonnegative(),
  changed: z.number().int().nonnegative(),
  unchanged: z.number().int().nonnegative(),
  removed: z.number().int().nonnegative(),
  rejected: z.array(RowProblem),
});
export type PhraseImport = z.infer<typeof PhraseImport>;

export const importPhrases = route('POST', '/v1/desk/phrases/import', {
  summary: 'Reads own or team phrases from a table (CSV, XLSX or JSON): shortcut, title, text, language',
  roles: ['agent', 'manager'],
  query: z.object({ list: z.enum(['own', 'team']).default('own'), mode: ImportMode.default('merge'), dryRun: flag }),
  upload: { contentType: 'application/octet-stream', maxBytes: MAX_PHRASE_FILE_BYTES },
  responses: { 200: { description: 'What was taken in, and every bad row with why', schema: PhraseImport } },
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

export const createTicket = route('POST', '/v1/desk/ticket', {
  summary: 'A ticket for one WebSocket connection, good for 30 seconds and one use',
  roles: ['agent', 'manager'],
  responses: {
    201: {
      description:
        'Open `url` with `?ticket=`. Hints `{conversationId, version, kind, owner, offeredTo?, desks}` may be lost: reread when ' +
        'it opens, a second later, after every gap and now and then. Send `{"open": id}` (or null) for the conversation that ' +
        'is shown: what concerns no one at this desk is told only as often as a team of that many `desks` can bear',
      schema: z.object({ ticket: z.string(), url: z.string(), expiresAt: z.iso.datetime(), agentId: z.string() }),
    },
  },
});
