import type { CardToSend } from '../lib/domain/contract/desk-actions.ts';

/** Where inserted text came from: its ids go with the reply, so that what was used or edited is known. */
type Origin = { assistId: string; suggestionId: string; text: string };
/** A product card to send along, with the facts that stood on it; `text` is what it put into the reply. */
export type DraftCard = CardToSend & { text: string };
export type Draft = {
  text: string;
  origin?: Origin;
  cards?: readonly DraftCard[];
  /** The last insertion; while the text still ends with it untouched, another of its kind replaces it. */
  last?: { kind: 'suggestion' | 'phrase' | 'card'; start: number; text: string };
};
export type Insertion = { kind: 'suggestion' | 'phrase' | 'card'; text: string; origin?: Origin; card?: CardToSend };

export const EMPTY_DRAFT: Draft = { text: '' };

/** Words are parted by a space, Chinese by nothing, a product by a line of its own. */
function separator(before: string, kind: Insertion['kind']): string {
  if (before === '' || /\s$/.test(before)) return '';
  if (kind === 'card') return '\n';
  return /[\u0021-\u007e]$/.test(before) ? ' ' : '';
}

/**
 * Puts a suggestion, a phrase or a product into the draft. A second suggestion replaces an untouched first one; what
 * the agent wrote is never overwritten.
 */
export function insert(draft: Draft, insertion: Insertion): Draft {
  const { last } = draft;
  const untouched = last?.kind === insertion.kind && draft.text === draft.text.slice(0, last.start) + last.text;
  const before = untouched ? draft.text.slice(0, last.start) : draft.text;
  const start = before.length;
  const added = separator(before, insertion.kind) + insertion.text;
  const origin = insertion.origin ?? draft.origin;
  const cards = cardsWith(draft.cards ?? [], insertion);
  return {
    text: before + added,
    last: { kind: insertion.kind, start, text: added },
    ...(origin === undefined ? {} : { origin }),
    ...(cards.length === 0 ? {} : { cards }),
  };
}

function cardsWith(cards: readonly DraftCard[], { card, text }: Insertion): readonly DraftCard[] {
  if (card === undefined) return cards;
  return [...cards.filter(({ productId }) => productId !== card.productId), { ...card, text }];
}

/** The cards whose words still stand in the reply: a product that was deleted is not sent. */
export function cardsIn({ text, cards = [] }: Draft): CardToSend[] {
  return cards.filter((card) => text.includes(card.text)).map(({ text: _, ...card }) => card);
}

/** What the agent typed. An emptied draft forgets where its text came from. */
export function typed(draft: Draft, text: string): Draft {
  return text.trim() === '' ? { text } : { ...draft, text };
}
