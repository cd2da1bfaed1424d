import { useSignal } from '@preact/signals';
import type { Evaluation } from '../../../lib/domain/evaluation.ts';
import type { Release } from '../../../lib/domain/release.ts';
import { askable } from '../hit-test/ask.ts';
import { useResource } from '../shell/resource.tsx';
import type { Shell } from '../shell/shell.ts';
import { w } from './words.ts';

/** Takes a file and what it is to be asked of; the run opens as soon as it has begun. */
export function NewRun({ shell, runs }: { shell: Shell; runs: readonly Evaluation[] }) {
  const say = w.value;
  const file = useSignal<File | undefined>(undefined);
  const name = useSignal('');
  const release = useSignal('');
  const against = useSignal('');
  const busy = useSignal(false);
  const releases = useResource<Release[]>(() => askable(shell), 'releases');

  const start = async (chosen: File) => {
    busy.value = true;
    const query = new URLSearchParams({
      name: name.value.trim() || chosen.name,
      ...(release.value === '' ? {} : { release: release.value }),
      ...(against.value === '' ? {} : { against: against.value }),
    });
    const path = `/v1/knowledge/evaluations?${query}`;
    const begun = await shell.attempt(() => shell.call('POST', path, chosen) as Promise<{ id: string }>);
    busy.value = false;
    if (begun !== undefined) shell.go('evaluations', begun.id, against.value === '' ? {} : { against: against.value });
  };

  return (
    <form
      class="panel"
      onSubmit={(event) => {
        event.preventDefault();
        if (file.value !== undefined) void start(file.value);
      }}
    >
      <div class="fields">
        <div class="field">
          <label for="run-file">{say.choose}</label>
          <input
            id="run-file"
            type="file"
            accept=".csv,.xlsx,.tsv,.txt"
            data-testid="run-file"
            aria-describedby="run-file-hint"
            onChange={(event) => {
              file.value = event.currentTarget.files?.[0];
            }}
          />
          <span id="run-file-hint" class="hint">
            {say.formats}
          </span>
        </div>
        <div class="field">
          <label for="run-name">{say.name}</label>
          <input
            id="run-name"
            maxLength={200}
            value={name.value}
            onInput={(event) => {
              name.value = event.currentTarget.value;
            }}
          />
        </div>
        <Choice
          id="run-release"
          label={say.release}
          none={say.live}
          chosen={release}
          options={(releases.value.value ?? [])
            .filter(({ status }) => status !== 'live')
            .map(({ id, note }) => [id, note ?? id])}
        />
        <Choice
          id="run-against"
          label={say.against}
          none={say.nothing}
          chosen={against}
          options={runs
            .filter(({ status }) => status === 'done')
            .map((run) => [run.id, `${run.name ?? run.id} · ${run.release}`])}
        />
      </div>
      <div class="row-of">
        <button type="submit" class="primary" data-testid="run" disabled={busy.value || file.value === undefined}>
          {say.run}
        </button>
      </div>
    </form>
  );
}

type ChoiceProps = {
  id: string;
  label: string;
  none: string;
  chosen: { value: string };
  options: readonly (readonly [string, string])[];
};

function Choice({ id, label, none, chosen, options }: ChoiceProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={chosen.value}
        onChange={(event) => {
          chosen.value = event.currentTarget.value;
        }}
      >
        <option value="">{none}</option>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
