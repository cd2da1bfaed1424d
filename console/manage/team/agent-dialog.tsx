import { useSignal } from '@preact/signals';
import type { Language } from '../../../lib/domain/language.ts';
import type { AgentView } from '../../../lib/domain/routing.ts';
import { fill } from '../../words/words.ts';
import { Field } from '../shell/field.tsx';
import { FormDialog } from '../shell/form-dialog.tsx';
import type { Shell } from '../shell/shell.ts';
import { nameOf } from './act.tsx';
import { w } from './words.ts';

type DialogProps = {
  shell: Shell;
  /** Undefined: somebody new. */
  agent: Pick<AgentView, 'agentId' | 'name' | 'skills' | 'languages' | 'capacity'> | undefined;
  onClose: () => void;
  onSaved: () => Promise<void>;
};

export const listed = (text: string): string[] =>
  text
    .split(/[,，、\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** What an agent takes, and how much at once. */
export function AgentDialog({ shell, agent, onClose, onSaved }: DialogProps) {
  const say = w.value;
  const id = useSignal(agent?.agentId ?? '');
  const name = useSignal(agent?.name ?? '');
  const skills = useSignal((agent?.skills ?? []).join(', '));
  const languages = useSignal<readonly Language[]>(agent?.languages ?? []);
  const capacity = useSignal(String(agent?.capacity ?? 5));
  const save = async () => {
    const body = {
      ...(name.value.trim() === '' ? {} : { name: name.value.trim() }),
      skills: listed(skills.value),
      languages: languages.value,
      capacity: Number(capacity.value),
    };
    const path = `/v1/team/agents/${encodeURIComponent(id.value.trim())}`;
    if ((await shell.attempt(() => shell.call('PUT', path, body).then(() => true))) === undefined) return;
    shell.say('good', say.saved);
    await onSaved();
  };
  const toggle = (language: Language, on: boolean) => {
    const rest = languages.value.filter((one) => one !== language);
    languages.value = on ? [...rest, language] : rest;
  };
  return (
    <FormDialog
      title={agent === undefined ? say.addAgent : fill(say.edit, { name: nameOf(agent) })}
      save={say.save}
      cancel={say.cancel}
      testId="save-agent"
      onSubmit={save}
      onClose={onClose}
    >
      {agent === undefined ? <Text label={say.agentId} hint={say.agentIdHint} value={id} required /> : null}
      <Text label={say.name} value={name} />
      <Text label={say.skills} hint={say.skillsHint} value={skills} />
      <fieldset class="plain">
        <legend class="label">{say.languages}</legend>
        {(['zh', 'en'] as const).map((language) => (
          <label key={language} class="row-of">
            <input
              type="checkbox"
              checked={languages.value.includes(language)}
              onChange={(event) => toggle(language, event.currentTarget.checked)}
            />
            {say[language]}
          </label>
        ))}
        <p class="hint">{say.languagesHint}</p>
      </fieldset>
      <Field label={say.capacity}>
        {(ids) => (
          <input
            {...ids}
            type="number"
            min={0}
            max={100}
            value={capacity.value}
            onInput={(event) => {
              capacity.value = event.currentTarget.value;
            }}
          />
        )}
      </Field>
    </FormDialog>
  );
}

type TextProps = { label: string; hint?: string; value: { value: string }; required?: boolean };

function Text({ label, hint, value, required = false }: TextProps) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <input
          {...ids}
          required={required}
          value={value.value}
          onInput={(event) => {
            value.value = event.currentTarget.value;
          }}
        />
      )}
    </Field>
  );
}
