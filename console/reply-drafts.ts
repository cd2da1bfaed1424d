import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Suggestion } from '../lib/domain/assist.ts';
import type { Api } from './api.ts';
import type { CardStore } from './card-store.ts';
import { type Draft, EMPTY_DRAFT, type Insertion, insert, typed } from './draft.ts';
import { visibleReplies } from './visible.ts';

/** A suggestion of the card on screen, and the assist it belongs to. */
type Chosen = { assistId: string; suggestion: Suggestion };

export type ReplyDrafts = {
  draft: Signal<Draft>;
  /** To be called before `openId` changes. */
  swap(id: string): void;
  sent(id: string): void;
  /** Into the reply of that conversation, also when another one has been opened since. */
  insertInto(id: string, insertion: Insertion): void;
  /** The reply as it stands in that conversation. */
  textOf(id: string): string;
  insert(insertion: Insertion): void;
  /** The suggestion at a place, counted in the order on the card. */
  chosen(place: number): Chosen | undefined;
  insertSuggestion(place: number): void;
  insertPhrase(): void;
  type(text: string): void;
};

/** The reply being written, one draft for each conversation. */
export function createReplyDrafts(
  openId: ReadonlySignal<string | undefined>,
  api: Pick<Api, 'feedback'>,
  cards: Pick<CardStore, 'card'>,
): ReplyDrafts {
  const draft = signal<Draft>(EMPTY_DRAFT);
  const kept = new Map<string, Draft>();
  const at = (id: string) => (id === openId.value ? draft.value : (kept.get(id) ?? EMPTY_DRAFT));
  const keep = (id: string, next: Draft) => {
    if (id === openId.value) draft.value = next;
    else kept.set(id, next);
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
  const chosen = (place: number) => {
    const assist = cards.card.value;
    const suggestion = assist === undefined ? undefined : visibleReplies(assist)[place];
    return assist === undefined || suggestion === undefined ? undefined : { assistId: assist.id, suggestion };
  };
  return {
    draft,
    insertInto,
    chosen,
    insert: put,
    textOf: (id) => at(id).text,
    swap(id) {
      if (openId.value !== undefined) kept.set(openId.value, draft.value);
      draft.value = kept.get(id) ?? EMPTY_DRAFT;
    },
    sent(id) {
      kept.delete(id);
      if (openId.value === id) draft.value = EMPTY_DRAFT;
    },
    insertSuggestion(place) {
      const one = chosen(place);
      if (one !== undefined) put(asInsertion(one, one.suggestion.text));
    },
    insertPhrase() {
      const text = cards.card.value?.next?.text;
      if (text !== undefined) put({ kind: 'phrase', text });
    },
    type(text) {
      draft.value = typed(draft.value, text);
    },
  };
}

/** Whatever words go into the reply, they count as the suggestion's own only while they are. */
export function asInsertion({ assistId, suggestion }: Chosen, text: string): Insertion {
  return { kind: 'suggestion', text, origin: { assistId, suggestionId: suggestion.id, text: suggestion.text } };
}
