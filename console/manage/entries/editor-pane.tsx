import { useMemo } from 'preact/hooks';
import { fill, language } from '../../words/words.ts';
import { Field } from '../shell/field.tsx';
import { useUnsaved } from '../shell/guard.tsx';
import { usePageKeys } from '../shell/keys.ts';
import { ProblemView } from '../shell/problem.tsx';
import { type ShopFact, type ShopSettings, sampleSlots } from '../shell/setting.ts';
import type { Shell } from '../shell/shell.ts';
import { About } from './about.tsx';
import { Answers } from './answers.tsx';
import { ConflictDialog } from './conflict.tsx';
import { createEditor, type Editor } from './editor.ts';
import { EditorHead } from './editor-head.tsx';
import type { EntryList } from './entry-list.ts';
import { Preview } from './preview.tsx';
import { Similar } from './similar.tsx';
import type { StoredEntry } from './types.ts';
import { w } from './words.ts';

type PaneProps = {
  shell: Shell;
  list: EntryList;
  stored: StoredEntry;
  isNew: boolean;
  facts: readonly ShopFact[];
  settings: ShopSettings;
};

export function EditorPane({ shell, list, stored, isNew, facts, settings }: PaneProps) {
  const editor = useMemo(() => createEditor(shell, list, stored, isNew), [stored.id]);
  const form = editor.form.value;
  const slots = sampleSlots(facts, settings, form.language ?? language.value);
  const named = Object.entries(slots).map(([name, value]) => ({ name, value }));
  useUnsaved(editor.unsaved.value);
  usePageKeys({ save: () => void editor.save() });
  return (
    <div class="editor" data-testid="editor">
      <EditorHead editor={editor} />
      <div class="editor-body">
        <div class="editor-form">
          <Standing form={form} />
          {editor.problem.value === undefined ? null : <ProblemView error={editor.problem.value} />}
          <Question editor={editor} />
          <Answers
            shell={shell}
            value={form.answers}
            slots={named}
            timeZone={settings.timeZone}
            tried={editor.tried.value}
            onChange={(answers) => editor.change({ answers })}
          />
          <Similar
            question={form.question}
            value={form.similarQuestions}
            onChange={(similarQuestions) => editor.change({ similarQuestions })}
          />
          <About editor={editor} categories={list.categories.value} />
        </div>
        <aside class="editor-side">
          <Preview form={form} slots={slots} />
        </aside>
      </div>
      <ConflictDialog editor={editor} />
    </div>
  );
}

/** What is special about it: off, from a pack, a piece of an article. */
function Standing({ form }: { form: StoredEntry }) {
  const say = w.value;
  const notes = [
    ...(form.off === true ? [['warm', say.offNote]] : []),
    ...(form.pack === undefined ? [] : [['', fill(say.fromPack, { pack: form.pack })]]),
    ...(form.passage === undefined ? [] : [['', fill(say.isPassage, { article: form.passage.article })]]),
  ];
  return (
    <>
      {notes.map(([tone, text]) => (
        <p key={text} class={`callout ${tone}`}>
          {text}
        </p>
      ))}
    </>
  );
}

function Question({ editor }: { editor: Editor }) {
  const say = w.value;
  const form = editor.form.value;
  const tried = editor.tried.value;
  const need = (text: string, what: string) => (tried && text.trim() === '' ? what : undefined);
  return (
    <section class="panel">
      <Field label={say.question} hint={say.questionHint} wrong={need(form.question, say.questionMissing)}>
        {(ids) => (
          <input
            {...ids}
            class="question-input"
            data-testid="question"
            value={form.question}
            onInput={(event) => editor.change({ question: event.currentTarget.value })}
          />
        )}
      </Field>
      {editor.isNew ? (
        <Field label={say.id} hint={say.idHint} wrong={need(form.id, say.idMissing)}>
          {(ids) => (
            <input
              {...ids}
              class="mono"
              data-testid="entry-id"
              value={form.id}
              onInput={(event) => editor.change({ id: event.currentTarget.value.trim() })}
            />
          )}
        </Field>
      ) : null}
    </section>
  );
}
