import type { FactChange } from '../lib/domain/contract/desk-actions.ts';
import type { Money } from '../lib/domain/product.ts';
import type { Draft, DraftCard } from './draft.ts';
import { money } from './format.ts';

/** A price as a change tells it: an amount and its currency. */
function priceOf(is: string): Money | undefined {
  const [, amount, currency] = /^(\d+(?:\.\d+)?) ([A-Z]{3})$/.exec(is) ?? [];
  return amount === undefined || currency === undefined ? undefined : { amount, currency };
}

function withPrice(card: DraftCard, price: Money): DraftCard {
  const was = card.price === undefined ? undefined : money(card.price);
  const text = was === undefined ? card.text : card.text.replace(was, () => money(price));
  return { ...card, price, text };
}

function renewedCard(card: DraftCard, changes: readonly FactChange[]): DraftCard {
  const ofCard = changes.filter(({ productId }) => productId === card.productId);
  const price = priceOf(ofCard.find(({ field }) => field === 'price')?.is ?? '');
  return price === undefined ? card : withPrice(card, price);
}

/**
 * A reply whose products have another price by now, with that price in the words that its cards put there: who is told
 * 399 beside a card must not read 369. What the agent wrote around them stays; a change that is no price is left to them.
 */
export function renewed(draft: Draft, changes: readonly FactChange[]): Draft {
  let { text } = draft;
  const cards = (draft.cards ?? []).map((card) => {
    const next = renewedCard(card, changes);
    text = text.replace(card.text, () => next.text);
    return next;
  });
  if (text === draft.text) return draft;
  const { last: _, ...kept } = draft;
  return { ...kept, text, cards };
}
