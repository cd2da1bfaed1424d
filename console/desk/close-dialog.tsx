import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { WrapUpDraft } from '../../lib/domain/contract/desk-tools.ts';
import type { Disposition, WrapUp } from '../../lib/domain/wrap-up.ts';
import type { Desk } from '../desk-store.ts';
import { words } from '../words/words.ts';
import { DeskDialog } from './dialog.tsx';

const DISPOSITIONS: readonly Disposition[] = ['solved', 'follow_up', 'no_answer', 'not_possible', 'spam', 'other'];

/** What is being written; `edited` once the agent has touched it: a draft that comes later leaves it alone. */
type Form = { note: string; disposition: Disposition; tags: string; followUp: string; by: string; edited: boolean };
const EMPTY: Form = { note: '', disposition: 'solved', tags: '', followUp: '', by: '', edited: false };
type Drafting = 'drafting' | 'none' | WrapUpDraft['kind'];

/** Closes the open conversation with a note on how it went, drafted while the dialog opens. */
export function CloseDialog({ desk }: { desk: Desk }) {
  const { desk: say } = words.value;
  const form = useSignal<Form>(EMPTY);
  const state = useSignal<Drafting>('drafting');
  useEffect(() => {
    void desk.draftWrapUp().then((drafted) => {
      state.value = drafted?.kind ?? 'none';
      if (drafted !== undefined && !form.value.edited) form.value = formOf(drafted.draft);
    });
  }, []);
  const close = () => desk.ask(undefined);
  const go = () => {
    void desk.close(wrapUpOf(form.value));
  };
  return (
    <DeskDialog desk={desk} title={say.closeTitle} testId="close-dialog" onClose={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing) go();
        }}
      >
        <Note form={form} state={state.value} />
        <How form={form} />
        <FollowUp form={form} />
        <p class="dialog-actions">
          <span class="small muted grow">{say.closeHint}</span>
          <button type="button" onClick={close}>
            {say.cancel}
          </button>
          <button type="submit" class="primary" data-testid="close-go">
            {say.closeGo}
          </button>
        </p>
      </form>
    </DeskDialog>
  );
}

type FormProps = { form: Signal<Form> };
const edit = (form: Signal<Form>, more: Partial<Form>): void => {
  form.value = { ...form.value, ...more, edited: true };
};

function Note({ form, state }: FormProps & { state: Drafting }) {
  const { desk: say } = words.value;
  const said = {
    drafting: say.wrapUpDrafting,
    drafted: say.wrapUpDrafted,
    rules: say.wrapUpRules,
    none: say.wrapUpNone,
  };
  return (
    <label class="field">
      <span>
        {say.wrapUpNote}{' '}
        <span class="small muted" role="status" data-testid="wrap-up-state" data-state={state}>
          {said[state]}
        </span>
      </span>
      <textarea
        rows={5}
        maxLength={4_000}
        data-testid="wrap-up-note"
        value={form.value.note}
        onInput={(event) => edit(form, { note: event.currentTarget.value })}
      />
    </label>
  );
}

function How({ form }: FormProps) {
  const { desk: say } = words.value;
  return (
    <div class="two-fields">
      <label class="field">
        {say.disposition}
        <select
          data-testid="disposition"
          value={form.value.disposition}
          onChange={(event) => edit(form, { disposition: event.currentTarget.value as Disposition })}
        >
          {DISPOSITIONS.map((one) => (
            <option key={one} value={one}>
              {say[one]}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        {say.tags}
        <input
          placeholder={say.tagsHint}
          data-testid="wrap-up-tags"
          value={form.value.tags}
          onInput={(event) => edit(form, { tags: event.currentTarget.value })}
        />
      </label>
    </div>
  );
}

function FollowUp({ form }: FormProps) {
  const { desk: say } = words.value;
  return (
    <div class="two-fields">
      <label class="field">
        {say.followUp}
        <input
          maxLength={500}
          data-testid="follow-up"
          value={form.value.followUp}
          onInput={(event) => edit(form, { followUp: event.currentTarget.value })}
        />
      </label>
      <label class="field">
        {say.followUpAt}
        <input
          type="datetime-local"
          value={form.value.by}
          disabled={form.value.followUp.trim() === ''}
          onInput={(event) => edit(form, { by: event.currentTarget.value })}
        />
      </label>
    </div>
  );
}

/** An instant as a field for dates wants it, in the browser's own time. */
function localTime(iso: string | undefined): string {
  if (iso === undefined) return '';
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function formOf({ note, disposition, tags, followUp }: WrapUp): Form {
  const [text, by] = [followUp?.text ?? '', localTime(followUp?.at)];
  return { note, disposition, tags: tags.join(', '), followUp: text, by, edited: false };
}

/** Nothing at all where nothing was noted. */
function wrapUpOf({ note, disposition, tags, followUp, by, edited }: Form): WrapUp | undefined {
  if (note.trim() === '' && !edited) return undefined;
  const parts = tags.split(/[,，、]/).map((tag) => tag.trim().slice(0, 100));
  const text = followUp.trim();
  const at = by === '' ? {} : { at: new Date(by).toISOString() };
  return {
    note: note.trim(),
    disposition,
    tags: [...new Set(parts)].filter((tag) => tag !== '').slice(0, 20),
    ...(text === '' ? {} : { followUp: { text, ...at } }),
  };
}
