import type { Language } from '../lib/domain/language.ts';
import { helpOpen } from './keyboard.ts';
import type { LiveState } from './live.ts';
import { hashOf } from './route.ts';
import { language, words } from './words/words.ts';

type TopBarProps = {
  tenant?: string;
  live?: LiveState;
  /** For those to whom both the desk and the knowledge pages are open. */
  places?: { isDesk: boolean };
  onHelp?: () => void;
  onSignOut?: () => void;
};

const openDeskHelp = () => {
  helpOpen.value = true;
};

export function TopBar({ tenant, live, places, onHelp = openDeskHelp, onSignOut }: TopBarProps) {
  const { ui } = words.value;
  return (
    <header class="top-bar">
      <h1 class="brand">
        <Mark />
        Cuecard
      </h1>
      {tenant === undefined ? null : <span class="tenant">{tenant}</span>}
      {places === undefined ? null : <Places isDesk={places.isDesk} />}
      <span class="grow" />
      {live === undefined ? null : (
        <span class={`live ${live}`} data-testid="live" data-state={live} role="status" title={ui[live]}>
          <span class="live-text">{ui[live]}</span>
        </span>
      )}
      <LanguageSwitch />
      {onSignOut === undefined ? null : (
        <>
          <button type="button" class="icon" aria-label={ui.help} title={ui.help} onClick={onHelp}>
            ?
          </button>
          <button type="button" class="quiet sign-out" onClick={onSignOut}>
            {ui.signOut}
          </button>
        </>
      )}
    </header>
  );
}

/** From the desk to the knowledge and back. */
function Places({ isDesk }: { isDesk: boolean }) {
  const { ui } = words.value;
  const here = (is: boolean) => (is ? { 'aria-current': 'page' as const } : {});
  return (
    <nav class="segments places" aria-label={ui.places}>
      <a href={hashOf('desk')} {...here(isDesk)}>
        {ui.placeDesk}
      </a>
      <a href={hashOf('entries')} {...here(!isDesk)}>
        {ui.placeKnowledge}
      </a>
    </nav>
  );
}

function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" />
      <path d="M8 11h16M8 16h16M8 21h9" />
    </svg>
  );
}

const LANGUAGES: readonly [Language, string, string][] = [
  ['zh', '中文', 'zh-CN'],
  ['en', 'English', 'en'],
];

function LanguageSwitch() {
  return (
    <fieldset class="segments" aria-label={words.value.ui.language}>
      {LANGUAGES.map(([code, label, tag]) => (
        <button
          key={code}
          type="button"
          lang={tag}
          aria-pressed={language.value === code}
          onClick={() => {
            language.value = code;
          }}
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}
