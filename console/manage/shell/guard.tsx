import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { guard } from '../../route.ts';
import { Dialog } from './dialog.tsx';
import { w } from './words.ts';

const leaving = signal<(() => void) | undefined>(undefined);

/** While something is unsaved, going elsewhere on the page, or away from it, asks first. */
export function useUnsaved(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    guard.value = (leave) => {
      leaving.value = leave;
    };
    addEventListener('beforeunload', onUnload);
    return () => {
      guard.value = undefined;
      removeEventListener('beforeunload', onUnload);
    };
  }, [unsaved]);
}

export function LeaveQuestion() {
  const say = w.value;
  const leave = leaving.value;
  if (leave === undefined) return null;
  const stay = () => {
    leaving.value = undefined;
  };
  return (
    <Dialog title={say.leaveTitle} onClose={stay}>
      <p>{say.leaveText}</p>
      <div class="dialog-actions">
        <button
          type="button"
          data-testid="leave"
          onClick={() => {
            stay();
            leave();
          }}
        >
          {say.leaveGo}
        </button>
        <button type="button" class="primary" onClick={stay}>
          {say.leaveStay}
        </button>
      </div>
    </Dialog>
  );
}
