import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { Desk } from '../desk-store.ts';

type DialogProps = { desk: Desk; title: string; testId: string; onClose: () => void; children: ComponentChildren };

/** A native dialog that is open while it is drawn: focus stays inside and returns where it was. */
export function DeskDialog({ desk, title, testId, onClose, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    ref.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog ref={ref} class="desk-dialog" aria-labelledby={id} data-testid={testId} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      <Failure desk={desk} />
      {children}
    </dialog>
  );
}

/** What went wrong since: the notice of it lies behind this dialog. */
function Failure({ desk }: { desk: Desk }) {
  const notice = desk.notice.value;
  if (notice?.tone !== 'bad') return null;
  return (
    <p class="problem" role="alert">
      {notice.text}
    </p>
  );
}
