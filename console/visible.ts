import type { Assist, Suggestion } from '../lib/domain/assist.ts';

type Asked = Assist['understanding']['questions'][number];
/** A question of several with its replies; without a question, the replies to the whole turn. */
export type Group = { question: Asked | undefined; suggestions: readonly Suggestion[]; first: number };

/** The keys 1 to 9. */
const MOST = 9;

/**
 * The replies as they stand on the card: question by question where a turn asks several, else in one group. `first` is
 * the place of a group's first reply, counted from 0 over the whole card, which is the order of the keys. Many
 * questions show fewer replies each, so that every reply has a key.
 */
export function visibleGroups({ suggestions, understanding }: Assist): Group[] {
  const { questions } = understanding;
  if (questions.length < 2 || questions.every((question) => question.suggestions === undefined)) {
    return [{ question: undefined, suggestions, first: 0 }];
  }
  const each = Math.floor(MOST / questions.length);
  const shown = questions.map((question) => (question.suggestions ?? []).slice(0, each));
  return questions.map((question, at) => ({
    question,
    suggestions: shown[at] ?? [],
    first: shown.slice(0, at).flat().length,
  }));
}

/** The replies in the order of their keys. */
export function visibleReplies(assist: Assist): Suggestion[] {
  return visibleGroups(assist).flatMap((group) => group.suggestions);
}
