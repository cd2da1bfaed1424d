import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { DeskPhrase } from '../../../lib/domain/contract/desk-session.ts';
import { failureWords } from '../../refused-words.ts';
import { fill } from '../../words/words.ts';
import type { PhraseList } from '../tools-api.ts';
import { t } from '../words.ts';
import { ImportPanel } from './import-panel.tsx';
import { PhraseForm } from './phrase-form.tsx';
import { PhraseRows } from './phrase-rows.tsx';
import { asCsv, clashes, type PhraseStore } from './phrases-store.ts';

type DialogProps = { store: PhraseStore; newId: () => string };

/** The agent's own phrases and the team's: written, ordered, taken from a file and given to one. */
export function PhrasesDialog({ store, newId }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = store.dialogOpen.value;
  useEffect(() => {
    if (!open) return dialog.current?.close();
    dialog.current?.showModal();
    void store.load(true);
  }, [open]);
  return (
    <dialog
      ref={dialog}
      class="help phrases"
      aria-labelledby="phrases-title"
      data-testid="phrases"
      onClose={() => {
        store.dialogOpen.value = false;
      }}
    >
      <h2 id="phrases-title">{t.value.phrases}</h2>
      {open ? <Body store={store} newId={newId} /> : null}
    </dialog>
  );
}

function Body({ store, newId }: DialogProps) {
  const list = useSignal<PhraseList>('own');
  const editing = useSignal<DeskPhrase | undefined>(undefined);
  const importing = useSignal(false);
  const said = useSignal('');
  const attempt = async (work: Promise<unknown>) => {
    said.value = await work.then(
      () => t.value.saved,
      (error: unknown) => fill(t.value.notSaved, { detail: failureWords(error) }),
    );
  };
  const save = async (phrase: DeskPhrase) => {
    await attempt(store.put(list.value, phrase));
    if (said.value === t.value.saved) editing.value = undefined;
  };
  const { phrasesOwn, phrasesTeam, phraseNew, importFile, exportFile, close } = t.value;
  const shown = store.phrases.value[list.value];
  return (
    <>
      <fieldset class="segments" aria-label={t.value.phrases}>
        {(['own', 'team'] as const).map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={list.value === name}
            data-testid={`phrases-${name}`}
            onClick={() => {
              list.value = name;
              editing.value = undefined;
            }}
          >
            {name === 'own' ? phrasesOwn : phrasesTeam} · {store.phrases.value[name].length}
          </button>
        ))}
      </fieldset>
      <Clashes store={store} />
      {editing.value === undefined ? null : (
        <PhraseForm
          key={editing.value.id}
          phrase={editing.value}
          store={store}
          list={list.value}
          onSave={(phrase) => void save(phrase)}
          onCancel={() => {
            editing.value = undefined;
          }}
        />
      )}
      {importing.value ? (
        <ImportPanel
          store={store}
          list={list.value}
          onDone={() => {
            importing.value = false;
          }}
        />
      ) : null}
      <PhraseRows
        store={store}
        list={list.value}
        phrases={shown}
        attempt={(work) => void attempt(work)}
        onEdit={(phrase) => {
          editing.value = phrase;
        }}
      />
      <p class="small" role="status" data-testid="phrases-said">
        {said.value}
      </p>
      <div class="slash-actions">
        <button
          type="button"
          data-testid="phrase-new"
          onClick={() => {
            editing.value = { id: newId(), text: '' };
          }}
        >
          {phraseNew}
        </button>
        <button
          type="button"
          aria-expanded={importing.value}
          data-testid="phrases-import"
          onClick={() => {
            importing.value = !importing.value;
          }}
        >
          {importFile}
        </button>
        <a
          class="button"
          download={`phrases-${list.value}.csv`}
          data-testid="phrases-export"
          href={`data:text/csv;charset=utf-8,${encodeURIComponent(asCsv(shown))}`}
        >
          {exportFile}
        </a>
        <span class="grow" />
        <button
          type="button"
          class="primary"
          onClick={() => {
            store.dialogOpen.value = false;
          }}
        >
          {close}
        </button>
      </div>
    </>
  );
}

/** Codes that lead to one phrase while several have them. */
function Clashes({ store }: { store: PhraseStore }) {
  const { clash, phrasesOwn, phrasesTeam } = t.value;
  const found = clashes(store.phrases.value);
  if (found.length === 0) return null;
  const names = { own: phrasesOwn, team: phrasesTeam };
  return (
    <ul class="clashes small" data-testid="phrase-clashes">
      {found.map(({ code, lists }) => (
        <li key={code}>
          {fill(clash, { code, n: lists.length, where: lists.map((list) => names[list]).join(' · ') })}
        </li>
      ))}
    </ul>
  );
}
