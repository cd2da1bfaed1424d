import type { Desk } from './desk-store.ts';
import { HelpDialog, type KeyRow } from './help-dialog.tsx';
import { KEYS } from './keys.ts';
import { words } from './words/words.ts';

/** The desk's keys as they are listened to, and those that lead to the other sides of the page. */
export function Help({ desk, elsewhere }: { desk: Desk; elsewhere: readonly KeyRow[] }) {
  const { ui, desk: say } = words.value;
  if (desk.asking.value !== 'help') return null;
  const texts: Record<string, string> = { ...ui, ...say };
  const rows = KEYS.map(({ keys, meaning }) => ({ keys, meaning: texts[meaning] ?? meaning }));
  return <HelpDialog title={ui.helpTitle} rows={[...rows, ...elsewhere]} onClose={() => desk.ask(undefined)} />;
}
