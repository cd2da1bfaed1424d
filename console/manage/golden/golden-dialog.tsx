import { useSignal } from '@preact/signals';
import type { Golden } from '../../../lib/domain/knowledge.ts';
import type { Language } from '../../../lib/domain/language.ts';
import { Field } from '../shell/field.tsx';
import { FormDialog } from '../shell/form-dialog.tsx';
import type { Shell } from '../shell/shell.ts';
import { type Change, holds, NONE } from './list.ts';
import { useNames } from './names.ts';
import { w } from './words.ts';

type DialogProps = {
  shell: Shell;
  /** The list as it is known, which somebody else may change meanwhile. */
  items: readonly Golden[];
  before?: Golden;
  onSave: (change: Change) => Promise<boolean>;
  onClose: () => void;
};

/** One question and what should come for it, picked from the draft. */
export function GoldenDialog({ shell, items, before, onSave, onClose }: DialogProps) {
  const say = w.value;
  const expected = useSignal(before?.intent ?? '');
  const language = useSignal<'' | Language>(before?.language ?? '');
  const names = useNames(shell, expected.value);
  const submit = async (form: FormData) => {
    const text = String(form.get('text') ?? '').trim();
    const after = {
      text,
      intent: expected.value.trim(),
      ...(language.value === '' ? {} : { language: language.value }),
    };
    const done = await onSave({ after, ...(before === undefined ? {} : { before }) });
    if (done) onClose();
  };
  return (
    <FormDialog
      title={before === undefined ? say.add : say.editTitle}
      save={say.save}
      cancel={say.cancel}
      onSubmit={submit}
      onClose={onClose}
      lead={before !== undefined && !holds(items, before) ? <p class="callout warm">{say.gone}</p> : null}
    >
      <Field label={say.question} hint={say.questionHint}>
        {(ids) => (
          <textarea {...ids} name="text" rows={3} required maxLength={1_000} defaultValue={before?.text ?? ''} />
        )}
      </Field>
      <Field label={say.expected} hint={say.expectedHint}>
        {(ids) => (
          <>
            <input
              {...ids}
              class="mono"
              list="golden-names"
              required
              maxLength={200}
              autocapitalize="off"
              spellcheck={false}
              value={expected.value}
              onInput={(event) => {
                expected.value = event.currentTarget.value;
              }}
            />
            <datalist id="golden-names" data-testid="golden-names">
              {names.map(({ name, title }) => (
                <option key={name} value={name}>
                  {title}
                </option>
              ))}
              <option value={NONE}>{say.nothing}</option>
            </datalist>
          </>
        )}
      </Field>
      <Field label={say.language} hint={say.languageHint}>
        {(ids) => (
          <select
            {...ids}
            value={language.value}
            onChange={(event) => {
              language.value = event.currentTarget.value as '' | Language;
            }}
          >
            {(['', 'zh', 'en'] as const).map((one) => (
              <option key={one} value={one}>
                {one === '' ? say.any : say[one]}
              </option>
            ))}
          </select>
        )}
      </Field>
    </FormDialog>
  );
}
