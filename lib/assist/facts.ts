import type { Facts, FactValue } from '../domain/condition-truth.ts';
import type { Customer, Order } from '../domain/customer.ts';
import { instantOf, localTime } from '../domain/local-time.ts';
import { orderStatus } from '../domain/order-status.ts';
import type { Product } from '../domain/product.ts';
import type { Catalog, Line, Situation } from './situation.ts';

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

/** A shorter number is found in any text. */
const SHORTEST_NUMBER = 4;

/** The customer's orders that a text names: by order number or tracking number, written alone or among words. */
export function ordersIn(customer: Customer | undefined, text: string): Order[] {
  const upper = text.normalize('NFKC').toUpperCase();
  return (customer?.orders ?? []).filter(({ number, shipment }) =>
    [number, shipment?.trackingNumber ?? ''].some((one) => contains(upper, one.normalize('NFKC').trim().toUpperCase())),
  );
}

/** Whether a number stands in a text as a whole. */
function contains(text: string, number: string): boolean {
  if (number.length < SHORTEST_NUMBER) return false;
  for (let at = text.indexOf(number); at !== -1; at = text.indexOf(number, at + 1)) {
    const around = text.charAt(at - 1) + text.charAt(at + number.length);
    if (!/[A-Z0-9]/.test(around)) return true;
  }
  return false;
}

/** The order spoken of last, if the conversation so far named one that the customer has. */
function lastNamed(customer: Customer | undefined, history: readonly Line[]): Order | undefined {
  for (const line of history.toReversed()) {
    const named = ordersIn(customer, line.text);
    if (named.length === 1) return named[0];
  }
  return undefined;
}

/** The one order that contains a product, by its id or, where items come without one, by its title. */
export function containing(
  orders: readonly Order[],
  products: readonly string[],
  catalog: Catalog | undefined,
): Order | undefined {
  const named = new Set(products);
  const found = orders.filter((order) =>
    order.items?.some(({ productId, title }) =>
      productId === undefined
        ? named.size > 0 && catalog?.mentions(title).some(({ id }) => named.has(id))
        : named.has(productId),
    ),
  );
  return found.length === 1 ? found[0] : undefined;
}

/** What the turn itself says: order numbers (or tracking numbers), and products. */
export type Named = { orders: readonly string[]; products: readonly string[] };

/** Which order: the one named in the turn; else the only one; else the one spoken of before; else any of them. */
export function orderCandidates(
  customer: Customer | undefined,
  named: Named,
  history: readonly Line[],
  catalog?: Catalog,
): OrderCandidates {
  const orders = customer?.orders;
  if (named.orders.length > 0) {
    const numbers = new Set(named.orders.map(fold));
    const known = orders?.filter((order) => isNamed(order, numbers)) ?? [];
    return known.length > 0 ? known : ['unknown'];
  }
  if (orders === undefined) return ['unknown'];
  if (orders.length === 0) return ['none'];
  const [first, ...others] = orders;
  const meant =
    others.length === 0 ? first : (containing(orders, named.products, catalog) ?? lastNamed(customer, history));
  return meant === undefined ? orders : [meant];
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
