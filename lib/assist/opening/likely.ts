/** What a customer has probably come for, from the states of their orders, their cart and what they looked at. */
import type { Customer, Order } from '../../domain/customer.ts';
import type { Language } from '../../domain/language.ts';
import { instantOf } from '../../domain/local-time.ts';
import { orderStatus, statusLabel } from '../../domain/order-status.ts';
import type { Product } from '../../domain/product.ts';
import { type Look, lookWords } from './look.ts';
import type { Moment } from './since-seen.ts';

type Words = Readonly<Record<Language, string>>;

/** A question, the intents that answer it (the first that is known), why it is likely, and how much (0-1). */
export type Likely = {
  question: Words;
  intents: readonly string[];
  reason: Words;
  weight: number;
  order?: Order;
  product?: Product;
};

const DAY_MS = 86_400_000;
/** So many days after dispatch without an arrival, or after payment without dispatch, somebody asks. */
const LATE_DELIVERY_DAYS = 5;
const LATE_DISPATCH_DAYS = 2;
const JUST_DELIVERED_DAYS = 2;
const STILL_RETURNED_DAYS = 10;
const MAX_ORDERS = 5;

const ASKS = {
  where: { zh: '我的快递到哪了？', en: 'Where is my parcel?' },
  slow: { zh: '物流怎么一直不更新？', en: 'Why has my tracking stopped moving?' },
  ship: { zh: '什么时候发货？', en: 'When will it ship?' },
  urge: { zh: '怎么还没发货，能催一下吗？', en: 'Why has it not shipped yet, can you hurry it up?' },
  back: { zh: '怎么申请退货？', en: 'How do I return it?' },
  pay: { zh: '支持哪些付款方式？', en: 'Which payment methods do you take?' },
  refund: { zh: '退款到哪一步了？', en: 'How far is my refund?' },
  arrived: { zh: '退款没收到怎么办？', en: 'I have not received my refund' },
  stock: { zh: '有现货吗？', en: 'Is it in stock?' },
  restock: { zh: '什么时候补货？', en: 'When will it be back in stock?' },
  coupon: { zh: '有优惠券吗？', en: 'Do you have a coupon?' },
} as const satisfies Record<string, Words>;

const daysSince = (written: string | undefined, { now, timeZone }: Moment): number | undefined => {
  const at = written === undefined ? undefined : instantOf(written, timeZone);
  return at === undefined ? undefined : Math.max(0, Math.floor((now - at) / DAY_MS));
};

const inState = (order: Order, more: Words = { zh: '', en: '' }): Words => ({
  zh: `订单 ${order.number} ${statusLabel(order.status, 'zh')}${more.zh}`,
  en: `order ${order.number} is ${statusLabel(order.status, 'en')}${more.en}`,
});
const forDays = (days: number | undefined): Words =>
  days === undefined ? { zh: '', en: '' } : { zh: `，已 ${days} 天`, en: ` for ${days} day${days === 1 ? '' : 's'}` };
const isLong = (days: number | undefined, limit: number): boolean => days !== undefined && days >= limit;

type Rule = (order: Order, moment: Moment) => Omit<Likely, 'order'> | undefined;

const waiting: Rule = (order, moment) => {
  const days = daysSince(order.paidAt ?? order.placedAt, moment);
  const reason = inState(order, forDays(days));
  return isLong(days, LATE_DISPATCH_DAYS)
    ? { question: ASKS.urge, intents: ['delivery.urge', 'delivery.when_ship'], reason, weight: 0.85 }
    : { question: ASKS.ship, intents: ['delivery.when_ship'], reason, weight: 0.6 };
};

const RULES: Readonly<Record<string, Rule>> = {
  paid: waiting,
  processing: waiting,
  pending_payment: (order) => ({
    question: ASKS.pay,
    intents: ['payment.methods', 'payment.failed'],
    reason: inState(order),
    weight: 0.55,
  }),
  shipped: (order, moment) => {
    const days = daysSince(order.shippedAt, moment);
    const reason = inState(order, forDays(days));
    return isLong(days, LATE_DELIVERY_DAYS)
      ? { question: ASKS.slow, intents: ['delivery.not_moving', 'delivery.track'], reason, weight: 0.95 }
      : { question: ASKS.where, intents: ['delivery.track', 'delivery.when_arrive'], reason, weight: 0.75 };
  },
  delivered: (order, moment) => {
    const days = daysSince(order.deliveredAt, moment);
    if (isLong(days, STILL_RETURNED_DAYS)) return undefined;
    const isFresh = days !== undefined && days <= JUST_DELIVERED_DAYS;
    return {
      question: ASKS.back,
      intents: ['return.how'],
      reason: inState(order, forDays(days)),
      weight: isFresh ? 0.7 : 0.4,
    };
  },
  refunding: (order) => ({ question: ASKS.refund, intents: ['refund.status'], reason: inState(order), weight: 0.9 }),
  refunded: (order) => ({
    question: ASKS.arrived,
    intents: ['refund.not_received'],
    reason: inState(order),
    weight: 0.3,
  }),
};

function ofOrders({ orders = [] }: Customer, moment: Moment): Likely[] {
  return orders.slice(0, MAX_ORDERS).flatMap((order) => {
    const likely = RULES[orderStatus(order.status)]?.(order, moment);
    return likely === undefined ? [] : [{ ...likely, order }];
  });
}

/** Viewed once, and nothing has happened to it since: nothing to ask about. */
function ofProduct(look: Look, moment: Moment): Likely[] {
  const { product, seen, inCart, changes } = look;
  const news = (changes.back === undefined ? 0 : 0.1) + (changes.fall === undefined ? 0 : 0.1);
  if (seen < 2 && !inCart && news === 0) return [];
  const base = { product, reason: seenWords(look, moment) };
  const weight = (inCart ? 0.45 : 0.35) + (seen > 1 ? 0.15 : 0) + news;
  if (product.stock === 0) {
    return [{ ...base, question: ASKS.restock, intents: ['presale.restock', 'presale.stock'], weight: weight + 0.1 }];
  }
  return inCart && changes.back === undefined
    ? [
        {
          ...base,
          weight,
          question: ASKS.coupon,
          intents: ['promotion.coupon_get', 'promotion.coupon', 'price.bargain'],
        },
      ]
    : [{ ...base, weight, question: ASKS.stock, intents: ['presale.stock'] }];
}

/** "Kettle: in the cart, viewed 2 times, out of stock now". */
function seenWords(look: Look, moment: Moment): Words {
  const words = lookWords(look, moment);
  return {
    zh: `${look.product.title}：${words.map(({ zh }) => zh).join('，')}`,
    en: `${look.product.title}: ${words.map(({ en }) => en).join(', ')}`,
  };
}

/** Most likely first; of two with one question the likelier. */
export function likelyOf(customer: Customer, looks: readonly Look[], moment: Moment): Likely[] {
  const all = [...ofOrders(customer, moment), ...looks.flatMap((look) => ofProduct(look, moment))].sort(
    (a, b) => b.weight - a.weight,
  );
  return [...new Map(all.toReversed().map((one) => [one.question, one])).values()].sort((a, b) => b.weight - a.weight);
}
