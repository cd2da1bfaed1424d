import type { Entry } from './entry.ts';
import { sentencesOf } from './sentences.ts';

/** Shorter pieces of a passage say nothing by themselves. */
const SHORTEST = 6;

/**
 * What an entry is learnt from and found by: its authored questions. Nobody wrote questions for a passage, so its own
 * sentences stand in for them beside its headings.
 */
export function questionsOf({ question, similarQuestions, passage, answers }: Entry): string[] {
  const authored = [question, ...similarQuestions];
  if (passage === undefined) return authored;
  const sentences = answers.flatMap(({ text }) => sentencesOf(text).map((sentence) => sentence.trim()));
  return [...new Set([...authored, ...sentences.filter((sentence) => sentence.length >= SHORTEST)])];
}
