import type { DeskPhrase } from '../../../lib/domain/contract/desk-session.ts';
import type { PhraseList } from '../tools-api.ts';
import { t } from '../words.ts';
import type { PhraseStore } from './phrases-store.ts';

type RowsProps = {
  store: PhraseStore;
  list: PhraseList;
  phrases: readonly DeskPhrase[];
  attempt: (work: Promise<unknown>) => void;
  onEdit: (phrase: DeskPhrase) => void;
};

/** The phrases of a list in their order, each with what can be done with it. */
export function PhraseRows({ store, list, phrases, attempt, onEdit }: RowsProps) {
  const { phrasesEmpty, edit, remove, up, down } = t.value;
  if (phrases.length === 0) return <p class="none muted">{phrasesEmpty}</p>;
  return (
    <ol class="phrase-list">
      {phrases.map((phrase, at) => {
        const name = phrase.title ?? phrase.shortcut ?? phrase.text.slice(0, 20);
        const act = (label: string, sign: string, run: () => void, disabled = false) => (
          <button
            type="button"
            class="quiet icon"
            aria-label={`${label}: ${name}`}
            title={label}
            disabled={disabled}
            onClick={run}
          >
            {sign}
          </button>
        );
        return (
          <li key={phrase.id} data-testid="phrase">
            <span class="phrase-body">
              <strong>{phrase.title}</strong> {phrase.shortcut === undefined ? null : <code>/{phrase.shortcut}</code>}
              <span class="small muted">{phrase.text}</span>
            </span>
            {act(up, '↑', () => attempt(store.move(list, phrase.id, -1)), at === 0)}
            {act(down, '↓', () => attempt(store.move(list, phrase.id, 1)), at === phrases.length - 1)}
            {act(edit, '✎', () => onEdit(phrase))}
            {act(remove, '×', () => attempt(store.remove(list, phrase.id)))}
          </li>
        );
      })}
    </ol>
  );
}
