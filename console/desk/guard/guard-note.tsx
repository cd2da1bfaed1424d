import type { ReplyWarning } from '../../../lib/domain/contract/desk-tools.ts';
import { focusComposer } from '../../keyboard.ts';
import { fill, language } from '../../words/words.ts';
import type { Tools } from '../tools.ts';
import { t } from '../words.ts';

/** Letters shown on either side of what a warning is about. */
const AROUND = 12;
/** Letters of a suggestion that say which one it is. */
const SHOWN = 40;

/** Above the reply: what should be looked at before it goes. Enter again sends it. */
export function GuardNote({ tools, conversationId }: { tools: Tools; conversationId: string }) {
  const warned = tools.guard.warned.value;
  if (warned?.conversationId !== conversationId) return null;
  return (
    <section class="guard" role="alert" aria-label={t.value.guardTitle} data-testid="guard">
      <p>
        <strong>{t.value.guardTitle}</strong>
      </p>
      {warned.meant === undefined ? null : <LoneDigit tools={tools} digit={warned.text} meant={warned.meant} />}
      {warned.warnings.length === 0 ? null : (
        <ul>
          {warned.warnings.map((warning) => (
            <li key={`${warning.start}-${warning.kind}`} data-testid={`warning-${warning.kind}`}>
              <Warning warning={warning} text={warned.text} />
            </li>
          ))}
        </ul>
      )}
      <p class="small">{t.value.guardAgain}</p>
    </section>
  );
}

/** "2" in the reply is sometimes an answer, and mostly the key of a suggestion that went into the field. */
function LoneDigit({ tools, digit, meant }: { tools: Tools; digit: string; meant: string }) {
  const insert = () => {
    tools.insertKeyed(digit);
    requestAnimationFrame(focusComposer);
  };
  return (
    <p data-testid="lone-digit">
      {fill(t.value.loneDigit, { digit })}{' '}
      <button type="button" class="quiet span" data-testid="insert-meant" onClick={insert}>
        {fill(t.value.loneDigitInsert, { digit })} {meant.length > SHOWN ? `${meant.slice(0, SHOWN)}…` : meant}
      </button>
    </p>
  );
}

function Warning({ warning, text }: { warning: ReplyWarning; text: string }) {
  const { kind, start, end, message, expected } = warning;
  const isSomewhere = end > start;
  return (
    <>
      <span class="chip warm">{t.value.warning[kind]}</span> <span>{message[language.value]}</span>
      {expected === undefined ? null : <strong> {fill(t.value.guardExpected, { value: expected })}</strong>}
      {isSomewhere ? (
        <button type="button" class="quiet span" title={t.value.guardShow} onClick={() => showSpan(start, end)}>
          {start > AROUND ? '…' : ''}
          {text.slice(Math.max(0, start - AROUND), start)}
          <mark>{text.slice(start, end)}</mark>
          {text.slice(end, end + AROUND)}
          {end + AROUND < text.length ? '…' : ''}
        </button>
      ) : null}
    </>
  );
}

/** Selects the words in the reply, where they can be written anew at once. */
function showSpan(start: number, end: number): void {
  const composer = document.querySelector<HTMLTextAreaElement>('#composer');
  if (composer === null) return;
  // The reply is sent without the blanks around it, and offsets count from its first letter.
  const offset = composer.value.length - composer.value.trimStart().length;
  composer.focus();
  composer.setSelectionRange(start + offset, end + offset);
}
