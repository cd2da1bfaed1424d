/** How urgent a hand-off is: danger, then law, then everything else by its reason and what the tenant adds to it. */
import type { DecisionReason } from '../domain/assist.ts';
import type { Customer, Order } from '../domain/customer.ts';
import type { Product } from '../domain/product.ts';
import type { Priorities } from '../domain/routing.ts';

const REASON: Readonly<Partial<Record<DecisionReason, number>>> = { asked_for_person: 6 };
const USUAL = 5;
/** Nothing that a tenant adds, nor any waiting, goes before these. */
const ON_TOP: Readonly<Partial<Record<DecisionReason, number>>> = { safety: 9, legal: 8 };
const MOST = 7;

export type Urgency = {
  reason: DecisionReason;
  angry: boolean;
  tags: readonly string[];
  /** What the newest order, the cart or what was viewed is worth, in the shop's currency. */
  amount: number;
};

/** 0 (lowest) to 9. Without points of the tenant's own a shop's best customers go one step ahead, anger before all usual. */
export function priorityOf({ reason, angry, tags, amount }: Urgency, points: Priorities = {}): number {
  const onTop = ON_TOP[reason];
  if (onTop !== undefined) return onTop;
  const own = REASON[reason] ?? USUAL;
  const added = tagPoints(tags, points.tags) + valuePoints(amount, points.value);
  const upset = angry ? (points.angry ?? MOST) : 0;
  return Math.min(MOST, Math.max(0, own + added + upset));
}

/** A tag counts whatever its case; unless the tenant names tags, "VIP" in one is a point. */
function tagPoints(tags: readonly string[], points: Priorities['tags']): number {
  if (points === undefined) return tags.some((tag) => /vip/i.test(tag)) ? 1 : 0;
  const own = new Set(tags.map((tag) => tag.trim().toLowerCase()));
  return Object.entries(points).reduce((sum, [tag, more]) => sum + (own.has(tag.trim().toLowerCase()) ? more : 0), 0);
}

/** Of the highest step that the amount reaches. */
function valuePoints(amount: number, steps: Priorities['value'] = []): number {
  const reached = steps.filter(({ atLeast }) => amount >= atLeast);
  return reached.sort((a, b) => b.atLeast - a.atLeast)[0]?.points ?? 0;
}

/** The products whose prices the amount depends on: none unless the tenant gives points for value. */
export function valuedProducts(customer: Customer | undefined, points: Priorities | undefined): string[] {
  if ((points?.value ?? []).length === 0) return [];
  return [...new Set([...(customer?.cart ?? []), ...(customer?.recentViews ?? [])])];
}

/** The greatest of: the newest order's total, the cart's total, the dearest thing viewed. */
export function amountOf(customer: Customer | undefined, products: readonly Product[]): number {
  const prices = new Map<string, number>(products.map(({ id, price }) => [id, Number(price?.amount ?? 0)]));
  const priced = (ids: readonly string[]): number[] => ids.map((id) => prices.get(id) ?? 0);
  const cart = priced(customer?.cart ?? []).reduce((sum, price) => sum + price, 0);
  return Math.max(0, totalOf(newest(customer?.orders ?? [])), cart, ...priced(customer?.recentViews ?? []));
}

/** By the day it was placed, as far as platforms say; else the first they name. */
function newest(orders: readonly Order[]): Order | undefined {
  const dated = orders.filter(({ placedAt }) => !Number.isNaN(Date.parse(placedAt ?? '')));
  return dated.sort((a, b) => Date.parse(b.placedAt ?? '') - Date.parse(a.placedAt ?? ''))[0] ?? orders[0];
}

const totalOf = (order: Order | undefined): number =>
  (order?.items ?? []).reduce((sum, { price, quantity }) => sum + priceOf(price) * quantity, 0);

/** "¥1,999.00" or 1999; 0 where it is no number. */
function priceOf(price: string | number | undefined): number {
  if (typeof price === 'number') return price;
  const digits = Number((price ?? '').replaceAll(/[^\d.]/g, ''));
  return Number.isNaN(digits) ? 0 : digits;
}
