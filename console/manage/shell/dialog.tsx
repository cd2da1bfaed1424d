import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { notice } from './notice.ts';
import { ProblemList } from './problem.tsx';

/** What went wrong since: the notice of it lies behind this dialog. */
function Failure() {
  const told = notice.value;
  if (told?.tone !== 'bad') return null;
  return (
    <div class="problem" role="alert" data-testid="dialog-problem">
      <p>{told.text}</p>
      {told.error === undefined ? null : <ProblemList error={told.error} />}
    </div>
  );
}

type DialogProps = { title: string; wide?: boolean; onClose: () => void; children: ComponentChildren };

/** A native dialog that is open while it is drawn: focus stays inside and returns where it was. */
export function Dialog({ title, wide = false, onClose, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    ref.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog ref={ref} class={`dialog ${wide ? 'wide' : ''}`} aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      <Failure />
      {children}
    </dialog>
  );
}
