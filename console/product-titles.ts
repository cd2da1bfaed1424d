import type { ConversationDetail } from '../lib/domain/contract/desk.ts';

type Known = Pick<ConversationDetail, 'customer' | 'package' | 'assists'>;

/** Products by the names that came with orders, cart, views and cards: an id tells an agent nothing. */
export function titlesOf({ customer, package: handedOver, assists }: Known): Map<string, string> {
  const { cart = [], views = [] } = handedOver?.customer ?? {};
  const ordered = (customer?.orders ?? []).flatMap(({ items = [] }) => items);
  const carded = assists.flatMap(({ cards }) => cards);
  return new Map([...ordered, ...carded, ...cart, ...views].map(({ productId = '', title }) => [productId, title]));
}
