import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { DeskPhrase } from '../../../lib/domain/contract/desk-session.ts';
import { fill } from '../../words/words.ts';
import type { PhraseList } from '../tools-api.ts';
import { t } from '../words.ts';
import type { PhraseStore } from './phrases-store.ts';

type PhraseFormProps = {
  phrase: DeskPhrase;
  store: PhraseStore;
  list: PhraseList;
  onSave: (phrase: DeskPhrase) => void;
  onCancel: () => void;
};

/** One phrase. That a code is taken is said while it is typed, and kept nobody from saving. */
export function PhraseForm({ phrase, store, list, onSave, onCancel }: PhraseFormProps) {
  const code = useSignal(phrase.shortcut ?? '');
  const first = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => first.current?.focus(), []);
  const words = t.value;
  return (
    <form
      class="phrase-form"
      data-testid="phrase-form"
      onSubmit={(event) => {
        event.preventDefault();
        onSave(read(event.currentTarget, phrase.id));
      }}
    >
      <label>
        <span class="small">{words.phraseTitle}</span>
        <input ref={first} name="title" maxLength={200} defaultValue={phrase.title ?? ''} autocomplete="off" />
      </label>
      <label>
        <span class="small">{words.phraseCode}</span>
        <input
          name="shortcut"
          maxLength={50}
          pattern="\S+"
          title={words.phraseCodeHint}
          value={code.value}
          autocomplete="off"
          spellcheck={false}
          aria-describedby="phrase-code-hint"
          onInput={(event) => {
            code.value = event.currentTarget.value;
          }}
        />
      </label>
      <label>
        <span class="small">{words.phraseLanguage}</span>
        <select name="language" defaultValue={phrase.language ?? ''}>
          <option value="">{words.anyLanguage}</option>
          <option value="zh">中文</option>
          <option value="en">English</option>
        </select>
      </label>
      <p id="phrase-code-hint" class="small muted" data-testid="phrase-code-hint" aria-live="polite">
        {taken(code.value, phrase.id, list, store) ?? words.phraseCodeHint}
      </p>
      <label class="phrase-text">
        <span class="small">{words.phraseText}</span>
        <textarea name="text" rows={3} required maxLength={2_000} aria-describedby="phrase-text-hint">
          {phrase.text}
        </textarea>
      </label>
      <p id="phrase-text-hint" class="small muted">
        {words.phraseTextHint}
      </p>
      <div class="slash-actions">
        <button type="submit" class="primary" data-testid="phrase-save">
          {words.save}
        </button>
        <button type="button" class="quiet" onClick={onCancel}>
          {words.cancel}
        </button>
      </div>
    </form>
  );
}

function read(form: HTMLFormElement, id: string): DeskPhrase {
  const values = new FormData(form);
  const field = (name: string) => String(values.get(name) ?? '').trim();
  const [title, shortcut, language] = [field('title'), field('shortcut'), field('language')];
  return {
    id,
    text: field('text'),
    ...(title === '' ? {} : { title }),
    ...(shortcut === '' ? {} : { shortcut }),
    ...(language === 'zh' || language === 'en' ? { language } : {}),
  };
}

/** Whose phrase has this code already. */
function taken(code: string, id: string, list: PhraseList, { phrases }: PhraseStore): string | undefined {
  const { own, team } = phrases.value;
  const has = (one: DeskPhrase) => one.id !== id && one.shortcut?.toLowerCase() === code.trim().toLowerCase();
  if (code.trim() === '') return undefined;
  const [inOwn, inTeam] = [own.some(has), team.some(has)];
  if (!inOwn && !inTeam) return undefined;
  if (list === 'own' && inTeam && !inOwn) return fill(t.value.clashWith, { code: code.trim() });
  const where = [inOwn ? t.value.phrasesOwn : '', inTeam ? t.value.phrasesTeam : ''].filter((name) => name !== '');
  return fill(t.value.clash, { code: code.trim(), n: where.length + 1, where: where.join(' · ') });
}
