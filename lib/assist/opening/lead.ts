/** What a customer who has not said a word is worth attending to, from what the platform saw, in parts that add up. */
import type { Customer } from '../../domain/customer.ts';
import type { Opening, OpeningRule } from '../../domain/opening.ts';
import type { Product } from '../../domain/product.ts';

type Part = Opening['lead']['parts'][number];

/** Views beyond these say no more. */
const MOST_VIEWS = 5;
const MOST = 100;

const amountOf = ({ price }: Product): number => Number(price?.amount ?? 0);

/** How often each product was viewed: an id that stands twice was viewed again. */
export function viewCounts({ recentViews = [] }: Customer): Map<string, number> {
  const counts = new Map<string, number>();
  for (const id of recentViews) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

export function leadOf(customer: Customer, products: readonly Product[], rule: OpeningRule['lead']): Opening['lead'] {
  const counts = viewCounts(customer);
  const again = [...counts.values()].filter((count) => count > 1).length;
  const cart = new Set(customer.cart ?? []);
  const value = products.filter(({ id }) => cart.has(id)).reduce((sum, product) => sum + amountOf(product), 0);
  const step = rule.cartValue.toSorted((a, b) => b.atLeast - a.atLeast).find(({ atLeast }) => value >= atLeast);
  const views = Math.min(counts.size, MOST_VIEWS);
  const orders = customer.orders?.length ?? 0;
  const parts: Part[] = [
    { name: 'views', value: counts.size, points: views * rule.perView },
    { name: 'viewed_again', value: again, points: again > 0 ? rule.viewedAgain : 0 },
    { name: 'in_cart', value: cart.size, points: cart.size > 0 ? rule.inCart : 0 },
    { name: 'cart_value', value, points: value > 0 ? (step?.points ?? 0) : 0 },
    { name: 'returning', value: orders, points: orders > 0 ? rule.returning : 0 },
    ...(customer.tags ?? []).flatMap((tag) => tagPart(tag, rule)),
  ];
  const counted = parts.filter(({ points }) => points !== 0);
  const score = counted.reduce((sum, { points }) => sum + points, 0);
  return { score: Math.round(Math.min(MOST, Math.max(0, score))), parts: counted };
}

function tagPart(tag: string, { perTag }: OpeningRule['lead']): Part[] {
  const points = Object.hasOwn(perTag, tag) ? perTag[tag] : undefined;
  return points === undefined ? [] : [{ name: 'tag', value: tag, points }];
}
