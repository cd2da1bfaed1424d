/** Which products a reply may be about that names none in full. */
import type { Assist } from '../../domain/assist.ts';
import type { Customer } from '../../domain/customer.ts';
import type { Message } from '../../domain/message.ts';
import type { Catalog } from '../situation.ts';

export type InPlay = {
  /** Those of the newest line that shows or names any; else of the cards beside the newest turn, where it is one. */
  spokenOf: string[];
  /** Everything else that stands beside the conversation, the nearest first. */
  around: string[];
  /** What was said in the lines that showed or named the one spoken of. */
  calls: string;
};

/** Lines looked back, and products read for one reply. */
const MAX_BACK = 10;
const MAX_AROUND = 8;

type Read = { messages: readonly Message[]; assists: readonly Assist[]; customer: Customer | undefined };

/** Ids as they were sent: whether the catalogue knows them is for whoever reads them to see. */
export function productsInPlay({ messages, assists, customer }: Read, catalog: Catalog | undefined): InPlay {
  const lines = messages
    .filter(({ recalled }) => recalled !== true)
    .slice(-MAX_BACK)
    .map((message) => ({ text: message.text, ids: productsOf(message, assists, catalog) }))
    .filter(({ ids }) => ids.length > 0);
  const cards = (assists.at(-1)?.cards ?? []).map(({ productId }) => productId);
  const spokenOf = lines.at(-1)?.ids ?? (cards.length === 1 ? cards : []);
  const around = [
    ...lines.flatMap(({ ids }) => ids).toReversed(),
    ...cards,
    ...orderedBy(customer, catalog),
    ...(customer?.cart ?? []),
    ...(customer?.recentViews ?? []),
  ].filter((id) => !spokenOf.includes(id));
  const calls = lines.filter(({ ids }) => ids.some((id) => spokenOf.includes(id))).map(({ text }) => text);
  return { spokenOf, around: [...new Set(around)].slice(0, MAX_AROUND), calls: calls.join('\n') };
}

/** By card, in words, or as the turn that it belongs to was read. */
function productsOf({ id, text, parts }: Message, assists: readonly Assist[], catalog: Catalog | undefined): string[] {
  const shown = parts.flatMap(({ productId }) => (productId === undefined ? [] : [productId]));
  const named = catalog?.mentions(text).map((mention) => mention.id) ?? [];
  const read = assists
    .filter(({ messageIds }) => messageIds.includes(id))
    .flatMap(({ understanding }) => understanding.entities)
    .flatMap((entity) => (entity.type === 'product' && text.includes(entity.text) ? [entity.value] : []));
  return [...new Set([...shown, ...named, ...read])];
}

/** What the customer has ordered; items that come without a product's id are known by their title. */
const orderedBy = (customer: Customer | undefined, catalog: Catalog | undefined): string[] =>
  (customer?.orders ?? [])
    .flatMap(({ items = [] }) => items)
    .flatMap(({ productId, title }) => productId ?? catalog?.mentions(title).map(({ id }) => id) ?? []);
