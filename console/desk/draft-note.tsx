import type { DraftedReply } from '../../lib/domain/contract/drafts.ts';
import { authoredWords } from '../authored-words.ts';
import type { Desk } from '../desk-store.ts';
import { words } from '../words/words.ts';

/** Above the reply: that a draft is on its way, is to be read, or why the authored text stands instead. */
export function DraftNote({ desk, conversationId }: { desk: Desk; conversationId: string }) {
  const { ui } = words.value;
  const drafted = desk.drafted.value;
  const stands = drafted?.conversationId === conversationId && desk.draft.value.text.includes(drafted.reply.text);
  const text = desk.drafting.value === undefined ? (stands ? noteOf(drafted.reply) : '') : ui.drafting;
  return (
    <p class={`small draft-note ${text === '' ? 'unseen' : ''}`} role="status" data-testid="draft-note">
      {text}
    </p>
  );
}

function noteOf(reply: DraftedReply): string {
  return reply.kind === 'draft' ? words.value.ui.draftReady : authoredWords(reply);
}
