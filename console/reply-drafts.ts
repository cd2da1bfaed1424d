import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Suggestion } from '../lib/domain/assist.ts';
import type { Api } from './api.ts';
import type { CardStore } from './card-store.ts';
import { type Draft, EMPTY_DRAFT, type Insertion, insert, typed } from './draft.ts';
import { type Kept, keep as keepFor, readKept } from './kept.ts';
import { visibleReplies } from './visible.ts';

/** A suggestion of the card on screen, and the assist it belongs to. */
type Chosen = { assistId: string; suggestion: Suggestion };

export type ReplyDrafts = {
  draft: ReadonlySignal<Draft>;
  sent(id: string): void;
  /** Back into the reply, as it was when it could not be sent; false where something else was written since. */
  putBack(id: string, draft: Draft): boolean;
  /** The conversations in which a reply has been begun. */
  begun: ReadonlySignal<ReadonlySet<string>>;
  /** Into the reply of that conversation, also when another one has been opened since. */
  insertInto(id: string, insertion: Insertion): void;
  /** The reply as it stands in that conversation. */
  textOf(id: string): string;
  insert(insertion: Insertion): void;
  /** The suggestion at a place, counted in the order on the card. */
  chosen(place: number): Chosen | undefined;
  insertSuggestion(place: number): void;
  insertPhrase(): void;
  /** What a digit's key would insert, where the text is that digit and no more. */
  keyedBy(text: string): string | undefined;
  type(text: string): void;
};

/** The reply being written, one draft for each conversation; kept for this tab, so that a reload loses none. */
export function createReplyDrafts(
  openId: ReadonlySignal<string | undefined>,
  api: Pick<Api, 'feedback'>,
  cards: Pick<CardStore, 'card'>,
  kept: Kept,
): ReplyDrafts {
  const drafts = signal<Record<string, Draft>>(readKept(kept, 'cuecard.drafts') ?? {});
  const at = (id: string | undefined) => drafts.value[id ?? ''] ?? EMPTY_DRAFT;
  const keep = (id: string, next: Draft) => {
    const { [id]: _, ...others } = drafts.value;
    drafts.value = next.text === '' ? others : { ...others, [id]: next };
    keepFor(kept, 'cuecard.drafts', drafts.value);
  };
  const insertInto = (id: string, insertion: Insertion) => {
    keep(id, insert(at(id), insertion));
    const { origin } = insertion;
    if (origin === undefined) return;
    const copied = { suggestionId: origin.suggestionId, event: 'copied' } as const;
    void api.feedback(origin.assistId, copied).catch(() => undefined);
  };
  const put = (insertion: Insertion) => {
    if (openId.value !== undefined) insertInto(openId.value, insertion);
  };
  /** A digit alone in the reply was meant as the key of what it inserts now. */
  const putInstead = (digit: string, insertion: Insertion) => {
    const id = openId.value;
    if (id !== undefined && at(id).text.trim() === digit) keep(id, EMPTY_DRAFT);
    put(insertion);
  };
  const chosen = (place: number) => {
    const assist = cards.card.value;
    const suggestion = assist === undefined ? undefined : visibleReplies(assist)[place];
    return assist === undefined || suggestion === undefined ? undefined : { assistId: assist.id, suggestion };
  };
  return {
    draft: computed(() => at(openId.value)),
    begun: computed(() => new Set(Object.keys(drafts.value))),
    insertInto,
    chosen,
    insert: put,
    textOf: (id) => at(id).text,
    sent: (id) => keep(id, EMPTY_DRAFT),
    putBack(id, draft) {
      if (at(id).text.trim() !== '') return at(id).text.includes(draft.text);
      keep(id, draft);
      return true;
    },
    insertSuggestion(place) {
      const one = chosen(place);
      if (one !== undefined) putInstead(String(place + 1), asInsertion(one, one.suggestion.text));
    },
    insertPhrase() {
      const text = cards.card.value?.next?.text;
      if (text !== undefined) putInstead('0', { kind: 'phrase', text });
    },
    keyedBy(text) {
      if (text === '0') return cards.card.value?.next?.text;
      return /^[1-9]$/.test(text) ? chosen(Number(text) - 1)?.suggestion.text : undefined;
    },
    type(text) {
      if (openId.value !== undefined) keep(openId.value, typed(at(openId.value), text));
    },
  };
}

/** Whatever words go into the reply, they count as the suggestion's own only while they are. */
export function asInsertion({ assistId, suggestion }: Chosen, text: string): Insertion {
  return { kind: 'suggestion', text, origin: { assistId, suggestionId: suggestion.id, text: suggestion.text } };
}
