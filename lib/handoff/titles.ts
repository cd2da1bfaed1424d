/** Products by the titles that a conversation knows: an id tells an agent nothing. */
import type { Assist } from '../domain/assist.ts';
import type { Customer } from '../domain/customer.ts';
import type { Message } from '../domain/message.ts';
import type { Product } from '../domain/product.ts';

export type TitleInput = {
  messages: readonly Message[];
  assists: readonly Assist[];
  customer: Customer | undefined;
  /** What the catalogue knows of the customer's cart and views. */
  products?: readonly Pick<Product, 'id' | 'title'>[] | undefined;
};

/** Titles by product id. The catalogue's before the orders' own words, and those before what a card in the chat says. */
export function titlesOf({ messages, assists, customer, products = [] }: TitleInput): Map<string, string> {
  const shown = messages.filter(({ recalled }) => recalled !== true).flatMap(({ parts }) => parts);
  const bought = (customer?.orders ?? []).flatMap(({ items = [] }) => items);
  const known: { id: string | undefined; title: string | undefined }[] = [
    ...shown.map(({ kind, productId, text }) => ({ id: productId, title: kind === 'product_card' ? text : undefined })),
    ...bought.map(({ productId, title }) => ({ id: productId, title })),
    ...assists.flatMap(({ cards }) => cards.map(({ productId, title }) => ({ id: productId, title }))),
    ...products,
  ];
  return new Map(
    known.flatMap(({ id = '', title = '' }) => (id === '' || title.trim() === '' || title === id ? [] : [[id, title]])),
  );
}
