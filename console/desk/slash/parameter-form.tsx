import { useLayoutEffect, useRef } from 'preact/hooks';
import { focusComposer } from '../../keyboard.ts';
import { fill, words } from '../../words/words.ts';
import { t } from '../words.ts';
import { filled } from './parameters.ts';
import type { Filling, Slash } from './slash-store.ts';

/** The places of a phrase as fields, in the order of its text. What the conversation knows already stands in them. */
export function ParameterForm({ slash, filling }: { slash: Slash; filling: Filling }) {
  const form = useRef<HTMLFieldSetElement>(null);
  // Before anything else can be typed: the first key belongs to the first field.
  useLayoutEffect(() => {
    const fields = [...(form.current?.querySelectorAll('input') ?? [])];
    (fields.find((field) => field.value === '') ?? fields[0])?.focus();
  }, []);
  const leave = (act: () => void) => {
    act();
    focusComposer();
    requestAnimationFrame(focusComposer);
  };
  return (
    // No form: one stands around the reply already.
    <fieldset
      ref={form}
      class="slash-fields"
      data-testid="parameters"
      onKeyDown={(event) => {
        const act = { Enter: slash.finish, Escape: slash.close }[event.key];
        if (act === undefined || event.isComposing || event.target instanceof HTMLButtonElement) return;
        event.preventDefault();
        event.stopPropagation();
        leave(act);
      }}
    >
      <legend class="unseen">{fill(t.value.fields, { title: filling.title })}</legend>
      <p class="slash-preview">{filled(filling.text, filling.values)}</p>
      {filling.names.map((name) => (
        <label key={name}>
          <span class="small">{label(name)}</span>
          <input
            value={filling.values[name] ?? ''}
            autocomplete="off"
            data-testid={`parameter-${name}`}
            onInput={(event) => slash.setValue(name, event.currentTarget.value)}
          />
        </label>
      ))}
      <div class="slash-actions">
        <button type="button" class="primary" data-testid="parameters-insert" onClick={() => leave(slash.finish)}>
          {t.value.fieldsInsert}
        </button>
        <button type="button" class="quiet" onClick={() => leave(slash.close)}>
          {t.value.cancel}
        </button>
      </div>
    </fieldset>
  );
}

/** Facts by their names in the page's language; a name of the team's own is shown as it is. */
function label(name: string): string {
  return ({ ...words.value.entity } as Record<string, string>)[name] ?? name.replaceAll('_', ' ');
}
