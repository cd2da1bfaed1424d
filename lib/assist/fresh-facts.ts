/** What an agent is about to send may have changed since they saw it: facts are read again, and a change is told first. */
import type { Suggestion } from '../domain/assist.ts';
import type { CardToSend, FactChange } from '../domain/contract/desk-actions.ts';
import type { Customer, Order } from '../domain/customer.ts';
import { CuecardError } from '../domain/error.ts';
import type { ProductId } from '../domain/ids.ts';
import type { Part } from '../domain/message.ts';
import { orderStatus } from '../domain/order-status.ts';
import type { Money, Product } from '../domain/product.ts';
import type { StoredAssist } from '../ports/conversations.ts';
import { readReplayInputs } from './replay.ts';
import type { ReadProducts } from './situation.ts';

/** Raises `unavailable`: a card is never sent with facts that nobody could check. */
async function readFacts(read: ReadProducts, ids: readonly ProductId[]): Promise<Map<string, Product>> {
  try {
    return new Map((await read(ids)).map((product) => [product.id, product]));
  } catch (cause) {
    throw new CuecardError('unavailable', 'the products could not be read; nothing was sent, try again', { cause });
  }
}

const money = ({ amount, currency }: Money): string => `${amount} ${currency}`;
const isSamePrice = (a: Money, b: Money): boolean =>
  Number(a.amount) === Number(b.amount) && a.currency.toUpperCase() === b.currency.toUpperCase();
const inStock = ({ stock }: Product): boolean | undefined => (stock === undefined ? undefined : stock > 0);
const stockWord = (is: boolean): string => (is ? 'in' : 'out');

/** What differs between a card as the agent saw it and the product as it is; a fact the card did not show cannot differ. */
export function changesOf(card: CardToSend, product: Product | undefined): FactChange[] {
  const { productId, price, inStock: seen } = card;
  if (product === undefined) return [{ productId, title: productId, field: 'product', was: 'sold', is: 'gone' }];
  const of = { productId, title: product.title };
  const now = inStock(product);
  const priced = price !== undefined && (product.price === undefined || !isSamePrice(price, product.price));
  return [
    ...(priced
      ? [
          {
            ...of,
            field: 'price' as const,
            was: money(price),
            is: product.price === undefined ? '-' : money(product.price),
          },
        ]
      : []),
    ...(seen !== undefined && now !== undefined && seen !== now
      ? [{ ...of, field: 'stock' as const, was: stockWord(seen), is: stockWord(now) }]
      : []),
  ];
}

/** A card as it goes: a title and a price for who shows only text, the id for who has the product. */
function partOf({ id, title, price, url }: Product): Part {
  return {
    kind: 'product_card',
    productId: id,
    text: price === undefined ? title : `${title} ${money(price)}`,
    ...(url === undefined ? {} : { url }),
  };
}

export type FreshCards = { parts: Part[]; changes: FactChange[] };

/** The cards with the facts of now, less those of products that are sold no more. */
export async function freshCards(read: ReadProducts, cards: readonly CardToSend[]): Promise<FreshCards> {
  if (cards.length === 0) return { parts: [], changes: [] };
  const products = await readFacts(read, [...new Set(cards.map(({ productId }) => productId))]);
  const known = [...new Set(cards.map(({ productId }) => productId))].flatMap((id) => products.get(id) ?? []);
  return {
    parts: known.map(partOf),
    changes: cards.flatMap((card) => changesOf(card, products.get(card.productId))),
  };
}

type Cited = { suggestion: Suggestion; stored: StoredAssist };

/**
 * What a suggestion rests on and has changed since: the price that it names, the state of the order that its condition
 * asked for. An edited reply that no longer says the old price says nothing wrong.
 */
export async function changesSince(
  { suggestion, stored }: Cited,
  text: string,
  read: ReadProducts,
  customer: () => Promise<Customer | undefined>,
): Promise<FactChange[]> {
  const { kind } = suggestion.source;
  // A turn that was withdrawn or could not be read rests on nothing.
  if (Object.keys(stored.inputs ?? {}).length === 0) return [];
  if (kind === 'product') return priceSince(suggestion, stored, text, read);
  const restsOnOrder = kind === 'order' || (suggestion.condition ?? '').includes('order.');
  return restsOnOrder ? ordersSince(ordersThen(stored), (await customer())?.orders ?? []) : [];
}

async function priceSince(
  { source }: Suggestion,
  { inputs }: StoredAssist,
  text: string,
  read: ReadProducts,
): Promise<FactChange[]> {
  const then = readReplayInputs(inputs).products?.find(({ id }) => id === source.id.replace(/^product:/, ''));
  if (then?.price === undefined || !says(text, then.price)) return [];
  const now = (await readFacts(read, [then.id])).get(then.id);
  return changesOf({ productId: then.id, price: then.price }, now);
}

/** Whether a text names the amount, with or without separators and decimals. */
const says = (text: string, { amount }: Money): boolean =>
  (text.replace(/(?<=\d),(?=\d{3})/g, '').match(/\d+(?:\.\d+)?/g) ?? []).some((one) => Number(one) === Number(amount));

/** The orders that the assist spoke of: the one of its panel, else all it knew. */
function ordersThen({ assist, inputs }: StoredAssist): Order[] {
  const orders = readReplayInputs(inputs).customer?.orders ?? [];
  const named = orders.filter(({ number }) => number === assist.order?.number);
  return named.length > 0 ? named : orders.length === 1 ? orders : [];
}

const ordersSince = (then: readonly Order[], now: readonly Order[]): FactChange[] =>
  then.flatMap(({ number, status }) => {
    const current = now.find((order) => order.number === number)?.status;
    if (current === undefined || orderStatus(current) === orderStatus(status)) return [];
    return [{ productId: number, title: number, field: 'order' as const, was: status, is: current }];
  });

/** Raises `conflict` with the changes, in words that an agent reads. */
export function refuseChanged(changes: readonly FactChange[]): never {
  const names = [...new Set(changes.map(({ title }) => title))].join(', ');
  throw new CuecardError('conflict', `not sent: facts have changed since (${names}); look at them and send again`, {
    members: { changes },
  });
}
