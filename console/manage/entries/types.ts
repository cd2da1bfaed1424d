import type { Answer, Entry } from '../../../lib/domain/entry.ts';
import type { KeptEntry } from '../../../lib/domain/kept-entry.ts';

/** An entry as it is being written: the server checks what becomes of it. */
export type EntryForm = Omit<Entry, 'id'> & { id: string };
export type StoredEntry = EntryForm & Partial<Pick<KeptEntry, 'revision' | 'updatedAt' | 'updatedBy'>>;
export type { Answer };

export const NEW_ENTRY: EntryForm = {
  id: '',
  intent: '',
  question: '',
  similarQuestions: [],
  answers: [{ text: '' }],
  policy: 'auto',
};

/** Fields that hold nothing are left out: they would read as "set to nothing". */
export function tidy<T extends object>(value: T): T {
  const kept = Object.entries(value).filter(([, one]) => one !== undefined && one !== '' && !isEmptyList(one));
  return Object.fromEntries(kept) as T;
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** What is sent: no empty fields, no field the server adds itself. */
export function sendable({ revision, updatedAt, updatedBy, ...form }: StoredEntry): Omit<
  EntryForm,
  'similarQuestions'
> & {
  similarQuestions: string[];
} {
  const { similarQuestions, answers, ...rest } = form;
  return { ...tidy(rest), similarQuestions, answers: answers.map(tidy) };
}

export const sameForm = (a: StoredEntry, b: StoredEntry): boolean => ordered(sendable(a)) === ordered(sendable(b));

/** One text for two equal values, whatever the order of their fields. */
export function ordered(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    one !== null && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}
