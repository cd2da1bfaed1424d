import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Entry } from '../../../lib/domain/entry.ts';
import type { Shell } from '../shell/shell.ts';

/** What may be expected: an intent of the draft, with a question that has it. */
type Name = { name: string; title: string };

/** How long typing rests before the draft is searched. */
const REST_MS = 250;
const MOST = 30;

/** The draft's intents that fit what is typed, each once, as its entries come. */
export function useNames(shell: Shell, typed: string): readonly Name[] {
  const names = useSignal<readonly Name[]>([]);
  useEffect(() => {
    let stopped = false;
    const look = async () => {
      await shell.wait(REST_MS);
      if (stopped) return;
      const query = new URLSearchParams({ limit: String(MOST), ...(typed === '' ? {} : { q: typed }) });
      const found = (await shell.call('GET', `/v1/knowledge/entries?${query}`).catch(() => undefined)) as
        | { items: Pick<Entry, 'id' | 'intent' | 'question'>[] }
        | undefined;
      if (!stopped && found !== undefined) names.value = namesOf(found.items);
    };
    void look();
    return () => {
      stopped = true;
    };
  }, [typed]);
  return names.value;
}

/** One line an intent, titled by the first question that has it. */
function namesOf(entries: readonly Pick<Entry, 'intent' | 'question'>[]): Name[] {
  const titles = new Map<string, string>();
  for (const { intent, question } of entries) if (!titles.has(intent)) titles.set(intent, question);
  return [...titles].map(([name, title]) => ({ name, title }));
}
