import { useRef } from 'preact/hooks';
import type { ConversationDetail } from '../../lib/domain/contract/desk.ts';
import type { Desk } from '../desk-store.ts';
import { fill, words } from '../words/words.ts';

/**
 * The customer has written since this reply was begun: said where the agent looks while writing, since "never mind" may
 * have come, and Enter would send what is no longer wanted. It stands until the reply is sent or emptied.
 */
export function ArrivedNote({ desk, open: { head } }: { desk: Desk; open: ConversationDetail }) {
  const begun = useRef(new Map<string, number>()).current;
  const { id, customerSeq, lastCustomerText = '' } = head;
  if (desk.openId.value === id) {
    if (desk.draft.value.text.trim() === '') begun.delete(id);
    else if (!begun.has(id)) begun.set(id, customerSeq);
  }
  const n = customerSeq - (begun.get(id) ?? customerSeq);
  const { desk: say, ui } = words.value;
  const text = lastCustomerText === '' ? `[${ui.noText}]` : lastCustomerText;
  return (
    <p class={`small arrived-note ${n > 0 ? '' : 'unseen'}`} role="status" data-testid="arrived-note">
      {n > 0 ? fill(say.arrived, { n, text }) : ''}
    </p>
  );
}
