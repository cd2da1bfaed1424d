/** SQLite FTS5 (BM25), in Node itself, as a classifier: the class of the best question. Any word may match. */
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { bestByClass, type Lesson, type System } from '../engine/system.ts';
import { documentsOf } from './documents.ts';
import { chineseWords } from './words.ts';

const HITS = 200;
const Found = z.array(z.object({ key: z.string(), score: z.number() }));

/** Every word quoted, so that none is an operator. */
function matchOf(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(' OR ');
}

export const sqlite: System = {
  name: 'SQLite FTS5',
  probabilities: false,
  learn({ classes, language }: Lesson) {
    const words = (text: string) => (language === 'zh' ? chineseWords(text) : (text.match(/[\p{L}\p{N}]+/gu) ?? []));
    const database = new DatabaseSync(':memory:');
    database.exec("CREATE VIRTUAL TABLE faq USING fts5(question, answer, key UNINDEXED, tokenize = 'unicode61')");
    const insert = database.prepare('INSERT INTO faq VALUES (?, ?, ?)');
    database.exec('BEGIN');
    for (const { key, question, answer } of documentsOf(classes)) {
      insert.run(words(question).join(' '), words(answer).join(' '), key);
    }
    database.exec('COMMIT');
    const select = database.prepare(
      'SELECT key, -bm25(faq, 1.0, 0.4) AS score FROM faq WHERE faq MATCH ? ORDER BY score DESC LIMIT ?',
    );
    return {
      ask: (text) => {
        const wanted = words(text);
        if (wanted.length === 0) return [];
        const found = Found.parse(select.all(matchOf(wanted), HITS));
        return bestByClass(found.map(({ key, score }) => ({ key, confidence: score })));
      },
    };
  },
};
