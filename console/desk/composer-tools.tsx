import { useEffect } from 'preact/hooks';
import { GuardNote } from './guard/guard-note.tsx';
import { SlashPanel } from './slash/slash-panel.tsx';
import type { Tools } from './tools.ts';
import { t } from './words.ts';

/** What stands above the reply while it is written: the list that is searched, and warnings. */
export function ComposerTools({ tools, conversationId }: { tools: Tools; conversationId: string }) {
  useEffect(() => listen(document, tools), [tools]);
  return (
    <>
      <SlashPanel slash={tools.slash} />
      <GuardNote tools={tools} conversationId={conversationId} />
    </>
  );
}

/** The buttons of the tools, beside the one that sends. */
export function ToolButtons({ tools }: { tools: Tools }) {
  return (
    <>
      <button
        type="button"
        class="quiet"
        aria-keyshortcuts="Control+K"
        title={`${t.value.findEverything} (/ · Ctrl+K)`}
        data-testid="find"
        onClick={tools.slash.openBeside}
      >
        {t.value.find}
      </button>
      <button
        type="button"
        class="quiet"
        data-testid="phrases-open"
        onClick={() => {
          tools.phrases.dialogOpen.value = true;
        }}
      >
        {t.value.phrases}
      </button>
    </>
  );
}

/** Ctrl+K from anywhere, and whether an input method is at work. Returns what stops it. */
function listen(page: Document, tools: Tools): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  void tools.phrases.load();
  page.addEventListener('compositionstart', () => tools.compose(true), { signal });
  page.addEventListener('compositionend', () => tools.compose(false), { signal });
  page.addEventListener(
    'keydown',
    (event) => {
      const isFind = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey;
      if (!isFind || event.isComposing || page.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      tools.slash.openBeside();
    },
    { signal },
  );
  return () => stop.abort();
}
