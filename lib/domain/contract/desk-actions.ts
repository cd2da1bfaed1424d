/** What agents do with a conversation: take it, give it back, pass it on, close it, answer, and say what a suggestion was worth. */
import * as z from 'zod';
import { MAX_ASSIST_ID, ProductId } from '../ids.ts';
import { Message } from '../message.ts';
import { Money } from '../product.ts';
import { WrapUp } from '../wrap-up.ts';
import { route } from './common.ts';
import { ConversationView, inConversation } from './desk.ts';
import { WarningKind } from './desk-tools.ts';

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
  roles: ['agent'],
  params: z.object({ id: z.string().max(MAX_ASSIST_ID) }),
  body: FeedbackRequest,
  responses: { 202: { description: 'Noted', schema: z.object({ accepted: z.literal(true) }) } },
});
