import * as z from 'zod';
import { AssistId, ConversationId, MessageId, ReleaseId } from './ids.ts';
import { ProductCard } from './product.ts';
import { Question, Understanding } from './understanding.ts';

export const Phase = z.enum(['greet', 'hold', 'ask', 'apologise', 'close']);
export type Phase = z.infer<typeof Phase>;

export const Source = z.object({
  kind: z.enum(['entry', 'passage', 'order', 'product']),
  id: z.string(),
  /** 0-based index into the entry's `answers`. */
  answer: z.number().int().nonnegative().optional(),
  title: z.string(),
  /** Of a passage: the page that it stands in. */
  url: z.url().max(2_000).optional(),
  release: ReleaseId,
});
export type Source = z.infer<typeof Source>;

/** A reply an agent may send as it is. It always cites its source. */
export const Suggestion = z.object({
  id: z.string(),
  text: z.string().min(1),
  confidence: z.number().min(0).max(1),
  source: Source,
  /** `ask`: it asks for the missing fact. `variant`: one of several answers whose condition is not known to hold. */
  role: z.enum(['answer', 'ask', 'variant']).optional(),
  /** The condition that held, or, on a variant, the one that would have to. */
  condition: z.string().optional(),
  attachments: z.array(z.string()).optional(),
});
export type Suggestion = z.infer<typeof Suggestion>;

export const DecisionKind = z.enum(['none', 'auto_reply', 'suggest', 'clarify', 'handoff']);
export type DecisionKind = z.infer<typeof DecisionKind>;

/** Why the decision is what it is; closed, so that every cell of the table can be tested and shown in words. */
export const DecisionReason = z.enum([
  'asked_for_person',
  'safety',
  'legal',
  'policy_human',
  'no_question',
  'phase_phrase',
  'confident',
  'competing',
  'below_threshold',
  'policy_assist',
  'mode_assist',
  'mode_shadow',
  'owner_queue',
  'owner_agent',
  'nothing_fits',
  'needs_person',
  'needs_fact',
  'closed',
  /** Who asked for a person is shown the answer first, once. */
  'self_service',
  /** More wait than the team can serve. */
  'queue_full',
  /** Passed on by an agent. */
  'transferred',
  /** A supervisor took it out of somebody's hands. */
  'taken_over',
  /** Whoever held it is gone. */
  'agent_gone',
]);
export type DecisionReason = z.infer<typeof DecisionReason>;

export const Choice = z.object({ label: z.string(), value: z.string() });
export type Choice = z.infer<typeof Choice>;

export const Decision = z.object({
  kind: DecisionKind,
  reason: DecisionReason,
  /** A person is wanted although a person (or nobody automatic) already answers. */
  escalate: z.boolean(),
  thresholds: z.object({ autoReply: z.number(), suggest: z.number() }),
  /** What the bot would send: an auto-reply's or a clarification's text. */
  reply: z
    .object({
      text: z.string(),
      suggestionId: z.string().optional(),
      /** Of a reply to several questions: every suggestion it is made of, in order. */
      suggestionIds: z.array(z.string()).optional(),
      attachments: z.array(z.string()).optional(),
    })
    .optional(),
  /** Of a clarification: two to four buttons. */
  choices: z.array(Choice).min(2).max(4).optional(),
  /** Of a hand-off: the queue's skill and its priority (0 lowest, 9 highest). */
  skill: z.string().optional(),
  priority: z.number().int().min(0).max(9).optional(),
  /** What its intent still needs from the customer, as the entry asks for it; absent once it was asked or said. */
  ask: z.string().optional(),
  /** Where the mode answers nothing alone: what the bot would have done with the turn as a hybrid. */
  would: z.object({ kind: DecisionKind, suggestionId: z.string().optional() }).optional(),
});
export type Decision = z.infer<typeof Decision>;

/** The panel for an order the customer referred to: its state in words and what is likely asked about it. */
export const OrderPanel = z.object({
  number: z.string(),
  known: z.boolean(),
  /** Its state in the customer's language. */
  state: z.string().optional(),
  items: z.array(z.object({ title: z.string(), quantity: z.number().int(), price: z.string().optional() })).optional(),
  /** Who carries it, under which number, and what was last heard. */
  shipment: z
    .object({
      carrier: z.string(),
      trackingNumber: z.string(),
      state: z.string(),
      lastEvent: z.string().optional(),
      eta: z.string().optional(),
    })
    .optional(),
  likely: z.array(z.object({ entryId: z.string(), question: z.string() })),
});
export type OrderPanel = z.infer<typeof OrderPanel>;

/** How a request is met, step by step, and the facts that are still missing, each with the question for it. */
export const Procedure = z.object({
  steps: z.array(z.object({ text: z.string(), done: z.boolean().optional() })),
  missing: z.array(z.object({ fact: z.string(), ask: z.string() })),
});
export type Procedure = z.infer<typeof Procedure>;

/** An understanding whose several questions each carry the replies to it; the first of each lead the assist's own. */
export const AnsweredUnderstanding = Understanding.extend({
  questions: z.array(Question.extend({ suggestions: z.array(Suggestion).max(3).optional() })),
});
export type AnsweredUnderstanding = z.infer<typeof AnsweredUnderstanding>;

export const Assist = z.object({
  id: AssistId,
  conversationId: ConversationId,
  turnId: z.string(),
  messageIds: z.array(MessageId),
  revision: z.number().int().positive(),
  customerSeq: z.number().int().nonnegative(),
  createdAt: z.iso.datetime(),
  /** `rel_0` when the tenant has no release yet. */
  release: ReleaseId,
  replay: z.string(),
  /** What was missing or down: `snapshot`, `catalog`, `customer`, … */
  degraded: z.array(z.string()),
  understanding: AnsweredUnderstanding,
  suggestions: z.array(Suggestion).max(3),
  next: z.object({ phase: Phase, text: z.string() }).optional(),
  cards: z.array(ProductCard),
  order: OrderPanel.optional(),
  procedure: Procedure.optional(),
  decision: Decision,
  timings: z.record(z.string(), z.number()),
});
export type Assist = z.infer<typeof Assist>;

/** Every reply that an assist shows: its own, then those to each of its several questions that are not among them. */
export function everySuggestion({ suggestions, understanding }: Assist): Suggestion[] {
  const all = [...suggestions, ...understanding.questions.flatMap((question) => question.suggestions ?? [])];
  return [...new Map(all.map((suggestion) => [suggestion.id, suggestion])).values()];
}
