import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { say } from './sign-in-words.ts';

type PasswordProps = { name: string; label: string; autocomplete: string; hint?: string; isNeeded?: boolean };

/** What is typed can be looked at: on a phone's keyboard a long password is otherwise a guess. */
export function PasswordField({ name, label, autocomplete, hint, isNeeded = true }: PasswordProps) {
  const shown = useSignal(false);
  const id = useId();
  const told = hint === undefined ? {} : { 'aria-describedby': `${id}-hint` };
  return (
    <div class="password">
      <label for={id}>{label}</label>
      <div class="password-row">
        <input
          id={id}
          name={name}
          {...(shown.value ? { type: 'text' as const } : { type: 'password' as const })}
          required={isNeeded}
          maxLength={1_000}
          autocomplete={autocomplete as never}
          autocapitalize="off"
          spellcheck={false}
          {...told}
        />
        <button
          type="button"
          class="quiet"
          aria-pressed={shown.value}
          onClick={() => {
            shown.value = !shown.value;
          }}
        >
          {shown.value ? say.value.hide : say.value.show}
        </button>
      </div>
      {hint === undefined ? null : (
        <p id={`${id}-hint`} class="muted small">
          {hint}
        </p>
      )}
    </div>
  );
}
