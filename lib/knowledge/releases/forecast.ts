import type { Entry } from '../../domain/entry.ts';
import { questionsOf } from '../../domain/questions.ts';

/** What decides how long a compile takes and how large its snapshot becomes. */
export type Size = { entries: number; questions: number; bytes: number };

/** What a compile is given in time and memory, and with that at most in questions: beyond it another index is needed. */
const MOST_QUESTIONS = 100_000;
const MOST_BYTES = 96 * 1024 * 1024;

/** `bytes`: of the entries as they are stored in the snapshot. */
export function sizeOf(entries: readonly Entry[]): Size {
  const questions = entries.reduce((sum, entry) => sum + questionsOf(entry).length, 0);
  const bytes = entries.reduce((sum, entry) => sum + Buffer.byteLength(JSON.stringify(entry)), 0);
  return { entries: entries.length, questions, bytes };
}

/**
 * Seconds on one quiet core and bytes of snapshot. Fitted on measurements of `npm run bench:compile` (500 to 10,000
 * entries, 10,000 to 20,000 questions): a class costs its training, a question its features and its place in the index.
 */
export function forecast({ entries, questions, bytes }: Size): { seconds: number; bytes: number } {
  const seconds = 0.4 + 0.0005 * questions + 0.0075 * entries;
  return { seconds: Math.round(seconds * 10) / 10, bytes: Math.round(200 * questions + 900 * entries + bytes) };
}

/** Why this could not be compiled, in words for a knowledge manager; undefined when it can. */
export function tooLarge(size: Size): string | undefined {
  if (size.questions > MOST_QUESTIONS) {
    return `the draft has ${size.questions} questions; a release holds at most ${MOST_QUESTIONS}: switch entries off or merge similar questions`;
  }
  const { bytes } = forecast(size);
  if (bytes <= MOST_BYTES) return undefined;
  return `the release would take about ${Math.ceil(bytes / 1e6)} MB; at most ${Math.floor(MOST_BYTES / 1e6)} MB fit: shorten long answers or switch entries off`;
}
