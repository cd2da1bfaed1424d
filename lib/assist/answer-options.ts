import type { AskedFact } from '../domain/asked-facts.ts';
import { type Condition, parseCondition } from '../domain/condition.ts';
import { evaluateAll, type Facts, specificity } from '../domain/condition-truth.ts';
import type { Answer } from '../domain/entry.ts';
import type { Language } from '../domain/language.ts';
import { type FilledText, fillSlots, type SlotValues, slotsIn } from '../domain/slots.ts';
import { isShopSlot, needsOrder, needsProduct } from './slot-values.ts';

/** What an entry's answers are chosen and filled with. */
export type AnswerContext = {
  /** Epoch ms. */
  at: number;
  platform: string;
  channel: string | undefined;
  shop: string | undefined;
  /** Every set of facts that may be the true one (see `facts.ts`). */
  facts: readonly Facts[];
  slots: SlotValues;
  /** It is known which order, and which product, the turn is about (or that there is none). */
  orderKnown: boolean;
  productKnown: boolean;
  /** Texts and `entryId#answer` already sent in this conversation. */
  sent: ReadonlySet<string>;
  /** Where rotation among equal answers starts; the same for the same turn. */
  turn: number;
  language?: Language;
  /** What the customer has told or the platform said of them: it is not asked for again. */
  told?: () => ReadonlySet<AskedFact>;
  /** Of a customer with several orders: the question which of them is meant. */
  whichOrder?: string | undefined;
};

/** Why an answer is not offered: shown in the hit tester, counted for "fill dispatch time to unlock 14 entries". */
export type SkipReason =
  | 'not_yet_valid'
  | 'expired'
  | 'other_channel'
  | 'other_shop'
  | 'bad_condition'
  | 'condition_false'
  | 'less_specific'
  | 'shop_fact_unset'
  | 'fact_missing'
  | 'already_sent'
  | 'rotated_out';

/** An answer that may be used now. `weight`: how specific it is. `holds` is undefined while that cannot be told. */
export type Option = {
  index: number;
  answer: Answer;
  weight: number;
  holds: boolean | undefined;
  filled: FilledText;
};

/** Being meant for one shop, one channel or one season is a condition too, if a weaker one than any `when`. */
const NARROWING = { shop: 3, channels: 2, validity: 1 } as const;

/** Whether an answer may be considered now, and what is known of its condition. */
export function weigh(answer: Answer, index: number, context: AnswerContext): Option | SkipReason {
  const outside = outsideOf(answer, context);
  if (outside !== undefined) return outside;
  const condition = conditionOf(answer.when);
  if (condition === 'bad') return 'bad_condition';
  const { value } = evaluateAll(condition, context.facts);
  if (value === 'false') return 'condition_false';
  const filled = visible(fillSlots(answer.text, context.slots));
  const open = value === 'unknown' || waitsForFact(answer.text, filled, context);
  return { index, answer, filled, holds: open ? undefined : true, weight: specificity(condition) + narrowing(answer) };
}

/** A text of nothing but empty slots is no answer. */
function visible(filled: FilledText): FilledText {
  return filled.ok && filled.text === '' ? { ok: false, missing: [''] } : filled;
}

const ALWAYS: Condition = { comparisons: [] };

function conditionOf(when: string | undefined): Condition | 'bad' {
  if (when === undefined || when.trim() === '') return ALWAYS;
  const parsed = parseCondition(when);
  return parsed.ok ? parsed.condition : 'bad';
}

/** An answer that speaks of an order's facts needs to know which order, as if it had said so in its condition. */
function waitsForFact(text: string, filled: FilledText, context: AnswerContext): boolean {
  if (filled.ok || filled.missing.some(isShopSlot)) return false;
  const slots = slotsIn(text);
  return (!context.orderKnown && slots.some(needsOrder)) || (!context.productKnown && slots.some(needsProduct));
}

function outsideOf(answer: Answer, context: AnswerContext): SkipReason | undefined {
  if (answer.validFrom !== undefined && context.at < Date.parse(answer.validFrom)) return 'not_yet_valid';
  if (answer.validUntil !== undefined && context.at >= Date.parse(answer.validUntil)) return 'expired';
  if (!speaksIn(answer.channels, context)) return 'other_channel';
  return answer.shop === undefined || same(answer.shop, context.shop) ? undefined : 'other_shop';
}

function speaksIn(channels: readonly string[] | undefined, context: AnswerContext): boolean {
  if (channels === undefined || channels.length === 0) return true;
  return channels.some((channel) => same(channel, context.channel) || same(channel, context.platform));
}

function same(a: string, b: string | undefined): boolean {
  return b !== undefined && a.trim().toLowerCase() === b.trim().toLowerCase();
}

function narrowing(answer: Answer): number {
  const shop = answer.shop === undefined ? 0 : NARROWING.shop;
  const channels = (answer.channels?.length ?? 0) === 0 ? 0 : NARROWING.channels;
  const dated = answer.validFrom !== undefined || answer.validUntil !== undefined;
  return shop + channels + (dated ? NARROWING.validity : 0);
}

export function lacksShopFact({ filled }: Option): boolean {
  return !filled.ok && filled.missing.some(isShopSlot);
}
