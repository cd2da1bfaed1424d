import type { ChangeCounts, EntryChange, FieldChange } from '../../domain/diff.ts';
import { Answer, Entry } from '../../domain/entry.ts';
import { matchAnswers } from '../packs/match-answers.ts';
import { canonical } from '../plan.ts';

const same = (before: unknown, after: unknown): boolean => canonical(before) === canonical(after);

/** What is not there on a side is left out. */
const changeOf = (path: string, before: unknown, after: unknown): FieldChange => ({
  path,
  ...(before === undefined ? {} : { before }),
  ...(after === undefined ? {} : { after }),
});

function fieldsOf<T extends object>(prefix: string, names: readonly (keyof T & string)[], before: T, after: T) {
  return names.flatMap((name) =>
    same(before[name], after[name]) ? [] : [changeOf(`${prefix}${name}`, before[name], after[name])],
  );
}

/** Similar questions are a set: `similarQuestions.<place>` says where one stands in the list that has it. */
function questionChanges(before: readonly string[], after: readonly string[]): FieldChange[] {
  const [old, now] = [new Set(before), new Set(after)];
  const path = (list: readonly string[], text: string): string => `similarQuestions.${list.indexOf(text)}`;
  return [
    ...[...old].filter((text) => !now.has(text)).map((text) => changeOf(path(before, text), text, undefined)),
    ...[...now].filter((text) => !old.has(text)).map((text) => changeOf(path(after, text), undefined, text)),
  ];
}

const ANSWER_FIELDS = Object.keys(Answer.shape) as (keyof Answer)[];

/** An answer that was moved or reworded is the same answer; its place is the later one, of a removed one the earlier. */
function answerChanges(before: readonly Answer[], after: readonly Answer[]): FieldChange[] {
  const became = matchAnswers(before, after);
  const came = new Map([...became].map(([from, to]) => [to, from]));
  const later = after.flatMap((answer, to) => {
    const old = before[came.get(to) ?? -1];
    if (old === undefined) return [changeOf(`answers.${to}`, undefined, answer)];
    return fieldsOf(`answers.${to}.`, ANSWER_FIELDS, old, answer);
  });
  const removed = before.flatMap((answer, from) =>
    became.has(from) ? [] : [changeOf(`answers.${from}`, answer, undefined)],
  );
  return [...later, ...removed, ...orderChange(became)];
}

/** Answers that are equally specific take turns in their order. */
function orderChange(became: ReadonlyMap<number, number>): FieldChange[] {
  const places = [...became].sort(([a], [b]) => a - b).map(([, to]) => to);
  const isKept = places.every((to, at) => at === 0 || (places[at - 1] ?? 0) < to);
  const from = [...became.keys()].sort((a, b) => a - b);
  return isKept ? [] : [changeOf('answers.order', from, places)];
}

const APART: ReadonlySet<string> = new Set(['id', 'similarQuestions', 'answers']);
const PLAIN_FIELDS = (Object.keys(Entry.shape) as (keyof Entry)[]).filter((name) => !APART.has(name));

/** Field by field what became of an entry; empty when it says the same. */
export function changedFields(before: Entry, after: Entry): FieldChange[] {
  if (same(before, after)) return [];
  return [
    ...fieldsOf('', PLAIN_FIELDS, before, after),
    ...questionChanges(before.similarQuestions, after.similarQuestions),
    ...answerChanges(before.answers, after.answers),
  ];
}

function entryChange(before: Entry | undefined, after: Entry | undefined): EntryChange[] {
  const one = after ?? before;
  if (one === undefined) return [];
  const { id, question } = one;
  if (before === undefined) return [{ id, kind: 'added', question, fields: [] }];
  if (after === undefined) return [{ id, kind: 'removed', question, fields: [] }];
  const fields = changedFields(before, after);
  return fields.length === 0 ? [] : [{ id, kind: 'changed', question, fields }];
}

const byId = (entries: readonly Entry[]): Map<string, Entry> => new Map(entries.map((entry) => [entry.id, entry]));

/** What separates two states of the knowledge, by id. The order of the lists says nothing. */
export function diffEntries(before: readonly Entry[], after: readonly Entry[]): EntryChange[] {
  const [old, now] = [byId(before), byId(after)];
  const ids = [...new Set([...old.keys(), ...now.keys()])].sort((a, b) => (a < b ? -1 : Number(a > b)));
  return ids.flatMap((id) => entryChange(old.get(id), now.get(id)));
}

export function countChanges(changes: readonly EntryChange[]): ChangeCounts {
  const counts: ChangeCounts = { added: 0, changed: 0, removed: 0 };
  for (const { kind } of changes) counts[kind] += 1;
  return counts;
}
