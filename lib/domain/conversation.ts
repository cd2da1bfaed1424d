/** The head of a conversation and what stands in it: its turn, what the bot is about to do, what is on its way. */
import * as z from 'zod';
import { Choice, DecisionReason } from './assist.ts';
import { Handoff, HandoffTerms } from './handoff.ts';
import { AgentId, ConversationId, CustomerId, MessageId } from './ids.ts';
import { Language } from './language.ts';
import { Author, Part } from './message.ts';
import { Offer } from './routing.ts';
import { WrapUp } from './wrap-up.ts';

/** `bot`, `queue`, `agent:<id>` or `closed`. */
export const Owner = z.union([z.enum(['bot', 'queue', 'closed']), z.templateLiteral(['agent:', z.string().min(1)])]);
export type Owner = z.infer<typeof Owner>;

/** The customer's consecutive messages since the last reply of agent or bot. */
export const Turn = z.object({
  id: z.string(),
  /** `customerSeq` of its first message; orders turns within a conversation. */
  startSeq: z.number().int().positive(),
  messageIds: z.array(MessageId),
  /** Grows with every message of the turn. */
  revision: z.number().int().positive(),
  /** The last revision whose assist was stored; 0 for none. */
  assisted: z.number().int().nonnegative(),
  /** When the newest message of the turn came (epoch ms); the quiet window counts from here. */
  lastAt: z.number(),
  /** When its first message came (epoch ms): how long the customer has waited. */
  openedAt: z.number().optional(),
  /** How it was counted when it was last read, so that a later reading takes the place of an earlier. */
  counted: z.object({ hour: z.string(), names: z.array(z.string()) }).optional(),
  /** To be computed anew without a new message: one was withdrawn, or an agent gave the conversation back unanswered. */
  again: z.boolean().optional(),
});
export type Turn = z.infer<typeof Turn>;

/** One message on its way to the platform. `id` is deterministic: the same reply is never queued twice. */
export const OutboxItem = z.object({
  id: z.string(),
  kind: z.enum(['bot_reply', 'agent_reply', 'notice', 'handoff', 'suggestion', 'wrap_up', 'holder']),
  text: z.string(),
  parts: z.array(Part).optional(),
  choices: z.array(Choice).optional(),
  author: Author,
  /** Ownership when it was committed; a bot reply whose epoch has passed is dropped, never sent. */
  epoch: z.number().int(),
  customerSeq: z.number().int(),
  createdAt: z.number(),
  expiresAt: z.number(),
  attempts: z.number().int().nonnegative(),
  nextAt: z.number(),
  /** An attempt is under way until then, by whoever put this. */
  claimedUntil: z.number().optional(),
  assistId: z.string().optional(),
  suggestionId: z.string().optional(),
  /** Of a suggestion: the turn and revision it belongs to; a newer revision replaces it. */
  turnId: z.string().optional(),
  revision: z.number().int().optional(),
  /** What an agent noted on closing: its text is the note. */
  wrapUp: WrapUp.optional(),
});
export type OutboxItem = z.infer<typeof OutboxItem>;

/** What the bot will do when the quiet window of the turn has passed and nothing newer came. */
export const Pending = z.object({
  kind: z.enum(['reply', 'handoff']),
  turnId: z.string(),
  revision: z.number().int().positive(),
  epoch: z.number().int(),
  customerSeq: z.number().int(),
  dueAt: z.number(),
  /** A reply's text, or what the customer is told at a hand-off. */
  text: z.string().optional(),
  /** Said before the text by a bot that has not yet said it is one. */
  disclosure: z.string().optional(),
  parts: z.array(Part).optional(),
  choices: z.array(Choice).optional(),
  reason: DecisionReason,
  skill: z.string().optional(),
  priority: z.number().int().optional(),
  terms: HandoffTerms.optional(),
  assistId: z.string(),
  suggestionId: z.string().optional(),
  /** `entryId#answer` of the reply: remembered in `sent` once it is committed. */
  answerKey: z.string().optional(),
  /** Of a reply to several questions: the keys of the other answers in it. */
  otherKeys: z.array(z.string()).optional(),
});
export type Pending = z.infer<typeof Pending>;

