import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { ApiError } from '../../api.ts';
import { guard } from '../../route.ts';
import type { Shell } from '../shell/shell.ts';
import { conditionProblem } from './condition-field.tsx';
import type { EntryList } from './entry-list.ts';
import { NEW_ENTRY, type StoredEntry, sameForm, sendable } from './types.ts';
import { w } from './words.ts';

/** Somebody else saved first: what is stored now, and what this editor began from. */
export type Conflict = { current: StoredEntry; base: StoredEntry };

export type Editor = {
  form: Signal<StoredEntry>;
  isNew: boolean;
  unsaved: ReadonlySignal<boolean>;
  /** Whether saving was tried: from then on what is missing is pointed out. */
  tried: ReadonlySignal<boolean>;
  saving: ReadonlySignal<boolean>;
  conflict: Signal<Conflict | undefined>;
  problem: ReadonlySignal<ApiError | undefined>;
  change(patch: Partial<StoredEntry>): void;
  discard(): void;
  save(): Promise<void>;
  /** Saves what was chosen of two versions, over the one that is stored now. */
  settle(merged: StoredEntry): Promise<void>;
  run(verb: 'off' | 'on' | 'reset'): Promise<void>;
  remove(): Promise<void>;
};

const path = (id: string): string => `/v1/knowledge/entries/${encodeURIComponent(id)}`;

export const readEntry = async (shell: Shell, id: string): Promise<StoredEntry> =>
  (await shell.call('GET', path(id))) as StoredEntry;

function missing(form: StoredEntry): boolean {
  const answers = form.answers.some(
    ({ text, when }) => text.trim() === '' || conditionProblem(when ?? '') !== undefined,
  );
  return form.id.trim() === '' || form.question.trim() === '' || answers;
}

function conflictIn(error: unknown): StoredEntry | undefined {
  if (!(error instanceof ApiError) || error.status !== 409) return undefined;
  return error.problem['current'] as StoredEntry | undefined;
}

/** One entry while it is edited: what is stored, what is written, and what became of saving it. */
export function createEditor(shell: Shell, list: EntryList, stored: StoredEntry, isNew: boolean): Editor {
  const base = signal(stored);
  const form = signal(stored);
  const tried = signal(false);
  const saving = signal(false);
  const conflict = signal<Conflict | undefined>(undefined);
  const problem = signal<ApiError | undefined>(undefined);
  const unsaved = computed(() => !sameForm(form.value, base.value));

  const keep = (next: StoredEntry) => {
    base.value = next;
    form.value = next;
    conflict.value = undefined;
    problem.value = undefined;
    list.replace(next);
  };
  const refused = (error: unknown) => {
    const current = conflictIn(error);
    if (current !== undefined) conflict.value = { current, base: base.value };
    else if (error instanceof ApiError && error.status < 500 && error.status !== 401) problem.value = error;
    else throw error;
  };
  const write = async (next: StoredEntry) => {
    const { revision } = next;
    const { id, ...body } = sendable(next);
    saving.value = true;
    try {
      const kept = await shell.call('PUT', path(id), { ...body, id, ...(revision === undefined ? {} : { revision }) });
      keep(kept as StoredEntry);
      tried.value = false;
      shell.say('good', w.value.saved);
      if (isNew) open(id);
    } catch (error) {
      refused(error);
    } finally {
      saving.value = false;
    }
  };
  const open = (id: string) => {
    // Saved, it may be left without asking.
    guard.value = undefined;
    shell.go('entries', id);
  };
  const attempt = async (work: () => Promise<void>) => void (await shell.attempt(work));
  return {
    ...{ form, isNew, unsaved, tried, saving, conflict, problem },
    change(patch) {
      form.value = { ...form.value, ...patch };
    },
    discard() {
      form.value = base.value;
      tried.value = false;
      problem.value = undefined;
    },
    async save() {
      tried.value = true;
      if (saving.value || missing(form.value)) return;
      await attempt(() => write(withIntent(form.value)));
    },
    settle: (merged) => attempt(() => write(merged)),
    run: (verb) =>
      attempt(async () => {
        const { off, on, reset } = { off: w.value.switchedOff, on: w.value.switchedOn, reset: w.value.resetDone };
        await shell.call('POST', `${path(form.value.id)}/${verb}`, {});
        keep(await readEntry(shell, form.value.id));
        shell.say('good', { off, on, reset }[verb]);
      }),
    remove: () =>
      attempt(async () => {
        await shell.call('DELETE', path(form.value.id));
        form.value = base.value;
        list.remove(form.value.id);
        shell.say('good', w.value.removeDone);
        shell.go('entries');
      }),
  };
}

/** An entry's intent is its id unless it is told otherwise, as in an import. */
function withIntent(form: StoredEntry): StoredEntry {
  return form.intent.trim() === '' ? { ...form, intent: form.id } : form;
}

/** A name that is free; its writer may put a better one. */
export const newEntry = (shell: Shell): StoredEntry => ({ ...NEW_ENTRY, id: `own.${shell.newId().replace('-', '')}` });
