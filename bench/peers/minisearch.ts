/** MiniSearch (BM25+) as a classifier: the class of the best question. Default settings. */
import { bestByClass, type Lesson, type System } from '../engine/system.ts';
import { documentsOf } from './documents.ts';
import { load } from './load.ts';
import { chineseWords } from './words.ts';

type Document = { id: number; question: string; answer: string };
type Index = {
  addAll(documents: readonly Document[]): void;
  search(text: string): readonly { id: number; score: number }[];
};
type MiniSearch = new (options: {
  fields: string[];
  tokenize?: (text: string) => string[];
  searchOptions: { boost: Record<string, number> };
}) => Index;

const ANSWER_BOOST = 0.4;

export const miniSearch: System = {
  name: 'MiniSearch',
  probabilities: false,
  async learn({ classes, language }: Lesson) {
    const { default: Constructor }: { default: MiniSearch } = await load('minisearch');
    const rows = documentsOf(classes);
    const index = new Constructor({
      fields: ['question', 'answer'],
      searchOptions: { boost: { answer: ANSWER_BOOST } },
      ...(language === 'zh' ? { tokenize: chineseWords } : {}),
    });
    index.addAll(rows.map(({ question, answer }, id) => ({ id, question, answer })));
    const keys = rows.map(({ key }) => key);
    return {
      ask: (text) =>
        bestByClass(index.search(text).map(({ id, score }) => ({ key: keys[id] ?? '', confidence: score }))),
    };
  },
};