/** A reply an agent promised ("稍等"): shown as a running timer until the agent writes again. */
export const Promise_ = z.object({
  at: z.iso.datetime(),
  dueAt: z.iso.datetime(),
  text: z.string(),
  /** When the desk was reminded of it. */
  remindedAt: z.iso.datetime().optional(),
});

/** A visit of the customer: from a first message, or one after a close or a long silence (epoch ms). */
export const Episode = z.object({
  at: z.number(),
  /** A person had a part in it: it was handed over or taken. */
  person: z.boolean().optional(),
  /** A person wrote in it. */
  answered: z.boolean().optional(),
});
export type Episode = z.infer<typeof Episode>;

/**
 * The head of a conversation: its only linearization point. Everything that must not race is in this one item,
 * and every change is one put conditional on `version`.
 */
export const Head = z.object({
  id: ConversationId,
  version: z.number().int().nonnegative(),
  owner: Owner,
  /** Grows at every change of owner. */
  epoch: z.number().int().nonnegative(),
  /** Grows with every customer message. */
  customerSeq: z.number().int().nonnegative(),
  /** Grows with every bot message; `bot:<botSeq>` are the reply ids. */
  botSeq: z.number().int().nonnegative(),
  customerId: CustomerId.optional(),
  customerName: z.string().optional(),
  language: Language.optional(),
  shop: z.string().optional(),
  channel: z.string().optional(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  /** The last 32 message ids registered, each with the `customerSeq` it got: 0 for what is not a customer's, -1 for ids of ours. */
  recent: z.array(z.object({ id: MessageId, seq: z.number().int() })).max(32),
  turn: Turn.optional(),
  /** Turns that were answered before their assist was stored; each still gets its assist, for the record. Oldest first. */
  backlog: z.array(Turn).max(8).optional(),
  /** The assist being computed: of which turn and revision, until when nobody else should try (epoch ms). */
  lease: z.object({ turnId: z.string(), revision: z.number().int(), until: z.number() }).optional(),
  pending: Pending.optional(),
  outbox: z.array(OutboxItem).max(64),
  /** The bot said it is a bot. */
  disclosed: z.boolean(),
  handoff: Handoff.optional(),
  promise: Promise_.optional(),
  /** Who is asked to take it from the queue; nobody else may until it has passed. */
  offer: Offer.optional(),
  /** Who last wrote to this customer: asked first when they come back. */
  lastAgent: z.object({ id: AgentId, at: z.number() }).optional(),
  /** Who asked for a person was once shown the answer first: not again. */
  selfServed: z.boolean().optional(),
  /** What the agent noted when it was last closed. */
  wrapUp: WrapUp.optional(),
  episode: Episode.optional(),
  lastText: z.string().optional(),
  /** What the customer last wrote, whoever wrote since: a queue recognises who waits by it. */
  lastCustomerText: z.string().optional(),
  /** Behind last words that say nothing of the matter: what the customer said before. `called`: they call since ("？？"). */
  lastSaid: z.object({ text: z.string(), seq: z.number().int(), called: z.boolean() }).optional(),
  lastAuthor: Author.shape.type.optional(),
  /** Entry answers already sent (`entryId#answer`) and texts already sent, newest last. */
  sent: z.array(z.string()).max(50),
  undelivered: z.number().int().nonnegative(),
  /** Of the newest state that a platform with a desk of its own has told (its own time, epoch ms). */
  platformAt: z.number().optional(),
  /** Whose it is as such a platform was told of late, oldest first: it comes back. Without an agent: nobody's. */
  told: z
    .array(z.object({ at: z.number(), agentId: AgentId.optional() }))
    .max(8)
    .optional(),
  /** When the sweep should look at it (epoch ms); absent when nothing is left to do. */
  dueAt: z.number().optional(),
  /** Which function the sweep starts then. */
  dueFor: z.enum(['assist', 'deliver', 'route']).optional(),
});
export type Head = z.infer<typeof Head>;
