import type { ComponentChildren } from 'preact';
import type { Language } from '../lib/domain/language.ts';
import { Account, type AccountProps } from './account.tsx';
import type { LiveState } from './live.ts';
import { hashOf } from './route.ts';
import { language, words } from './words/words.ts';

/** A place of the page: the desk, the team, the knowledge, the administration. */
export type Place = { name: 'desk' | 'team' | 'knowledge' | 'admin'; page: string; isHere: boolean };
type TopBarProps = {
  tenant?: string;
  /** Who is signed in, where that is known. */
  account?: AccountProps | undefined;
  live?: LiveState;
  /** Calls have been under way for longer than one notices. */
  slow?: boolean;
  /** Where somebody may go; none where there is only one place. */
  places?: readonly Place[];
  onHelp?: () => void;
  onSignOut?: () => void;
  children?: ComponentChildren;
};

export function TopBar({ tenant, account, live, slow = false, places = [], onHelp, onSignOut, children }: TopBarProps) {
  const { ui } = words.value;
  return (
    <header class="top-bar">
      <h1 class="brand">
        <Mark />
        <span class="brand-name">Cuecard</span>
      </h1>
      {tenant === undefined ? null : <span class="tenant">{tenant}</span>}
      {places.length < 2 ? null : <Places places={places} />}
      <span class="grow" />
      {live === undefined ? null : <Live live={live} slow={slow} />}
      {children}
      <LanguageSwitch />
      {onSignOut === undefined ? null : (
        <>
          {onHelp === undefined ? null : (
            <button type="button" class="icon" aria-label={ui.help} title={ui.help} onClick={onHelp}>
              ?
            </button>
          )}
          {account === undefined ? null : <Account {...account} />}
          <button type="button" class="quiet sign-out" onClick={onSignOut}>
            {ui.signOut}
          </button>
        </>
      )}
    </header>
  );
}

function Live({ live, slow }: { live: LiveState; slow: boolean }) {
  const { ui, desk: say } = words.value;
  return (
    <span class={`live ${live}`} data-testid="live" data-state={live} data-slow={slow} role="status" title={ui[live]}>
      {slow ? <span class="spinner" aria-hidden="true" /> : null}
      <span class="live-text">{slow && live === 'live' ? say.slow : ui[live]}</span>
    </span>
  );
}

/** From the desk to the other places and back. */
function Places({ places }: { places: readonly Place[] }) {
  const { ui, desk: say } = words.value;
  const titles = { desk: ui.placeDesk, team: say.placeTeam, knowledge: ui.placeKnowledge, admin: say.placeAdmin };
  return (
    <nav class="segments places" aria-label={ui.places}>
      {places.map(({ name, page, isHere }) => (
        <a key={name} href={hashOf(page)} {...(isHere ? { 'aria-current': 'page' as const } : {})}>
          {titles[name]}
        </a>
      ))}
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
