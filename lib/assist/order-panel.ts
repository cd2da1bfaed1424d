import type { OrderPanel } from '../domain/assist.ts';
import { parseCondition } from '../domain/condition.ts';
import { evaluateAll, type Facts, specificity } from '../domain/condition-truth.ts';
import type { Entry } from '../domain/entry.ts';
import type { Language } from '../domain/language.ts';
import type { Knowledge } from './situation.ts';

const MAX_LIKELY = 4;
/** How an entry that depends on an order's state looks in its stored form; most entries are told by this alone. */
const ABOUT_ORDERS = ['order.status', '订单状态'];

/** By release, the entries whose answers depend on an order's state: found once, in authored order. */
const orderEntries = new WeakMap<Knowledge, readonly Entry[]>();

/** The panel of an order the customer pointed at, with what customers ask about an order in that state. */
export function orderPanel(input: {
  number: string;
  known: boolean;
  knowledge: Knowledge | undefined;
  language: Language;
  facts: readonly Facts[];
}): OrderPanel {
  const { number, known, knowledge, language, facts } = input;
  return { number, known, likely: knowledge === undefined ? [] : likelyQuestions(knowledge, language, facts) };
}

/** Questions with an answer for just this state first; of an order we do not know, whatever turns on an order's state. */
function likelyQuestions(
  knowledge: Knowledge,
  language: Language,
  facts: readonly Facts[],
): { entryId: string; question: string }[] {
  const weighed = entriesAboutOrders(knowledge)
    .filter((entry) => entry.language === undefined || entry.language === language)
    .map((entry) => ({ entry, weight: fitness(entry, facts) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return weighed.slice(0, MAX_LIKELY).map(({ entry }) => ({ entryId: entry.id, question: entry.question }));
}

/** 0: nothing to say in this state. 1: it cannot be told. More: the most specific condition on the state that holds. */
function fitness(entry: Entry, facts: readonly Facts[]): number {
  return Math.max(0, ...entry.answers.map((answer) => conditionFitness(answer.when, facts)));
}

function conditionFitness(when: string | undefined, facts: readonly Facts[]): number {
  const parsed = when === undefined ? undefined : parseCondition(when);
  if (parsed?.ok !== true) return 0;
  const { condition } = parsed;
  if (!condition.comparisons.some((comparison) => comparison.fact === 'order.status')) return 0;
  const { value } = evaluateAll(condition, facts);
  if (value === 'false') return 0;
  return value === 'true' ? 1 + specificity(condition) : 1;
}

function entriesAboutOrders(knowledge: Knowledge): readonly Entry[] {
  const found = orderEntries.get(knowledge);
  if (found !== undefined) return found;
  const { engine } = knowledge;
  const entries = Array.from({ length: engine.size }, (_, index) => index)
    .filter((index) => mentionsOrders(engine.payload(index)))
    .map((index) => knowledge.entry(index));
  orderEntries.set(knowledge, entries);
  return entries;
}

/** Searches the bytes: parsing every entry of a large release would cost more than the assist may take. */
function mentionsOrders(payload: Uint8Array): boolean {
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  return ABOUT_ORDERS.some((words) => bytes.includes(words));
}
