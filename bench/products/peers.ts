/** Search engines that run in Node, on the same titles, with their defaults. Those that are not installed are left out. */
import { arePeersInstalled, load } from '../peers/load.ts';

type Title = { id: string; title: string };
export type Search = (query: string) => Promise<readonly string[]> | readonly string[];
export type Peer = { name: string; build: (titles: readonly Title[]) => Promise<Search> };

const DEEP = 10;

type MiniSearch = new (options: {
  fields: string[];
}) => {
  addAll(titles: readonly Title[]): void;
  search(text: string): readonly { id: string }[];
};

const miniSearch: Peer = {
  name: 'MiniSearch',
  async build(titles) {
    const { default: Constructor }: { default: MiniSearch } = await load('minisearch');
    const index = new Constructor({ fields: ['title'] });
    index.addAll(titles);
    return (query) =>
      index
        .search(query)
        .slice(0, DEEP)
        .map(({ id }) => id);
  },
};

type Database = {
  exec(sql: string): void;
  prepare(sql: string): { run(...values: string[]): unknown; all(...values: string[]): unknown[] };
};
type Sqlite = { DatabaseSync: new (file: string) => Database };

/** Any of the words, ranked by its `bm25`; Porter's stemmer. */
const fts5: Peer = {
  name: 'SQLite FTS5, porter',
  async build(titles) {
    const { DatabaseSync }: Sqlite = await import('node:sqlite');
    const database = new DatabaseSync(':memory:');
    database.exec("create virtual table title using fts5(id unindexed, text, tokenize = 'porter unicode61')");
    database.exec('begin');
    const insert = database.prepare('insert into title values (?, ?)');
    for (const { id, title } of titles) insert.run(id, title);
    database.exec('commit');
    const select = database.prepare(`select id from title where text match ? order by bm25(title) limit ${DEEP}`);
    return (query) => {
      const words = query.match(/[\p{L}\p{N}]+/gu) ?? [];
      const found = words.length === 0 ? [] : select.all(words.map((word) => `"${word}"`).join(' OR '));
      return found.map((row) => (typeof row === 'object' && row !== null && 'id' in row ? String(row.id) : ''));
    };
  },
};

type Orama = {
  create(options: { schema: Record<string, 'string'> }): unknown;
  insertMultiple(index: unknown, titles: readonly Title[], batch: number): Promise<unknown>;
  search(
    index: unknown,
    query: { term: string; limit: number; properties: string[] },
  ): Promise<{ hits: readonly { document: Title }[] }>;
};

const orama: Peer = {
  name: 'Orama',
  async build(titles) {
    const { create, insertMultiple, search }: Orama = await load('@orama/orama');
    const index = create({ schema: { title: 'string' } });
    await insertMultiple(index, titles, 1_000);
    return async (query) => {
      const { hits } = await search(index, { term: query, limit: DEEP, properties: ['title'] });
      return hits.map(({ document }) => document.id);
    };
  },
};

export const peers = (): Peer[] => [fts5, ...(arePeersInstalled() ? [miniSearch, orama] : [])];
