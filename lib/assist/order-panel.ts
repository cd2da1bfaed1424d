import type { OrderPanel } from '../domain/assist.ts';
import { parseCondition } from '../domain/condition.ts';
import { evaluateAll, type Facts } from '../domain/condition-truth.ts';
import type { Order } from '../domain/customer.ts';
import type { Answer, Entry } from '../domain/entry.ts';
import type { Language } from '../domain/language.ts';
import { orderStatus, statusLabel } from '../domain/order-status.ts';
import { slotsIn } from '../domain/slots.ts';
import type { Knowledge } from './situation.ts';
import { needsOrder } from './slot-values.ts';

const MAX_LIKELY = 4;
const MAX_ITEMS = 10;
/** How an entry that depends on an order's state looks in its stored form; most entries are told by this alone. */
const ABOUT_ORDERS = ['order.status', '订单状态'];

/** By release, the entries whose answers depend on an order's state: found once, in authored order. */
const orderEntries = new WeakMap<Knowledge, readonly Entry[]>();

/** The panel of an order the customer pointed at, with what customers ask about an order in that state. */
export function orderPanel(input: {
  number: string;
  order: Order | undefined;
  knowledge: Knowledge | undefined;
  language: Language;
  facts: readonly Facts[];
}): OrderPanel {
  const { number, order, knowledge, language, facts } = input;
  return {
    number,
    known: order !== undefined,
    ...(order === undefined ? {} : shownOrder(order, language)),
    likely: knowledge === undefined ? [] : likelyQuestions(knowledge, language, facts),
  };
}

/** State, items and shipment in the customer's language. */
function shownOrder(
  { status, items, shipment }: Order,
  language: Language,
): Omit<OrderPanel, 'number' | 'known' | 'likely'> {
  return {
    state: statusLabel(status, language),
    ...(items === undefined
      ? {}
      : {
          items: items.slice(0, MAX_ITEMS).map(({ title, quantity, price }) => ({
            title,
            quantity,
            ...(price === undefined ? {} : { price: String(price) }),
          })),
        }),
    ...(shipment === undefined
      ? {}
      : {
          shipment: {
            carrier: shipment.carrier,
            trackingNumber: shipment.trackingNumber,
            state: statusLabel(shipment.status, language),
            ...(shipment.lastEvent === undefined ? {} : { lastEvent: shipment.lastEvent }),
            ...(shipment.eta === undefined ? {} : { eta: shipment.eta }),
          },
        }),
  };
}

/** What is asked of an order in each state, by the first part of an intent's name, most asked first. */
const CONCERNS: Readonly<Record<string, readonly string[]>> = {
  pending_payment: ['payment', 'order'],
  paid: ['delivery', 'order'],
  processing: ['delivery', 'order'],
  shipped: ['delivery'],
  delivered: ['return', 'aftersale', 'exchange'],
  completed: ['return', 'aftersale', 'invoice'],
  cancelled: ['refund'],
  refunding: ['refund', 'return'],
  refunded: ['refund'],
};

/** Of an order we do not know: whatever turns on an order's state. */
function likelyQuestions(
  knowledge: Knowledge,
  language: Language,
  facts: readonly Facts[],
): { entryId: string; question: string }[] {
  const weighed = entriesAboutOrders(knowledge)
    .filter((entry) => entry.language === undefined || entry.language === language)
    .map((entry) => ({ entry, weight: likelihood(entry, facts) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return weighed.slice(0, MAX_LIKELY).map(({ entry }) => ({ entryId: entry.id, question: entry.question }));
}

const CONCERN_WEIGHT = 100;
const SLOT_WEIGHT = 10;

/**
 * How likely an entry's question is; 0 where it has nothing to say in this state. What the state is usually about comes
 * first, then answers that tell more of the order itself (`{{shipment.last_event}}`); ties keep the authored order.
 */
function likelihood(entry: Entry, facts: readonly Facts[]): number {
  const telling = Math.max(0, ...entry.answers.map((answer) => tells(answer, facts)));
  if (telling === 0) return 0;
  const status = facts.length === 1 ? facts[0]?.['order.status'] : undefined;
  const concerns = typeof status === 'string' ? (CONCERNS[orderStatus(status)] ?? []) : [];
  const place = concerns.indexOf(entry.intent.split('.')[0] ?? '');
  return telling + (place === -1 ? 0 : (concerns.length - place) * CONCERN_WEIGHT);
}

/** 0: its condition on the order's state does not hold. 1: that cannot be told. */
function tells({ when, text }: Answer, facts: readonly Facts[]): number {
  const parsed = when === undefined ? undefined : parseCondition(when);
  if (parsed?.ok !== true) return 0;
  const { condition } = parsed;
  if (!condition.comparisons.some((comparison) => comparison.fact === 'order.status')) return 0;
  const { value } = evaluateAll(condition, facts);
  if (value !== 'true') return value === 'unknown' ? 1 : 0;
  return 2 + slotsIn(text).filter(needsOrder).length * SLOT_WEIGHT;
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
