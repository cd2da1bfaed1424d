/** Orama's full-text search (BM25) as a classifier: the class of the best question. Default settings. */
import { bestByClass, type Lesson, type System } from '../engine/system.ts';
import { documentsOf } from './documents.ts';
import { load } from './load.ts';
import { chineseWords } from './words.ts';

type Document = { key: string; question: string; answer: string };
type Tokenizer = { language: string; normalizationCache: Map<string, string>; tokenize(text: string): string[] };
type Database = object;
type Orama = {
  create(options: { schema: Record<keyof Document, string>; components: { tokenizer?: Tokenizer } }): Database;
  insertMultiple(database: Database, documents: readonly Document[], batch: number): Promise<unknown>;
  search(
    database: Database,
    options: { term: string; properties: string[]; limit: number; boost: Record<string, number> },
  ):
    | { hits: readonly { score: number; document: Document }[] }
    | Promise<{
        hits: readonly { score: number; document: Document }[];
      }>;
};

const HITS = 200;
const BATCH = 1_000;
const ANSWER_BOOST = 0.4;
const CHINESE: Tokenizer = { language: 'english', normalizationCache: new Map(), tokenize: chineseWords };

export const orama: System = {
  name: 'Orama',
  probabilities: false,
  async learn({ classes, language }: Lesson) {
    const { create, insertMultiple, search }: Orama = await load('@orama/orama');
    const database = create({
      schema: { key: 'enum', question: 'string', answer: 'string' },
      components: language === 'zh' ? { tokenizer: CHINESE } : {},
    });
    const rows = documentsOf(classes);
    await insertMultiple(database, rows, BATCH);
    const options = { properties: ['question', 'answer'], limit: HITS, boost: { answer: ANSWER_BOOST } };
    return {
      ask: async (term) => {
        const { hits } = await search(database, { term, ...options });
        return bestByClass(hits.map(({ score, document }) => ({ key: document.key, confidence: score })));
      },
    };
  },
};
