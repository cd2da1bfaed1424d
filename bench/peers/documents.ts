/** What a search engine is given: a document a question; the entry's answer stands with its first question. */
import type { TaughtClass } from '../engine/system.ts';

export type Row = { key: string; question: string; answer: string };

export function documentsOf(classes: readonly TaughtClass[]): Row[] {
  return classes.flatMap(({ key, questions, answer }) =>
    questions.map((question, at) => ({ key, question, answer: at === 0 ? answer : '' })),
  );
}
