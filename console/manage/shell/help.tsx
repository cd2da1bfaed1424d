import { HelpDialog, type KeyRow } from '../../help-dialog.tsx';
import { fill, language } from '../../words/words.ts';
import type { PageSpec } from '../pages.ts';
import { manageHelp } from './keys.ts';
import { w } from './words.ts';

/** The keys that lead to a page from anywhere. */
export function goRows(pages: readonly PageSpec[]): KeyRow[] {
  const say = w.value;
  return [
    ...pages.map((page) => ({
      keys: ['g', page.key],
      meaning: fill(say.helpGo, { page: page.title[language.value] }),
    })),
    { keys: ['g', 'd'], meaning: fill(say.helpGo, { page: say.desk }) },
  ];
}

export function ManageHelp({ pages }: { pages: readonly PageSpec[] }) {
  const say = w.value;
  if (!manageHelp.value) return null;
  const rows: KeyRow[] = [
    ...goRows(pages),
    { keys: ['n'], meaning: say.helpNew },
    { keys: ['j', 'k'], meaning: say.helpStep },
    { keys: ['Ctrl+S'], meaning: say.helpSave },
    { keys: ['/'], meaning: say.helpSearch },
    { keys: ['Esc'], meaning: say.helpEscape },
    { keys: ['?'], meaning: say.helpHelp },
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
