/** What a customer who has not said a word is worth attending to, from what the platform saw, in parts that add up. */
import type { Customer } from '../../domain/customer.ts';
import type { Opening, OpeningRule } from '../../domain/opening.ts';
import type { Product } from '../../domain/product.ts';
import { type Look, viewCounts } from './look.ts';

type Part = Opening['lead']['parts'][number];

/** Views beyond these say no more. */
const MOST_VIEWS = 5;
const MOST = 100;

const amountOf = ({ price }: Product): number => Number(price?.amount ?? 0);

export function leadOf(customer: Customer, looks: readonly Look[], rule: OpeningRule['lead']): Opening['lead'] {
  const counts = viewCounts(customer);
  const again = [...counts.values()].filter((count) => count > 1).length;
  const cart = new Set(customer.cart ?? []);
  const value = looks.filter(({ inCart }) => inCart).reduce((sum, { product }) => sum + amountOf(product), 0);
  const step = rule.cartValue.toSorted((a, b) => b.atLeast - a.atLeast).find(({ atLeast }) => value >= atLeast);
  const views = Math.min(counts.size, MOST_VIEWS);
  const orders = customer.orders?.length ?? 0;
  const parts: Part[] = [
    { name: 'views', value: counts.size, points: views * rule.perView },
    { name: 'viewed_again', value: again, points: again > 0 ? rule.viewedAgain : 0 },
    { name: 'in_cart', value: cart.size, points: cart.size > 0 ? rule.inCart : 0 },
    { name: 'cart_value', value, points: value > 0 ? (step?.points ?? 0) : 0 },
    ...changeParts(looks, rule),
    { name: 'returning', value: orders, points: orders > 0 ? rule.returning : 0 },
    ...(customer.tags ?? []).flatMap((tag) => tagPart(tag, rule)),
  ];
  const counted = parts.filter(({ points }) => points !== 0);
  const score = counted.reduce((sum, { points }) => sum + points, 0);
  return { score: Math.round(Math.min(MOST, Math.max(0, score))), parts: counted };
}

function changeParts(looks: readonly Look[], { priceFell = 0, backInStock = 0 }: OpeningRule['lead']): Part[] {
  const fell = looks.filter(({ changes }) => changes.fall !== undefined).length;
  const back = looks.filter(({ changes }) => changes.back !== undefined).length;
  return [
    { name: 'price_fell', value: fell, points: fell > 0 ? priceFell : 0 },
    { name: 'back_in_stock', value: back, points: back > 0 ? backInStock : 0 },
  ];
}

function tagPart(tag: string, { perTag }: OpeningRule['lead']): Part[] {
  const points = Object.hasOwn(perTag, tag) ? perTag[tag] : undefined;
  return points === undefined ? [] : [{ name: 'tag', value: tag, points }];
}
