import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { fill } from '../../words/words.ts';
import { Field } from '../shell/field.tsx';
import { bytes } from '../shell/say.ts';
import type { Importer } from './importer.ts';
import type { ImportWhat, ImportWish } from './types.ts';
import { w } from './words.ts';

/** Where a file comes in, and the little that must be known before it is read. */
export function Choose({ importer }: { importer: Importer }) {
  const say = w.value;
  const { file, sending } = importer;
  return (
    <section class="panel choose" aria-label={say.choose}>
      <DropZone importer={importer} />
      <Options importer={importer} />
      <div class="row-of">
        <button
          type="button"
          class="primary"
          data-testid="check-file"
          disabled={file.value === undefined || sending.value}
          onClick={() => void importer.send(true)}
        >
          {sending.value ? say.sending : say.check}
        </button>
      </div>
    </section>
  );
}

export function DropZone({ importer }: { importer: Importer }) {
  const say = w.value;
  const input = useRef<HTMLInputElement>(null);
  const over = useSignal(false);
  const { file, wish } = importer;
  const take = (chosen: File | undefined) => {
    over.value = false;
    if (chosen === undefined) return;
    file.value = chosen;
    wish.value = { ...wish.value, mapping: {} };
  };
  const chosen = file.value;
  return (
    <fieldset
      class="drop-zone"
      aria-label={say.drop}
      data-over={over.value}
      data-testid="drop"
      onDragOver={(event) => {
        event.preventDefault();
        over.value = true;
      }}
      onDragLeave={() => {
        over.value = false;
      }}
      onDrop={(event) => {
        event.preventDefault();
        take(event.dataTransfer?.files[0]);
      }}
    >
      <strong>
        {chosen === undefined ? say.drop : fill(say.chosen, { name: chosen.name, size: bytes(chosen.size) })}
      </strong>
      <span class="muted">{say.or}</span>
      <button type="button" onClick={() => input.current?.click()}>
        {say.choose}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        data-testid="file"
        onChange={(event) => take(event.currentTarget.files?.[0])}
      />
      <p class="small muted">{say.kinds}</p>
    </fieldset>
  );
}

function Options({ importer }: { importer: Importer }) {
  const say = w.value;
  const { wish } = importer;
  const change = (patch: Partial<ImportWish>) => {
    wish.value = { ...wish.value, ...patch };
  };
  const whats: [ImportWhat, string][] = [
    ['knowledge', say.knowledge],
    ['catalog', say.catalog],
  ];
  return (
    <div class="fields">
      <Field label={say.what}>
        {(ids) => (
          <select
            {...ids}
            value={wish.value.what}
            onChange={(event) => change({ what: event.currentTarget.value === 'catalog' ? 'catalog' : 'knowledge' })}
          >
            {whats.map(([name, label]) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={say.mode} hint={wish.value.mode === 'merge' ? say.mergeHint : say.replaceHint}>
        {(ids) => (
          <select
            {...ids}
            value={wish.value.mode}
            onChange={(event) => change({ mode: event.currentTarget.value === 'replace' ? 'replace' : 'merge' })}
          >
            <option value="merge">{say.merge}</option>
            <option value="replace">{say.replace}</option>
          </select>
        )}
      </Field>
      {wish.value.what === 'catalog' ? null : (
        <Field label={say.language}>
          {(ids) => (
            <select
              {...ids}
              value={wish.value.language}
              onChange={(event) =>
                change({ language: (['zh', 'en'] as const).find((one) => one === event.currentTarget.value) ?? '' })
              }
            >
              <option value="">{say.languageAuto}</option>
              <option value="zh">{say.zh}</option>
              <option value="en">{say.en}</option>
            </select>
          )}
        </Field>
      )}
    </div>
  );
}
