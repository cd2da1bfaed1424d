/** Where inserted text came from: its ids go with the reply, so that what was used or edited is known. */
type Origin = { assistId: string; suggestionId: string; text: string };
export type Draft = {
  text: string;
  origin?: Origin;
  /** The last insertion; while the text still ends with it untouched, another of its kind replaces it. */
  last?: { kind: 'suggestion' | 'phrase' | 'card'; start: number; text: string };
};
export type Insertion = { kind: 'suggestion' | 'phrase' | 'card'; text: string; origin?: Origin };

export const EMPTY_DRAFT: Draft = { text: '' };

/** Words are parted by a space, Chinese by nothing, a product by a line of its own. */
function separator(before: string, kind: Insertion['kind']): string {
  if (before === '' || /\s$/.test(before)) return '';
  if (kind === 'card') return '\n';
  return /[\u0021-\u007e]$/.test(before) ? ' ' : '';
}

/**
 * Puts a suggestion, a phrase or a product into the draft. A second suggestion replaces an untouched first one; what
 * the agent wrote is never overwritten.
 */
export function insert(draft: Draft, insertion: Insertion): Draft {
  const { last } = draft;
  const untouched = last?.kind === insertion.kind && draft.text === draft.text.slice(0, last.start) + last.text;
  const before = untouched ? draft.text.slice(0, last.start) : draft.text;
  const start = before.length;
  const added = separator(before, insertion.kind) + insertion.text;
  const origin = insertion.origin ?? draft.origin;
  return {
    text: before + added,
    last: { kind: insertion.kind, start, text: added },
    ...(origin === undefined ? {} : { origin }),
  };
}

/** What the agent typed. An emptied draft forgets where its text came from. */
export function typed(draft: Draft, text: string): Draft {
  return text.trim() === '' ? { text } : { ...draft, text };
}
