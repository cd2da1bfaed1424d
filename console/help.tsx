import { useEffect, useRef } from 'preact/hooks';
import { helpOpen, singleKeys } from './keyboard.ts';
import { words } from './words/words.ts';

/** The keys, in a native dialog: focus is kept inside and returns where it was. */
export function Help() {
  const { ui } = words.value;
  const dialog = useRef<HTMLDialogElement>(null);
  const open = helpOpen.value;
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  const close = () => {
    helpOpen.value = false;
  };
  const rows: [string[], string][] = [
    [['1', '…', '9'], ui.helpInsert],
    [['Shift+1', '…'], ui.helpDraft],
    [['0'], ui.helpPhrase],
    [['Enter'], ui.helpSend],
    [['Shift+Enter'], ui.helpNewLine],
    [['/'], ui.helpFocus],
    [['j', 'k'], ui.helpNext],
    [['t'], ui.helpTake],
    [['Esc'], ui.helpEscape],
    [['?'], ui.helpHelp],
  ];
  return (
    <dialog ref={dialog} class="help" aria-labelledby="help-title" onClose={close}>
      <h2 id="help-title">{ui.helpTitle}</h2>
      <dl>
        {rows.map(([keys, meaning]) => (
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
      <button type="button" class="primary" onClick={close}>
        {ui.closeHelp}
      </button>
    </dialog>
  );
}
