import type { Entry } from '../../domain/entry.ts';
import { contentWords } from './content-words.ts';

/** A word of a topic and the share of its entry's questions that hold it, 0-1. */
export type TopicWord = { word: string; share: number };

/** Questions read of one entry, and words kept of it. */
const READ = 60;
const KEPT = 12;
/** A word that fewer of the questions hold is chance. */
const FEWEST = 0.08;
const HAN = /^\p{Script=Han}/u;

type Counted = { top: readonly TopicWord[]; all: ReadonlySet<string>; chars: ReadonlySet<string> };
const known = new WeakMap<Entry, Counted>();

/** What an entry is about: the words and Han pairs that most of its questions share, the most shared first. */
export function topicWords(entry: Entry): readonly TopicWord[] {
  return counted(entry).top;
}

/** The share of a message's own words that any question of an entry holds, 0-1; 1 for a message without own words. */
export function support(entry: Entry, words: readonly string[]): number {
  const { all, chars } = counted(entry);
  const found = words.filter((word) => grams(word).some((gram) => all.has(gram) || chars.has(gram)));
  return words.length === 0 ? 1 : found.length / words.length;
}

function counted(entry: Entry): Counted {
  const before = known.get(entry);
  if (before !== undefined) return before;
  const made = count([entry.question, ...entry.similarQuestions].slice(0, READ));
  known.set(entry, made);
  return made;
}

function count(questions: readonly string[]): Counted {
  const counts = new Map<string, number>();
  for (const question of questions) {
    for (const gram of new Set(contentWords(question).flatMap(grams))) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  const top = [...counts]
    .map(([word, times]) => ({ word, share: times / questions.length }))
    .filter(({ share }) => share >= FEWEST)
    .sort((a, b) => b.share - a.share || b.word.length - a.word.length)
    .slice(0, KEPT);
  const all = new Set(counts.keys());
  return { top, all, chars: new Set([...all].filter((gram) => HAN.test(gram)).flatMap((gram) => [...gram])) };
}

/** A Han run as its pairs (alone if it is one character), a word as its stem. */
export function grams(run: string): string[] {
  if (!HAN.test(run)) return [stem(run)];
  if (run.length === 1) return [run];
  return Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2));
}

/** English inflections that a follow-up changes: "returns", "returning". */
export function stem(word: string): string {
  const bare = word.replace(/'s?$/, '');
  return bare.length <= 4 ? bare.replace(/(?<=[a-z]{3})s$/, '') : bare.replace(/(?:ings?|ed|es|s|e)$/, '');
}

/** The topic's words in a question, as it wrote them, leftmost first: neighbouring Han pairs make one ("收货地址"). */
export function objectsIn(question: string, words: readonly TopicWord[]): string[] {
  const wanted = new Set(words.map(({ word }) => word));
  return contentWords(question).flatMap((run) =>
    HAN.test(run) ? hanObjects(run, wanted) : wanted.has(stem(run)) ? [run] : [],
  );
}

function hanObjects(run: string, wanted: ReadonlySet<string>): string[] {
  const marks = [...run].map(
    (char, at) =>
      wanted.has(char) || wanted.has(run.slice(at, at + 2)) || (at > 0 && wanted.has(run.slice(at - 1, at + 1))),
  );
  const objects: string[] = [];
  let object = '';
  marks.forEach((marked, at) => {
    if (marked) object += run.charAt(at);
    if ((!marked || at === marks.length - 1) && object !== '') {
      objects.push(object);
      object = '';
    }
  });
  return objects;
}
