import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

/** What ties a control to its label, hint and error. */
export type FieldIds = { id: string; 'aria-describedby': string; 'aria-invalid'?: true };
type FieldProps = {
  label: string;
  hint?: string | undefined;
  wrong?: string | undefined;
  class?: string;
  children: (ids: FieldIds) => ComponentChildren;
};

export function Field({ label, hint, wrong, children, class: extra = '' }: FieldProps) {
  const id = useId();
  const told = `${id}-told`;
  return (
    <div class={`field ${extra}`}>
      <label for={id}>{label}</label>
      {children({ id, 'aria-describedby': told, ...(wrong === undefined ? {} : { 'aria-invalid': true }) })}
      <p id={told} class={wrong === undefined ? 'hint' : 'wrong'} hidden={(wrong ?? hint) === undefined}>
        {wrong ?? hint}
      </p>
    </div>
  );
}

type SelectProps = {
  label: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onPick: (value: string) => void;
  class?: string;
  testId?: string;
};

/** A choice without a label of its own beside it. */
export function Pick({ label, value, options, onPick, class: extra = '', testId }: SelectProps) {
  return (
    <select
      aria-label={label}
      class={extra}
      value={value}
      data-testid={testId}
      onChange={(event) => onPick(event.currentTarget.value)}
    >
      {options.map(([name, text]) => (
        <option key={name} value={name}>
          {text}
        </option>
      ))}
    </select>
  );
}
