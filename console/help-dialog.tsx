import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { singleKeys } from './keyboard.ts';
import { words } from './words/words.ts';

/** Keys and what they do, as a side of the page lists them. */
export type KeyRow = { keys: readonly string[]; meaning: string };
type HelpProps = { title: string; rows: readonly KeyRow[]; onClose: () => void; children?: ComponentChildren };

/** The one table of keys, in a native dialog: focus is kept inside and returns where it was. */
export function HelpDialog({ title, rows, onClose, children }: HelpProps) {
  const { ui } = words.value;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} class="help" aria-labelledby="help-title" onClose={onClose}>
      <h2 id="help-title">{title}</h2>
      <dl class="keys">
        {rows.map(({ keys, meaning }) => (
          <div key={meaning}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      {children}
      <label class="check">
        <input
          type="checkbox"
          checked={singleKeys.value}
          onChange={(event) => {
            singleKeys.value = event.currentTarget.checked;
          }}
        />
        {ui.helpSingle}
      </label>
      <button type="button" class="primary" onClick={onClose}>
        {ui.closeHelp}
      </button>
    </dialog>
  );
}
