import { useSignal } from '@preact/signals';
import type { OneTimeLink } from '../../../lib/domain/access.ts';
import { fill } from '../../words/words.ts';
import { Dialog } from '../shell/dialog.tsx';
import { Field } from '../shell/field.tsx';
import { moment } from '../shell/say.ts';
import { w } from './words.ts';

type ShowLinkProps = { name: string; link: OneTimeLink; onClose: () => void };

/** The ticket stands in the fragment, which is sent to no server and kept in no log. */
const addressOf = ({ ticket }: OneTimeLink): string => `${location.origin}${location.pathname}#/sign-in/${ticket}`;

export function ShowLink({ name, link, onClose }: ShowLinkProps) {
  const say = w.value;
  const copied = useSignal(false);
  const copy = async () => {
    await navigator.clipboard.writeText(addressOf(link)).catch(() => undefined);
    copied.value = true;
  };
  return (
    <Dialog title={fill(say.linkTitle, { name })} onClose={onClose}>
      <p>{fill(say.linkLead, { until: moment(link.expiresAt) })}</p>
      <Field label={say.linkLabel}>
        {(ids) => (
          <input
            {...ids}
            readOnly
            value={addressOf(link)}
            data-testid="one-time-link"
            onFocus={(event) => event.currentTarget.select()}
          />
        )}
      </Field>
      <div class="dialog-actions">
        <button type="button" onClick={() => void copy()}>
          {copied.value ? say.copied : say.copy}
        </button>
        <button type="button" class="primary" onClick={onClose}>
          {say.close}
        </button>
      </div>
    </Dialog>
  );
}
