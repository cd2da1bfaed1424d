import { useSignal } from '@preact/signals';
import { Dialog } from './dialog.tsx';
import { Field } from './field.tsx';
import { w } from './words.ts';

type ShowOnceProps = { title: string; lead: string; label: string; value: string; testId: string; onClose: () => void };

/** What is told this once and never again: to be copied before the dialog is closed. */
export function ShowOnce({ title, lead, label, value, testId, onClose }: ShowOnceProps) {
  const say = w.value;
  const copied = useSignal(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value).catch(() => undefined);
    copied.value = true;
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{lead}</p>
      <Field label={label}>
        {(ids) => (
          <input
            {...ids}
            readOnly
            value={value}
            data-testid={testId}
            onFocus={(event) => event.currentTarget.select()}
          />
        )}
      </Field>
      <div class="dialog-actions">
        <button type="button" onClick={() => void copy()}>
          {copied.value ? say.copied : say.copy}
        </button>
        <button type="button" class="primary" onClick={onClose}>
          {say.done}
        </button>
      </div>
    </Dialog>
  );
}
