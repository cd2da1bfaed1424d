import { useSignal } from '@preact/signals';
import { hashOf } from '../../route.ts';
import { fill } from '../../words/words.ts';
import { Dialog } from '../shell/dialog.tsx';
import { w as shellWords } from '../shell/words.ts';
import type { Editor } from './editor.ts';
import { w } from './words.ts';

/** What is being written, whether it is saved, and what else can be done with it. */
export function EditorHead({ editor }: { editor: Editor }) {
  const say = w.value;
  const form = editor.form.value;
  const unsaved = editor.unsaved.value;
  return (
    <header class="editor-head">
      <a class="button quiet back" href={hashOf('entries')} aria-label={say.back} title={say.back}>
        ←
      </a>
      <div class="editor-name">
        <h3>{editor.isNew ? say.newTitle : form.question}</h3>
        {editor.isNew ? null : <code class="muted">{form.id}</code>}
      </div>
      {unsaved ? <span class="chip warm">{say.unsaved}</span> : null}
      <div class="row-of">
        {unsaved ? (
          <button type="button" class="quiet" onClick={editor.discard}>
            {say.discard}
          </button>
        ) : (
          <MoreActions editor={editor} />
        )}
        <button
          type="button"
          class="primary"
          data-testid="save"
          disabled={!unsaved || editor.saving.value}
          onClick={() => void editor.save()}
        >
          {say.save}
        </button>
      </div>
    </header>
  );
}

type Question = { title: string; text: string; run: () => Promise<void> };

function MoreActions({ editor }: { editor: Editor }) {
  const say = w.value;
  const form = editor.form.value;
  const asked = useSignal<Question | undefined>(undefined);
  if (editor.isNew) return null;
  const ask = (title: string, text: string, run: () => Promise<void>) => () => {
    asked.value = { title, text, run };
  };
  return (
    <>
      <button
        type="button"
        class="quiet"
        data-testid="switch"
        onClick={() => void editor.run(form.off === true ? 'on' : 'off')}
      >
        {form.off === true ? say.switchOn : say.switchOff}
      </button>
      {form.pack === undefined ? (
        <button
          type="button"
          class="quiet danger"
          data-testid="remove"
          onClick={ask(say.remove, say.removeText, editor.remove)}
        >
          {say.remove}
        </button>
      ) : (
        <button
          type="button"
          class="quiet"
          data-testid="reset"
          onClick={ask(say.reset, fill(say.resetText, { pack: form.pack }), () => editor.run('reset'))}
        >
          {say.reset}
        </button>
      )}
      <Confirm asked={asked.value} onDone={() => (asked.value = undefined)} />
    </>
  );
}

function Confirm({ asked, onDone }: { asked: Question | undefined; onDone: () => void }) {
  if (asked === undefined) return null;
  return (
    <Dialog title={asked.title} onClose={onDone}>
      <p>{asked.text}</p>
      <div class="dialog-actions">
        <button type="button" onClick={onDone}>
          {shellWords.value.cancel}
        </button>
        <button
          type="button"
          class="primary"
          data-testid="confirm"
          onClick={() => {
            onDone();
            void asked.run();
          }}
        >
          {asked.title}
        </button>
      </div>
    </Dialog>
  );
}
