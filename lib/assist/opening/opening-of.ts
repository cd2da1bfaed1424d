/**
 * Cards before the first word: what the customer probably asks, the answer out of the live knowledge, products with why
 * they are shown, and a lead score with its parts. For the agent's eyes: nothing of it is said to the customer by itself.
 */

import { knownFacts } from '../../domain/asked-facts.ts';
import type { Suggestion } from '../../domain/assist.ts';
import type { Customer } from '../../domain/customer.ts';
import type { Language } from '../../domain/language.ts';
import type { Opening, OpeningRule } from '../../domain/opening.ts';
import type { Product, ProductCard } from '../../domain/product.ts';
import { productCard } from '../../domain/product-card.ts';
import type { AnswerContext } from '../answer-options.ts';
import { factAlternatives, platformOf } from '../facts.ts';
import type { Knowledge, Situation } from '../situation.ts';
import { slotValues } from '../slot-values.ts';
import { suggest } from '../suggest.ts';
import { leadOf } from './lead.ts';
import { type Likely, likelyOf } from './likely.ts';
import { type Look, looksAt, lookWords } from './look.ts';
import type { Moment } from './since-seen.ts';

export type OpeningInput = {
  /** What an answer's condition may depend on; its turn is empty. */
  situation: Situation;
  customer: Customer | undefined;
  /** Of cart and views, as the catalogue has them now. */
  products: readonly Product[];
  knowledge: Knowledge | undefined;
  language: Language;
  rule: OpeningRule;
};

const MAX_LIKELY = 3;
const MAX_CARDS = 6;
/** The classifier's candidates beyond these answer something else. */
const CANDIDATES = 10;

export const NO_OPENING: Opening = { likely: [], cards: [], lead: { score: 0, parts: [] } };

export function openingOf(input: OpeningInput): Opening {
  const { customer, rule, language, products, situation } = input;
  if (customer === undefined || !rule.enabled) return NO_OPENING;
  const moment = { now: situation.at, timeZone: situation.tenant.settings.timeZone };
  const looks = looksAt(customer, products, moment);
  const likely = likelyOf(customer, looks, moment).slice(0, MAX_LIKELY);
  return {
    likely: likely.map((one) => {
      const suggestion = answerTo(one, input, customer);
      return {
        question: one.question[language],
        reason: one.reason[language],
        ...(suggestion === undefined ? {} : { suggestion }),
      };
    }),
    cards: cardsOf(looks, input.language, moment),
    lead: leadOf(customer, looks, rule.lead),
  };
}

/** The live knowledge's answer as the engine finds it: the entry of a wished intent, or whatever is surely meant. */
function answerTo(likely: Likely, input: OpeningInput, customer: Customer): Suggestion | undefined {
  const { knowledge, language, situation } = input;
  if (knowledge === undefined) return undefined;
  const text = likely.question[language];
  const ranked = knowledge.engine
    .classify(text, { limit: CANDIDATES })
    .candidates.map(({ index, confidence }) => ({ entry: knowledge.entry(index), confidence }));
  const sure = knowledge.engine.threshold(situation.tenant.settings.targetPrecision.suggest);
  const wished = likely.intents.flatMap((intent) => ranked.filter(({ entry }) => entry.intent === intent));
  const chosen = wished[0] ?? ranked.find(({ confidence }) => confidence >= sure);
  if (chosen === undefined) return undefined;
  const context = contextOf(likely, situation, customer, language);
  const { offers } = suggest({
    ranked: [chosen],
    threshold: 0,
    query: text,
    language,
    release: knowledge.release,
    context,
  });
  return offers.find(({ suggestion }) => suggestion.role === 'answer')?.suggestion;
}

/** As if the customer had asked about this very order or product. */
function contextOf(
  { order, product }: Likely,
  situation: Situation,
  customer: Customer,
  language: Language,
): AnswerContext {
  return {
    at: situation.at,
    platform: platformOf(situation.conversationId),
    channel: situation.channel,
    shop: situation.shop,
    facts: factAlternatives(situation, [order ?? 'unknown'], [product ?? 'unknown']),
    slots: slotValues(situation, language, order, product),
    orderKnown: order !== undefined,
    productKnown: product !== undefined,
    sent: new Set(situation.sent),
    turn: 0,
    language,
    told: () => knownFacts({ customer, entities: [], parts: [] }),
  };
}

const SCORE = { cart: 0.7, again: 0.65, view: 0.5, twice: 0.1, changed: 0.05 };

function scoreOf({ seen, inCart, changes }: Look): number {
  const looked = seen > 1 ? SCORE.again : SCORE.view;
  const base = inCart ? SCORE.cart + (seen > 1 ? SCORE.twice : 0) : looked;
  return base + Object.keys(changes).length * SCORE.changed;
}

function cardsOf(looks: readonly Look[], language: Language, moment: Moment): ProductCard[] {
  const cards = looks.map((look) => {
    const words = lookWords(look, moment).map((one) => one[language]);
    return productCard(look.product, words.join(language === 'zh' ? '，' : ', '), scoreOf(look), moment.now);
  });
  return cards.sort((a, b) => b.score - a.score).slice(0, MAX_CARDS);
}
