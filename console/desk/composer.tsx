import type { ConversationDetail } from '../../lib/domain/contract/desk.ts';
import type { Desk } from '../desk-store.ts';
import { focusComposer } from '../keyboard.ts';
import { visibleReplies } from '../visible.ts';
import { fill, words } from '../words/words.ts';
import { ArrivedNote } from './arrived-note.tsx';
import { ComposerTools, ToolButtons } from './composer-tools.tsx';
import { DraftNote } from './draft-note.tsx';
import { FactsChanged } from './facts-changed.tsx';
import { agentName, isMine } from './owner.ts';
import { listOwner } from './slash/slash-panel.tsx';

/** The agent's reply. Enter sends, except while an input method is still composing a character. */
export function Composer({ desk, open }: { desk: Desk; open: ConversationDetail }) {
  const { ui } = words.value;
  const text = desk.draft.value.text;
  const { owner, id } = open.head;
  return (
    <form
      class="write composer"
      onSubmit={(event) => {
        event.preventDefault();
        void desk.send();
      }}
    >
      {owner === 'closed' ? <p class="small muted">{ui.closedNote}</p> : null}
      <ArrivedNote desk={desk} open={open} />
      <Quick desk={desk} />
      <DraftNote desk={desk} conversationId={id} />
      <FactsChanged desk={desk} conversationId={id} />
      <ComposerTools tools={desk.tools} conversationId={id} />
      <textarea
        id="composer"
        data-testid="composer"
        aria-label={ui.reply}
        aria-describedby="composer-hint"
        placeholder={ui.replyPlaceholder}
        rows={rowsFor(text)}
        value={text}
        onInput={(event) => desk.type(event.currentTarget.value)}
        onKeyDown={(event) => onKey(event, desk)}
        {...listOwner(desk.tools.slash)}
      />
      <div class="write-actions">
        <span id="composer-hint" class="small muted">
          {hint(desk, open)}
        </span>
        <ToolButtons tools={desk.tools} />
        <button
          type="submit"
          class="primary"
          data-testid="send"
          disabled={text.trim() === '' || owner === 'closed'}
          aria-busy={desk.sending.value}
        >
          {ui.send}
        </button>
      </div>
    </form>
  );
}

function hint(desk: Desk, { head }: ConversationDetail): string {
  const { ui, desk: say } = words.value;
  if (isMine(head, desk.me.value) || head.owner === 'closed') return ui.sendHint;
  const other = head.owner.startsWith('agent:') ? agentName(desk, head.owner.slice('agent:'.length)) : undefined;
  return other === undefined ? ui.sendTakes : `${fill(say.withOther, { name: other })} ${ui.sendTakes}`;
}

type FieldKey = KeyboardEvent & { currentTarget: HTMLTextAreaElement };

function onKey(event: FieldKey, desk: Desk): void {
  if (desk.composerKey.value?.(event) === true) {
    event.preventDefault();
    return;
  }
  if (event.key === 'Escape') event.currentTarget.blur();
  if (event.key !== 'Enter' || event.shiftKey || event.altKey || event.isComposing) return;
  event.preventDefault();
  void desk.send();
}

/** On a phone the cue card is another column: its replies stand here in a row, to be tapped. */
function Quick({ desk }: { desk: Desk }) {
  const assist = desk.card.value;
  const replies = assist === undefined ? [] : visibleReplies(assist).slice(0, 3);
  if (replies.length === 0) return null;
  return (
    <ul class="quick" aria-label={words.value.desk.quick} data-testid="quick">
      {replies.map(({ id, text }, place) => (
        <li key={id}>
          <button
            type="button"
            onClick={() => {
              desk.insertSuggestion(place);
              requestAnimationFrame(focusComposer);
            }}
          >
            {text}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Rows that show the whole reply where it is not too long: a Chinese character is as wide as two letters. */
function rowsFor(text: string): number {
  const width = (line: string) => line.replace(/\p{Script=Han}/gu, '__').length;
  const rows = text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(width(line) / 46)), 0);
  return Math.min(8, Math.max(3, rows));
}
