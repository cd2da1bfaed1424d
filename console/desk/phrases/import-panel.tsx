import { useSignal } from '@preact/signals';
import type { PhraseImport } from '../../../lib/domain/contract/desk-session.ts';
import { failureWords } from '../../refused-words.ts';
import { fill } from '../../words/words.ts';
import type { PhraseList } from '../tools-api.ts';
import { t } from '../words.ts';
import type { PhraseStore } from './phrases-store.ts';

type ImportProps = { store: PhraseStore; list: PhraseList; onDone: () => void };

/** A file is looked at first: what it would change and every bad row, before anything is taken in. */
export function ImportPanel({ store, list, onDone }: ImportProps) {
  const mode = useSignal<'merge' | 'replace'>('merge');
  const file = useSignal<File | undefined>(undefined);
  const preview = useSignal<PhraseImport | undefined>(undefined);
  const problem = useSignal('');
  const run = async (dryRun: boolean) => {
    if (file.value === undefined) return;
    problem.value = '';
    const wish = { list, mode: mode.value, dryRun };
    const result = await store.importFile(file.value, wish).catch((error: unknown) => {
      problem.value = fill(t.value.notSaved, { detail: failureWords(error) });
      return undefined;
    });
    if (result !== undefined && !dryRun) return onDone();
    preview.value = result;
  };
  const words = t.value;
  return (
    <section class="phrase-import" aria-label={words.importFile} data-testid="phrase-import">
      <label>
        <span class="small">{words.importHint}</span>
        <input
          type="file"
          accept=".csv,.xlsx,.json,text/csv,application/json"
          data-testid="phrase-file"
          onChange={(event) => {
            file.value = event.currentTarget.files?.[0];
            void run(true);
          }}
        />
      </label>
      <label>
        <span class="small">{words.importMode}</span>
        <select
          value={mode.value}
          data-testid="phrase-import-mode"
          onChange={(event) => {
            mode.value = event.currentTarget.value === 'replace' ? 'replace' : 'merge';
            void run(true);
          }}
        >
          <option value="merge">{words.importMerge}</option>
          <option value="replace">{words.importReplace}</option>
        </select>
      </label>
      {problem.value === '' ? null : (
        <p class="problem" role="alert">
          {problem.value}
        </p>
      )}
      {preview.value === undefined ? null : <Preview result={preview.value} onGo={() => void run(false)} />}
    </section>
  );
}

function Preview({ result, onGo }: { result: PhraseImport; onGo: () => void }) {
  const { added, changed, unchanged, removed, rejected } = result;
  const words = t.value;
  return (
    <>
      <p role="status" data-testid="import-preview">
        {fill(words.importPreview, { added, changed, unchanged, removed, bad: rejected.length })}
      </p>
      {rejected.length === 0 ? null : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <section class="bad-rows" tabIndex={0} aria-label={words.importReason}>
          <table class="small">
            <thead>
              <tr>
                <th scope="col">{words.importRow}</th>
                <th scope="col">{words.importColumn}</th>
                <th scope="col">{words.importReason}</th>
              </tr>
            </thead>
            <tbody>
              {rejected.map(({ row, column, value, reason }) => (
                <tr key={`${row} ${column}`}>
                  <td>{row}</td>
                  <td>{column}</td>
                  <td>
                    {reason} {value === undefined || value === '' ? null : <q>{value}</q>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <button
        type="button"
        class="primary"
        data-testid="import-go"
        disabled={added + changed + removed === 0}
        onClick={onGo}
      >
        {words.importGo}
      </button>
    </>
  );
}
