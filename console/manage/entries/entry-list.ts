import { type ReadonlySignal, signal } from '@preact/signals';
import type { Shell } from '../shell/shell.ts';
import type { StoredEntry } from './types.ts';

export type Filters = Partial<Record<'q' | 'category' | 'language' | 'pack' | 'policy' | 'state', string>>;
type Page = { items: StoredEntry[]; cursor?: string; total?: number };

const PAGE = 100;
/** Read on when so many rows or fewer are left below what is shown. */
const AHEAD = 60;

export type EntryList = {
  items: ReadonlySignal<readonly StoredEntry[]>;
  /** Whether more are to be had. */
  hasMore: ReadonlySignal<boolean>;
  total: ReadonlySignal<number | undefined>;
  loading: ReadonlySignal<boolean>;
  error: ReadonlySignal<unknown>;
  /** Every category that has been seen, for completion. */
  categories: ReadonlySignal<readonly string[]>;
  show(filters: Filters): Promise<void>;
  /** Reads on while fewer than a screen or two are left below this row. */
  reach(row: number): void;
  replace(entry: StoredEntry): void;
  remove(id: string): void;
};

/** The draft's entries a page at a time, as far as somebody has looked. */
export function createEntryList(shell: Shell): EntryList {
  const items = signal<readonly StoredEntry[]>([]);
  const hasMore = signal(false);
  const total = signal<number | undefined>(undefined);
  const loading = signal(false);
  const error = signal<unknown>(undefined);
  const categories = signal<readonly string[]>([]);
  let filters: Filters = {};
  let cursor: string | undefined;
  let turn = 0;

  const take = (page: Page, first: boolean) => {
    items.value = first ? page.items : [...items.value, ...page.items];
    cursor = page.cursor;
    hasMore.value = cursor !== undefined;
    total.value = page.total ?? (cursor === undefined ? items.value.length : undefined);
    const seen = page.items.flatMap(({ category }) => (category === undefined ? [] : [category]));
    const all = new Set([...categories.value, ...seen]);
    if (all.size > categories.value.length) categories.value = [...all].sort();
  };
  const read = async (first: boolean) => {
    const mine = turn;
    loading.value = true;
    error.value = undefined;
    const asked = new URLSearchParams({ limit: String(PAGE), ...filters, ...(first ? {} : { cursor: cursor ?? '' }) });
    const page = await (shell.call('GET', `/v1/knowledge/entries?${asked}`) as Promise<Page>).catch(
      (failed: unknown) => {
        if (mine === turn) error.value = failed;
      },
    );
    if (mine !== turn) return;
    if (page !== undefined) take(page, first);
    loading.value = false;
  };
  return {
    ...{ items, hasMore, total, loading, error, categories },
    async show(next) {
      filters = Object.fromEntries(Object.entries(next).filter(([, value]) => value !== ''));
      turn += 1;
      await read(true);
    },
    reach(row) {
      if (hasMore.value && !loading.value && error.value === undefined && row > items.value.length - AHEAD) {
        void read(false);
      }
    },
    replace(entry) {
      const at = items.value.findIndex(({ id }) => id === entry.id);
      items.value = at === -1 ? [entry, ...items.value] : items.value.with(at, entry);
    },
    remove(id) {
      items.value = items.value.filter((one) => one.id !== id);
    },
  };
}
