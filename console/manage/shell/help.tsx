import { HelpDialog, type KeyRow } from '../../help-dialog.tsx';
import { fill, language } from '../../words/words.ts';
import type { PageSpec } from '../pages.ts';
import { GO, KEYS, TO_DESK } from './key-list.ts';
import { manageHelp } from './keys.ts';
import { w } from './words.ts';

/** The keys that lead to a page from anywhere. */
export function goRows(pages: readonly PageSpec[]): KeyRow[] {
  const say = w.value;
  return [
    ...pages.map((page) => ({
      keys: [GO, page.key],
      meaning: fill(say.helpGo, { page: page.title[language.value] }),
    })),
    { keys: [GO, TO_DESK], meaning: fill(say.helpGo, { page: say.desk }) },
  ];
}

export function ManageHelp({ pages }: { pages: readonly PageSpec[] }) {
  const say = w.value;
  if (!manageHelp.value) return null;
  const rows: KeyRow[] = [
    ...goRows(pages),
    ...KEYS.map(({ key, meaning }) => ({ keys: [key], meaning: say[meaning] })),
  ];
  return (
    <HelpDialog
      title={say.helpTitle}
      rows={rows}
      onClose={() => {
        manageHelp.value = false;
      }}
    />
  );
}
