import { increase } from './arrays.ts';
import { scoreBm25 } from './bm25.ts';
import { terms } from './features.ts';
import { convex } from './fuse.ts';
import { best } from './model.ts';
import { normalize } from './normalize.ts';
import { type Opened, similarityOf } from './opened.ts';
import { tokenize } from './tokenize.ts';
import type { AskOptions, SearchHit } from './types.ts';

const HITS = 10;
/** What a match in the answers is worth beside one in the questions. */
const ANSWER_WEIGHT = 0.4;
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

/** By class, the score of its best question and 0.4 times that of its answers. */
function scoreWords(opened: Opened, wanted: readonly number[]) {
  const { scores, rows } = bestQuestions(opened, wanted);
  const byAnswer = new Float32Array(scores.length);
  scoreBm25(opened.answerIndex, wanted, byAnswer);
  byAnswer.forEach((score, owner) => {
    increase(scores, owner, ANSWER_WEIGHT * score);
  });
  return { scores, rows };
}

/** Classes by how well their questions and answers match the words; with a vector, by words and meaning, half each. */
export function search(opened: Opened, text: string, options: AskOptions): SearchHit[] {
  const { limit = HITS, language } = options;
  const allowed = opened.allowed(language);
  const { scores: words, rows } = scoreWords(opened, terms(tokenize(normalize(text))));
  const similarity = similarityOf(opened, options);
  const scores =
    similarity === undefined
      ? words
      : convex(
          [
            { scores: words, weight: 1 - DENSE_SHARE, least: 0 },
            { scores: similarity, weight: DENSE_SHARE },
          ],
          allowed,
        );
  return best(scores, limit, allowed)
    .filter((index) => (scores[index] ?? 0) > 0)
    .map((index) => ({
      index,
      key: opened.key(index),
      score: scores[index] ?? 0,
      question: opened.classes.questions[rows[index] ?? -1] ?? 0,
    }));
}
