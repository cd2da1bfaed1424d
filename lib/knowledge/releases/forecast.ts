import type { Entry } from '../../domain/entry.ts';
import { questionsOf } from '../../domain/questions.ts';

/** What decides how long a compile takes and how large its snapshot becomes. */
export type Size = { entries: number; questions: number; bytes: number };

/** What a compile is given in time and memory, and with that at most in questions: beyond it another index is needed. */
const MOST_QUESTIONS = 100_000;
const MOST_BYTES = 96 * 1024 * 1024;
/** The compile's own deadline (s) is not to be met half-way. */
const MOST_SECONDS = 500;

/** `bytes`: of the entries as they are stored in the snapshot. */
export function sizeOf(entries: readonly Entry[]): Size {
  const questions = entries.reduce((sum, entry) => sum + questionsOf(entry).length, 0);
  const bytes = entries.reduce((sum, entry) => sum + Buffer.byteLength(JSON.stringify(entry)), 0);
  return { entries: entries.length, questions, bytes };
}

/**
 * Seconds on one core and bytes of snapshot, fitted on `npm run bench:compile` (50 to 10,000 entries, 1,000 to 20,000
 * questions; snapshots within a tenth from 10,000 questions on). An entry costs its training against some hundred
 * questions of others, a question its features, its likenesses and its place in the index.
 */
export function forecast({ entries, questions, bytes }: Size): { seconds: number; bytes: number } {
  const seconds = 0.5 + 0.0004 * questions + 0.005 * entries;
  return { seconds: Math.round(seconds * 10) / 10, bytes: Math.round(420 * questions + 1_300 * entries + bytes) };
}

/** Why this could not be compiled, in words for a knowledge manager; undefined when it can. */
export function tooLarge(size: Size): string | undefined {
  if (size.questions > MOST_QUESTIONS) {
    return `the draft has ${size.questions} questions; a release holds at most ${MOST_QUESTIONS}: switch entries off or merge similar questions`;
  }
  const { bytes, seconds } = forecast(size);
  if (seconds > MOST_SECONDS) {
    return `compiling ${size.entries} entries would take about ${Math.ceil(seconds / 60)} minutes; at most ${Math.floor(MOST_SECONDS / 60)} are given: put similar questions into one entry, or switch entries off`;
  }
  if (bytes <= MOST_BYTES) return undefined;
  return `the release would take about ${Math.ceil(bytes / 1e6)} MB; at most ${Math.floor(MOST_BYTES / 1e6)} MB fit: shorten long answers or switch entries off`;
}
