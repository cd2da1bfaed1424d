/** Edits by hand that lead from one state of the entries to another. */
import type { Answer, Entry } from '../../lib/domain/entry.ts';
import { matchAnswers } from '../../lib/knowledge/packs/match-answers.ts';
import { same } from '../../lib/knowledge/packs/three-way.ts';

const FIELDS = ['intent', 'question', 'ask', 'policy', 'note', 'off'] as const;

const differing = (one: readonly string[], other: readonly string[]): number =>
  one.filter((text) => !other.includes(text)).length + other.filter((text) => !one.includes(text)).length;

function answerEdits(before: readonly Answer[], after: readonly Answer[]): number {
  const matched = matchAnswers(before, after);
  const changed = [...matched].filter(([from, to]) => !same(before[from], after[to])).length;
  return changed + before.length - matched.size + after.length - matched.size;
}

const entryEdits = (before: Entry, after: Entry): number =>
  FIELDS.filter((field) => !same(before[field], after[field])).length +
  differing(before.similarQuestions, after.similarQuestions) +
  answerEdits(before.answers, after.answers);

/** A field set, a similar question added or removed, an answer changed, added or removed, an entry added or removed: one each. */
export function editsBetween(before: readonly Entry[], after: readonly Entry[]): number {
  const later = new Map(after.map((entry) => [entry.id, entry]));
  const earlier = new Set(before.map(({ id }) => id));
  const changed = before.reduce((sum, entry) => {
    const now = later.get(entry.id);
    return sum + (now === undefined ? 1 : entryEdits(entry, now));
  }, 0);
  return changed + after.filter(({ id }) => !earlier.has(id)).length;
}
