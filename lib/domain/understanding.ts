import * as z from 'zod';
import { Language } from './language.ts';

/** What a message does in the conversation. */
export const Act = z.enum([
  'question',
  'request',
  'inform',
  'confirm',
  'deny',
  'acknowledge',
  'close',
  'greet',
  'chase',
  'reference',
  'complain',
  'ask_human',
]);
export type Act = z.infer<typeof Act>;

/** Acts that want an answer; the others are never answered with an entry. */
export const ASKING_ACTS: ReadonlySet<Act> = new Set<Act>(['question', 'request', 'complain', 'ask_human']);

export const EntityType = z.enum([
  'order_number',
  'tracking_number',
  'phone',
  'email',
  'amount',
  'date',
  'time',
  'size',
  'color',
  'quantity',
  'product',
  'price_range',
  'percentage',
  'coupon_code',
  'sku',
  'url',
  'address',
  'name',
]);
export type EntityType = z.infer<typeof EntityType>;

/** `start` and `end` are UTF-16 offsets into the turn's text (`end` exclusive); `value` is normalised. */
export const Entity = z.object({
  type: EntityType,
  text: z.string(),
  start: z.number().int().nonnegative(),
  end: z.number().int().positive(),
  value: z.string(),
});
export type Entity = z.infer<typeof Entity>;

export const Flag = z.enum(['ask_human', 'threat', 'abuse', 'legal', 'safety', 'injection', 'personal_data']);
export type Flag = z.infer<typeof Flag>;

const confidence = z.number().min(0).max(1);
/** A class and its calibrated probability, 0-1. */
export const IntentGuess = z.object({ name: z.string(), confidence });
export type IntentGuess = z.infer<typeof IntentGuess>;

export const Sentiment = z.object({
  label: z.enum(['positive', 'neutral', 'negative']),
  score: z.number().min(-1).max(1),
  angry: z.boolean(),
});
export type Sentiment = z.infer<typeof Sentiment>;

/** One of several questions of a turn, as it was written. */
export const Question = z.object({ text: z.string(), intent: IntentGuess });

export const Understanding = z.object({
  language: Language,
  act: Act,
  /**
   * The top class, also below every threshold; `unknown` with 0 when there is no knowledge, and of a turn that names no
   * matter of its own: courtesies, calls, a number.
   */
  intent: IntentGuess,
  alternatives: z.array(IntentGuess),
  /** The questions of a turn that asks several (at most five), each with its own intent; empty when it asks one. */
  questions: z.array(Question),
  entities: z.array(Entity),
  sentiment: Sentiment,
  flags: z.array(Flag),
  /** Of a follow-up that says little by itself: the text that was classified in its place, and the intent it follows. */
  resolved: z.object({ text: z.string(), topic: z.string() }).optional(),
});
export type Understanding = z.infer<typeof Understanding>;
