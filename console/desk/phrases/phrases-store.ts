import { type Signal, signal } from '@preact/signals';
import type { DeskPhrase, PhraseImport } from '../../../lib/domain/contract/desk-session.ts';
import type { ImportWish, PhraseList, Phrases, ToolsApi } from '../tools-api.ts';

/** Phrases as they are kept, what was last read staying at hand when the server is out of reach. */
export type PhraseStore = {
  phrases: Signal<Phrases>;
  dialogOpen: Signal<boolean>;
  /** Reads them once; a later call reads again only when told to. Never raises: what is at hand stays. */
  load(again?: boolean): Promise<void>;
  /** Puts a phrase into a list, in the place of the one with its id. The methods below raise what the call raises. */
  put(list: PhraseList, phrase: DeskPhrase): Promise<void>;
  remove(list: PhraseList, id: string): Promise<void>;
  /** Moves a phrase up (−1) or down (1). */
  move(list: PhraseList, id: string, by: -1 | 1): Promise<void>;
  importFile(file: Blob, wish: ImportWish): Promise<PhraseImport>;
};

const NONE: Phrases = { own: [], team: [] };

export function createPhraseStore(api: Pick<ToolsApi, 'phrases' | 'savePhrases' | 'importPhrases'>): PhraseStore {
  const phrases = signal<Phrases>(NONE);
  const dialogOpen = signal(false);
  let reading: Promise<void> | undefined;

  const read = async () => {
    const found = await api.phrases().catch(() => undefined);
    if (found === undefined) reading = undefined;
    else phrases.value = found;
  };
  const save = async (list: PhraseList, next: readonly DeskPhrase[]) => {
    phrases.value = await api.savePhrases(list, next);
  };
  return {
    phrases,
    dialogOpen,
    load(again = false) {
      if (again || reading === undefined) reading = read();
      return reading;
    },
    put(list, phrase) {
      const before = phrases.peek()[list];
      const isKnown = before.some(({ id }) => id === phrase.id);
      return save(list, isKnown ? before.map((one) => (one.id === phrase.id ? phrase : one)) : [...before, phrase]);
    },
    remove: (list, id) =>
      save(
        list,
        phrases.peek()[list].filter((one) => one.id !== id),
      ),
    async move(list, id, by) {
      const next = moved(phrases.peek()[list], id, by);
      if (next !== undefined) await save(list, next);
    },
    async importFile(file, wish) {
      const result = await api.importPhrases(file, wish);
      if (!wish.dryRun) await this.load(true);
      return result;
    },
  };
}

/** The list with one phrase a place further; undefined at its end. */
function moved(list: readonly DeskPhrase[], id: string, by: -1 | 1): DeskPhrase[] | undefined {
  const at = list.findIndex((one) => one.id === id);
  const [one, other] = [list[at], list[at + by]];
  if (one === undefined || other === undefined) return undefined;
  return list.with(at, other).with(at + by, one);
}

/** Codes that stand more than once, with the lists they stand in: only the first is reached by its code. */
export function clashes({ own, team }: Phrases): { code: string; lists: PhraseList[] }[] {
  const all = (['own', 'team'] as const).flatMap((list) =>
    (list === 'own' ? own : team).flatMap(({ shortcut }) =>
      shortcut === undefined || shortcut === '' ? [] : [{ code: shortcut.toLowerCase(), list }],
    ),
  );
  const byCode = Map.groupBy(all, ({ code }) => code);
  return [...byCode]
    .filter(([, found]) => found.length > 1)
    .map(([code, found]) => ({ code, lists: found.map(({ list }) => list) }));
}

/** A list as a file that can be imported again. Cells that a workbook would take for a formula are quoted. */
export function asCsv(list: readonly DeskPhrase[]): string {
  const cell = (text: string) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  const rows = list.map(({ shortcut = '', title = '', text, language = '' }) => [shortcut, title, text, language]);
  return `\uFEFF${[['shortcut', 'title', 'text', 'language'], ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}
