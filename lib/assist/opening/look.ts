/** What a customer has looked at, and what has happened to it since. */
import type { Customer } from '../../domain/customer.ts';
import type { Language } from '../../domain/language.ts';
import type { Product } from '../../domain/product.ts';
import { changeWords } from './change-words.ts';
import { type Changes, changesOf, type Moment } from './since-seen.ts';

/** `seen`: how often it was viewed. */
export type Look = { product: Product; seen: number; inCart: boolean; changes: Changes };

/** How often each product was viewed: an id that stands twice was viewed again. */
export function viewCounts({ recentViews = [] }: Customer): Map<string, number> {
  const counts = new Map<string, number>();
  for (const id of recentViews) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

export function looksAt(customer: Customer, products: readonly Product[], moment: Moment): Look[] {
  const counts = viewCounts(customer);
  const cart = new Set(customer.cart ?? []);
  return products.map((product) => ({
    product,
    seen: counts.get(product.id) ?? 0,
    inCart: cart.has(product.id),
    changes: changesOf(customer, product, moment),
  }));
}

/** Why it is worth attention: where it was seen, how often, what has happened since, whether there is any. */
export function lookWords({ product, seen, inCart, changes }: Look, moment: Moment): Record<Language, string>[] {
  const often = seen === 1 ? { zh: '看过', en: 'viewed' } : { zh: `看过 ${seen} 次`, en: `viewed ${seen} times` };
  return [
    ...(inCart ? [{ zh: '在购物车', en: 'in the cart' }] : []),
    ...(seen > 1 || (seen === 1 && !inCart) ? [often] : []),
    ...changeWords(changes, moment),
    ...(product.stock === 0 ? [{ zh: '现在缺货', en: 'out of stock now' }] : []),
  ];
}
