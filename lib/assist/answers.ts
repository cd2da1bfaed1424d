import { askUnknown, factsAskedFor, sayUnasked } from '../domain/asked-facts.ts';
import type { Entry } from '../domain/entry.ts';
import { fillSlots } from '../domain/slots.ts';
import { type AnswerContext, lacksShopFact, type Option, type SkipReason, weigh } from './answer-options.ts';

/** What an entry has to offer now. `ask` asks for the fact its answers rest on; a `variant` may or may not hold. */
export type Offer = {
  role: 'answer' | 'ask' | 'variant';
  text: string;
  /** 0-based index into the entry's answers; an `ask` has none. */
  answer?: number;
  condition?: string;
  attachments?: string[];
  cards: readonly string[];
};

/** An answer that is not offered, and why: counted for "fill dispatch time to unlock 14 entries". */
export type Skip = { answer: number; reason: SkipReason; missing?: readonly string[] };
export type Offers = { offers: readonly Offer[]; skipped: readonly Skip[] };

type Skipper = (index: number, reason: SkipReason, missing?: readonly string[]) => void;
type Choice = { entry: Entry; context: AnswerContext; skip: Skipper };

const MAX_VARIANTS = 3;

/**
 * An entry's answers that fit the moment: the most specific one that holds. While a fact is missing that could make a
 * more specific one hold, the entry's `ask` comes first; an entry without `ask` (or whose ask was sent before) offers
 * those answers as variants instead.
 */
export function offersOf(entry: Entry, context: AnswerContext): Offers {
  const skipped: Skip[] = [];
  const skip: Skipper = (answer, reason, missing) => {
    skipped.push({ answer, reason, ...(missing === undefined ? {} : { missing }) });
  };
  const options = entry.answers.flatMap((answer, index) => {
    const option = weigh(answer, index, context);
    if (typeof option !== 'string') return [option];
    skip(index, option);
    return [];
  });
  const offers = settle(options, { entry, context, skip });
  return { offers: offers.flatMap((offer) => unasked(offer, context)), skipped };
}

/** Nobody is asked for what they have told. */
function unasked(offer: Offer, { told }: AnswerContext): Offer[] {
  if (told === undefined || offer.role === 'ask' || factsAskedFor(offer.text).length === 0) return [offer];
  const text = sayUnasked(offer.text, told());
  return text === undefined ? [] : [text === offer.text ? offer : { ...offer, text }];
}

/** How many answers were passed over for each reason. */
export function countSkips(skipped: readonly Skip[]): Partial<Record<SkipReason, number>> {
  const counts: Partial<Record<SkipReason, number>> = {};
  for (const { reason } of skipped) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

function settle(options: readonly Option[], choice: Choice): Offer[] {
  const level = bestLevel(options, choice);
  if (level === 'unusable') return [];
  const weight = level[0]?.weight ?? -1;
  for (const option of options) if (option.weight < weight) choice.skip(option.index, 'less_specific');
  const answers = rotate(level, choice).map((option) => offerOf(option, 'answer'));
  const open = options.filter((option) => option.holds === undefined && option.weight > weight);
  if (open.length === 0) return answers;
  const ask = askOf(choice);
  return ask.length > 0 ? [...ask, ...answers] : [...answers, ...variantsOf(open, choice)];
}

/**
 * Of the answers that hold, the most specific ones that can be sent. If all of the most specific lack a shop fact the
 * entry is not used: a more general answer would say something else than the shop means. Where a fact about the
 * customer is missing (a parcel without a date of arrival) the next level does.
 */
function bestLevel(options: readonly Option[], { skip }: Choice): readonly Option[] | 'unusable' {
  const holding = options.filter((option) => option.holds === true);
  const weights = [...new Set(holding.map((option) => option.weight))].sort((a, b) => b - a);
  for (const weight of weights) {
    const level = holding.filter((option) => option.weight === weight);
    const usable = level.filter((option) => isFilled(option, skip));
    if (usable.length > 0) return usable;
    if (level.some(lacksShopFact)) return 'unusable';
  }
  return [];
}

function isFilled(option: Option, skip: Skipper): boolean {
  if (option.filled.ok) return true;
  skip(option.index, lacksShopFact(option) ? 'shop_fact_unset' : 'fact_missing', option.filled.missing);
  return false;
}

/** The next of equals, starting where this turn starts, that was not sent yet; none when all were. */
function rotate(equals: readonly Option[], { entry, context, skip }: Choice): Option[] {
  const start = equals.length === 0 ? 0 : context.turn % equals.length;
  const order = [...equals.slice(start), ...equals.slice(0, start)];
  const fresh = order.filter((option) => !wasSent(option, entry, context));
  const [chosen] = fresh;
  for (const option of order) {
    if (option !== chosen) skip(option.index, fresh.includes(option) ? 'rotated_out' : 'already_sent');
  }
  return chosen === undefined ? [] : [chosen];
}

function wasSent({ index, filled }: Option, entry: Entry, { sent }: AnswerContext): boolean {
  return sent.has(`${entry.id}#${index}`) || (filled.ok && sent.has(filled.text));
}

function variantsOf(open: readonly Option[], { entry, context, skip }: Choice): Offer[] {
  const filled = open.filter((option) => isFilled(option, skip));
  const fresh = filled.filter((option) => !wasSent(option, entry, context));
  for (const option of filled) if (!fresh.includes(option)) skip(option.index, 'already_sent');
  return fresh.slice(0, MAX_VARIANTS).map((option) => offerOf(option, 'variant'));
}

/** The question for the missing fact, unless it was put already. */
function askOf({ entry, context }: Choice): Offer[] {
  const filled = entry.ask === undefined ? undefined : fillSlots(entry.ask, context.slots);
  const text = filled?.ok === true ? openQuestion(filled.text, context) : undefined;
  if (text === undefined || text === '' || context.sent.has(text)) return [];
  return [{ role: 'ask', text, cards: [] }];
}

/** What of a question is still open; of who has several orders the number is not asked for, but which one is meant. */
export function openQuestion(ask: string, { told, whichOrder, language = 'zh' }: AnswerContext): string | undefined {
  if (told === undefined || factsAskedFor(ask).length === 0) return ask;
  return askUnknown(ask, told(), language) ?? whichOrder;
}

function offerOf({ index, answer, filled }: Option, role: 'answer' | 'variant'): Offer {
  return {
    role,
    text: filled.ok ? filled.text : '',
    answer: index,
    ...(answer.when === undefined ? {} : { condition: answer.when }),
    ...(answer.attachments === undefined ? {} : { attachments: answer.attachments }),
    cards: answer.cards ?? [],
  };
}
