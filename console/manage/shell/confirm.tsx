import { Dialog } from './dialog.tsx';

type ConfirmProps = { title: string; lead: string; yes: string; no: string; onYes: () => void; onNo: () => void };

/** Asks before something that ends what others are doing. */
export function Confirm({ title, lead, yes, no, onYes, onNo }: ConfirmProps) {
  return (
    <Dialog title={title} onClose={onNo}>
      <p>{lead}</p>
      <div class="dialog-actions">
        <button type="button" onClick={onNo}>
          {no}
        </button>
        <button type="button" class="primary" data-testid="confirm" onClick={onYes}>
          {yes}
        </button>
      </div>
    </Dialog>
  );
}
