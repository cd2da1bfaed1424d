import { fillSlots, type SlotValues } from '../../../lib/domain/slots.ts';
import { conditionWords } from '../../condition-words.ts';
import { hashOf } from '../../route.ts';
import { fill } from '../../words/words.ts';
import type { Answer, EntryForm } from './types.ts';
import { w } from './words.ts';

/** Every answer as its customer would read it, under its condition, with what keeps it from being used. */
export function Preview({ form, slots }: { form: EntryForm; slots: SlotValues }) {
  const say = w.value;
  return (
    <section class="panel preview" aria-labelledby="preview-title" data-testid="preview">
      <h3 id="preview-title">{say.preview}</h3>
      <p class="bubble asks">{form.question === '' ? '…' : form.question}</p>
      {form.answers.map((answer, index) => (
        <Reply key={index} answer={answer} slots={slots} />
      ))}
      <p class="small muted">{say.previewSample}</p>
    </section>
  );
}

function Reply({ answer, slots }: { answer: Answer; slots: SlotValues }) {
  const say = w.value;
  const filled = fillSlots(answer.text, slots);
  const when = (answer.when ?? '').trim();
  return (
    <div class="reply-preview">
      <span class="small muted">{when === '' ? say.previewAlways : conditionWords(when)}</span>
      <p class={`bubble answers ${filled.ok ? '' : 'unused'}`}>
        {filled.ok ? filled.text : <Slotted text={answer.text} slots={slots} />}
      </p>
      {filled.ok ? null : (
        <span class="small warm-text">
          <Missing names={filled.missing} />
        </span>
      )}
    </div>
  );
}

/** Braces that are not closed, or facts that nobody has told yet. */
function Missing({ names }: { names: readonly string[] }) {
  const say = w.value;
  if (names.includes('{{')) return say.previewBroken;
  return (
    <>
      {fill(say.previewMissing, { names: names.join(', ') })}{' '}
      {names.some((name) => name.startsWith('shop.')) ? (
        <a class="link" href={hashOf('facts')}>
          {say.previewFacts}
        </a>
      ) : null}
    </>
  );
}

/** The text with what can be filled filled, and what cannot standing out. */
function Slotted({ text, slots }: { text: string; slots: SlotValues }) {
  const pieces = text.split(/(\{\{[^{}]*\}\})/);
  return (
    <>
      {pieces.map((piece, index) => {
        const name = /^\{\{\s*([^{}]*?)\s*\}\}$/.exec(piece)?.[1]?.toLowerCase();
        const known = name === undefined ? piece : slots[name];
        return known === undefined ? <mark key={index}>{piece}</mark> : <span key={index}>{known}</span>;
      })}
    </>
  );
}
