import { singleKeys } from '../../keyboard.ts';
import { fill, language } from '../../words/words.ts';
import { PAGES } from '../pages.ts';
import { Dialog } from './dialog.tsx';
import { manageHelp } from './keys.ts';
import { w } from './words.ts';

export function ManageHelp() {
  const say = w.value;
  if (!manageHelp.value) return null;
  const close = () => {
    manageHelp.value = false;
  };
  const pages = PAGES.map((page): [string[], string] => [
    ['g', page.key],
    fill(say.helpGo, { page: page.title[language.value] }),
  ]);
  const rows: [string[], string][] = [
    ...pages,
    [['g', 'd'], fill(say.helpGo, { page: say.desk })],
    [['n'], say.helpNew],
    [['j', 'k'], say.helpStep],
    [['Ctrl+S'], say.helpSave],
    [['/'], say.helpSearch],
    [['Esc'], say.helpEscape],
    [['?'], say.helpHelp],
  ];
  return (
    <Dialog title={say.helpTitle} onClose={close}>
      <dl class="keys">
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
        {say.helpSingle}
      </label>
      <button type="button" class="primary" onClick={close}>
        {say.close}
      </button>
    </Dialog>
  );
}
