import { increase } from './arrays.ts';
import { scoreBm25 } from './bm25.ts';
import { terms } from './features.ts';
import { convex, type Scored } from './fuse.ts';
import { best, computeMargins } from './model.ts';
import { normalize } from './normalize.ts';
import { type Opened, queryOf, similarityOf } from './opened.ts';
import { tokenize } from './tokenize.ts';
import type { AskOptions, SearchHit } from './types.ts';

const HITS = 10;
/** What a match in the answers is worth beside one in the questions. */
const ANSWER_WEIGHT = 0.7;
/**
 * Questions a class, on average, at which the classifier is worth as much as BM25. With one question a class it has
 * little to learn from, with ten it knows better. Chosen over seven sets, from 1 to 5 questions a class.
 */
const BALANCE = 1.5;
/** A class that shares no word with the text is still a match from this margin on: its words are misspelt. */
const LEAST_MARGIN = -0.5;
/** What similarity of meaning is worth beside words. */
const DENSE_SHARE = 0.5;

/** By class, the score of its best question and which row that is (the first among equals); -1 without a match. */
function bestQuestions({ owners, questionIndex, model }: Opened, wanted: readonly number[]) {
  const byRow = new Float32Array(owners.length);
  scoreBm25(questionIndex, wanted, byRow);
  const scores = new Float32Array(model.bias.length);
  const rows = new Int32Array(model.bias.length).fill(-1);
  for (let row = 0; row < byRow.length; row += 1) {
    const score = byRow[row] ?? 0;
    const owner = owners[row] ?? 0;
    if (score <= (scores[owner] ?? 0)) continue;
    scores[owner] = score;
    rows[owner] = row;
  }
  return { scores, rows };
}

/** By class, the score of its best question and `ANSWER_WEIGHT` times that of its answers. */
function scoreWords(opened: Opened, wanted: readonly number[]) {
  const { scores, rows } = bestQuestions(opened, wanted);
  const byAnswer = new Float32Array(scores.length);
  scoreBm25(opened.answerIndex, wanted, byAnswer);
  byAnswer.forEach((score, owner) => {
    increase(scores, owner, ANSWER_WEIGHT * score);
  });
  return { scores, rows };
}

/** BM25, the classifier's margins and, with a vector, similarity of meaning: each brought to one scale. */
function waysOf({ owners, classes }: Opened, words: Float32Array, margins: Float32Array, meaning?: Float32Array) {
  const each = owners.length / Math.max(1, classes.languages.length);
  const learnt = each / (each + BALANCE);
  const sparse = meaning === undefined ? 1 : 1 - DENSE_SHARE;
  const ways: Scored[] = [
    { scores: words, weight: sparse * (1 - learnt), least: 0 },
    { scores: margins, weight: sparse * learnt },
  ];
  return meaning === undefined ? ways : [...ways, { scores: meaning, weight: DENSE_SHARE }];
}

/** Classes by how well a text matches their questions and answers. Scores, 0-1, compare the classes of one search only. */
export function search(opened: Opened, text: string, options: AskOptions): SearchHit[] {
  const { limit = HITS, language } = options;
  const allowed = opened.allowed(language);
  const tokens = tokenize(normalize(text));
  const read = queryOf(opened, tokens);
  const meaning = similarityOf(opened, options);
  const { scores: words, rows } = scoreWords(opened, terms(tokens));
  computeMargins(opened.model, read, opened.space);
  // Of a text that only answers share words with, the classifier knows nothing.
  const margins = read.ids.length === 0 ? new Float32Array(words.length).fill(-1) : opened.space.margins;
  const scores = convex(waysOf(opened, words, margins, meaning), allowed);
  const matches = (index: number) =>
    meaning !== undefined || (words[index] ?? 0) > 0 || (margins[index] ?? 0) > LEAST_MARGIN;
  return best(scores, limit, allowed)
    .filter(matches)
    .map((index) => ({
      index,
      key: opened.key(index),
      score: scores[index] ?? 0,
      question: opened.classes.questions[rows[index] ?? -1] ?? 0,
    }));
}
