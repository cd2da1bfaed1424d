import type { Facts, FactValue } from '../domain/condition-truth.ts';
import type { Customer, Order } from '../domain/customer.ts';
import { instantOf, localTime } from '../domain/local-time.ts';
import { orderStatus } from '../domain/order-status.ts';
import type { Product } from '../domain/product.ts';
import type { Line, Situation } from './situation.ts';

/**
 * The orders a turn may be about. One `order` is known to be it; with several, any of them may be. `none`: the customer
 * has no order, as far as the platform says. `unknown`: an order we know nothing of.
 */
export type OrderCandidates = readonly (Order | 'none' | 'unknown')[];
/** Likewise the products. */
export type ProductCandidates = readonly (Product | 'unknown')[];

const fold = (number: string) => number.normalize('NFKC').replace(/\s/g, '').toUpperCase();

function isNamed(order: Order, numbers: ReadonlySet<string>): boolean {
  return numbers.has(fold(order.number)) || numbers.has(fold(order.shipment?.trackingNumber ?? ''));
}

/** The order with this number (or this tracking number), as customers type it. */
export function orderNumbered(customer: Customer | undefined, number: string): Order | undefined {
  const numbers = new Set([fold(number)]);
  return customer?.orders?.find((order) => isNamed(order, numbers));
}

/** The order spoken of last, if the conversation so far named one that the customer has. */
function lastNamed(orders: readonly Order[], history: readonly Line[]): Order | undefined {
  for (const line of history.toReversed()) {
    const text = fold(line.text);
    const named = orders.filter((order) => order.number.length >= 4 && text.includes(fold(order.number)));
    if (named.length === 1) return named[0];
  }
  return undefined;
}

/** Which order: the one named in the turn; else the only one; else the one named before; else any of them. */
export function orderCandidates(
  customer: Customer | undefined,
  named: readonly string[],
  history: readonly Line[],
): OrderCandidates {
  const orders = customer?.orders;
  if (named.length > 0) {
    const numbers = new Set(named.map(fold));
    const known = orders?.filter((order) => isNamed(order, numbers)) ?? [];
    return known.length > 0 ? known : ['unknown'];
  }
  if (orders === undefined) return ['unknown'];
  if (orders.length === 0) return ['none'];
  const before = orders.length === 1 ? orders[0] : lastNamed(orders, history);
  return before === undefined ? orders : [before];
}

/** The one candidate there is, if it is known. */
export function only<Known extends object>(candidates: readonly (Known | string)[]): Known | undefined {
  const [first, ...others] = candidates;
  return others.length === 0 && typeof first === 'object' ? first : undefined;
}

const DAY_MS = 86_400_000;
/** In these states an order that has no delivery day has not been delivered; in the others the day is only not known. */
const NOT_DELIVERED: ReadonlySet<string> = new Set(['pending_payment', 'paid', 'processing', 'shipped', 'cancelled']);

function fullDays(since: string | undefined, at: number, timeZone: string): number | undefined {
  const instant = since === undefined ? undefined : instantOf(since, timeZone);
  return instant === undefined ? undefined : Math.floor((at - instant) / DAY_MS);
}

function orderFacts(order: Order | 'none' | 'unknown', at: number, timeZone: string): Facts {
  if (order === 'unknown') return {};
  if (order === 'none') {
    return { 'order.status': null, 'order.payment': null, 'order.age_days': null, 'order.delivered_days': null };
  }
  const status = orderStatus(order.status);
  const unpaid = status === 'pending_payment' ? null : undefined;
  const undelivered = NOT_DELIVERED.has(status) ? null : undefined;
  return known({
    'order.status': order.status,
    'order.payment': order.paymentMethod ?? unpaid,
    'order.age_days': fullDays(order.placedAt, at, timeZone),
    'order.delivered_days': fullDays(order.deliveredAt, at, timeZone) ?? undelivered,
  });
}

function productFacts(product: Product | 'unknown'): Facts {
  if (product === 'unknown') return {};
  return { 'product.category': product.category ?? null, 'product.sku': product.sku ?? product.id };
}

function known(facts: Partial<Record<keyof Facts, FactValue | undefined>>): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

/** Conversation ids of these platforms carry their name; all others come by the generic webhook. */
const PLATFORM = /^(chatwoot|wechat|zendesk|intercom):/;

export function platformOf(conversationId: string): string {
  return PLATFORM.exec(conversationId)?.[1] ?? 'generic';
}

function commonFacts(situation: Situation): Facts {
  const local = localTime(situation.at, situation.tenant.settings.timeZone);
  return known({
    platform: platformOf(situation.conversationId),
    channel: situation.channel,
    shop: situation.shop,
    'customer.tag': situation.customer === undefined ? undefined : (situation.customer.tags ?? []),
    first_contact: situation.firstContact,
    time: local.hour * 60 + local.minute,
    weekday: local.weekday,
    date: local.year * 10_000 + local.month * 100 + local.day,
  });
}

/** Every set of facts that may be the true one: the order and the product the turn is about may both be open. */
export function factAlternatives(
  situation: Situation,
  orders: OrderCandidates,
  products: ProductCandidates,
): readonly Facts[] {
  const common = commonFacts(situation);
  const timeZone = situation.tenant.settings.timeZone;
  return orders.flatMap((order) =>
    products.map((product) => ({ ...common, ...orderFacts(order, situation.at, timeZone), ...productFacts(product) })),
  );
}
