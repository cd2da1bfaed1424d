import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { Dialog } from './dialog.tsx';

type FormDialogProps = {
  title: string;
  save: string;
  cancel: string;
  testId?: string;
  /** Until it is done nothing is sent a second time. */
  onSubmit: (form: FormData) => Promise<unknown>;
  onClose: () => void;
  /** Above the form. */
  lead?: ComponentChildren;
  children: ComponentChildren;
};

/** Fields in a dialog, sent by Enter or its button, once at a time. */
export function FormDialog({ title, save, cancel, testId, onSubmit, onClose, lead, children }: FormDialogProps) {
  const busy = useSignal(false);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy.value || !(event.currentTarget instanceof HTMLFormElement)) return;
    busy.value = true;
    try {
      await onSubmit(new FormData(event.currentTarget));
    } finally {
      busy.value = false;
    }
  };
  return (
    <Dialog title={title} onClose={onClose}>
      {lead}
      <form class="stack" onSubmit={(event) => void submit(event)}>
        {children}
        <div class="dialog-actions">
          <button type="button" onClick={onClose}>
            {cancel}
          </button>
          <button type="submit" class="primary" disabled={busy.value} data-testid={testId}>
            {save}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
