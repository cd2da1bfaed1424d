import type { ConversationDetail } from '../../lib/domain/contract/desk.ts';
import type { Desk } from '../desk-store.ts';
import { words } from '../words/words.ts';
import { DraftNote } from './draft-note.tsx';
import { isMine } from './owner.ts';

/** The agent's reply. Enter sends, except while an input method is still composing a character. */
export function Composer({ desk, open }: { desk: Desk; open: ConversationDetail }) {
  const { ui } = words.value;
  const text = desk.draft.value.text;
  const { owner } = open.head;
  const hint = isMine(open.head, desk.me.value) || owner === 'closed' ? ui.sendHint : ui.sendTakes;
  return (
    <form
      class="write composer"
      onSubmit={(event) => {
        event.preventDefault();
        void desk.send();
      }}
    >
      {owner === 'closed' ? <p class="small muted">{ui.closedNote}</p> : null}
      <DraftNote desk={desk} conversationId={open.head.id} />
      <textarea
        id="composer"
        data-testid="composer"
        aria-label={ui.reply}
        aria-describedby="composer-hint"
        placeholder={ui.replyPlaceholder}
        rows={rowsFor(text)}
        value={text}
        onInput={(event) => desk.type(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
          if (event.key !== 'Enter' || event.shiftKey || event.altKey || event.isComposing) return;
          event.preventDefault();
          void desk.send();
        }}
      />
      <div class="write-actions">
        <span id="composer-hint" class="small muted">
          {hint}
        </span>
        <button
          type="submit"
          class="primary"
          data-testid="send"
          disabled={desk.sending.value || text.trim() === '' || owner === 'closed'}
        >
          {ui.send}
        </button>
      </div>
    </form>
  );
}

/** Rows that show the whole reply where it is not too long: a Chinese character is as wide as two letters. */
function rowsFor(text: string): number {
  const width = (line: string) => line.replace(/\p{Script=Han}/gu, '__').length;
  const rows = text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(width(line) / 46)), 0);
  return Math.min(8, Math.max(3, rows));
}
