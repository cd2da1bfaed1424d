/** What is measured: something that learns questions by class and then ranks classes for a text. */
import type { Language } from '../../lib/domain/language.ts';

export type TaughtClass = { key: string; questions: readonly string[]; answer: string };

export type Lesson = {
  classes: readonly TaughtClass[];
  language: Language;
  /** Share of the messages that no class answers, 0-1: what a shop would set. */
  outOfScopeShare: number;
  /** Seconds after which a system that can stop learning early should. */
  capSeconds: number;
};

/** Best first, each class once. A confidence that is no probability still orders texts by how sure the system is. */
export type Ranked = { key: string; confidence: number };

export type Learnt = {
  ask(text: string): readonly Ranked[] | Promise<readonly Ranked[]>;
  /** What was kept to be opened again, where there is such a thing. */
  bytes?: number;
  /** The lowest confidence at which it answers alone at precision `target`; absent where it does not say. */
  threshold?(target: number): number;
  /** Said in the table: a cap that was reached, for example. */
  note?: string;
};

export type System = {
  name: string;
  /** Whether its confidences are meant as probabilities: only then is there a calibration error. */
  probabilities: boolean;
  learn(lesson: Lesson): Learnt | Promise<Learnt>;
};

/** Classes asked for, at most: as deep as a ranking is judged. */
export const DEPTH = 10;

/** Of hits that name classes, best first: each class with its best hit. */
export function bestByClass(hits: Iterable<Ranked>): Ranked[] {
  const best = new Map<string, Ranked>();
  for (const hit of hits) {
    if (best.size === DEPTH) break;
    if (!best.has(hit.key)) best.set(hit.key, hit);
  }
  return [...best.values()];
}
