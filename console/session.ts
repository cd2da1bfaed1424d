import type { Language } from '../lib/domain/language.ts';
import { isPlace } from './route.ts';

/** Who is signed in. `secret` signs the webhook of the customer you play, in demonstrations only. */
export type Session = { tenant: string; token: string; secret?: string };
/** `ticket`: somebody came by a one-time link. */
export type Start = { session?: Session; ticket?: string; language: Language };

const KEY = 'cuecard.session';
/** What stands before the ticket in a one-time link; no server ever sees a fragment. */
const LINK = '#/sign-in/';
const LANGUAGE_KEY = 'cuecard.language';

type Place = { hash: string; pathname: string; search: string };
type Past = { replaceState(data: unknown, unused: string, url: string): void };
type Kept = {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
};

function sessionFrom(values: URLSearchParams): Session | undefined {
  const [tenant, token, secret] = [values.get('tenant'), values.get('token'), values.get('secret')];
  if (tenant === null || token === null || tenant === '' || token === '') return undefined;
  return { tenant, token, ...(secret === null || secret === '' ? {} : { secret }) };
}

function keptSession(kept: Kept): Session | undefined {
  return sessionFrom(new URLSearchParams(kept.getItem(KEY) ?? ''));
}

function firstLanguage(wanted: readonly (string | null)[]): Language {
  const known = wanted.find((one) => one?.startsWith('zh') === true || one?.startsWith('en') === true);
  return known?.startsWith('zh') === true ? 'zh' : 'en';
}

/**
 * Reads the fragment once and clears it at once, so that neither the address bar, the history nor a copied link
 * keeps the token; then what this tab kept before. A fragment that is a place on the page (`#/entries`) stays.
 */
export function startSession(place: Place, history: Past, kept: Kept, browserLanguage: string): Start {
  const ticket = place.hash.startsWith(LINK) ? place.hash.slice(LINK.length) : '';
  if (ticket !== '') {
    history.replaceState(null, '', place.pathname + place.search);
    return { language: firstLanguage([kept.getItem(LANGUAGE_KEY), browserLanguage]), ticket };
  }
  const signsIn = !isPlace(place.hash);
  const values = new URLSearchParams(signsIn ? place.hash.replace(/^#/, '') : '');
  if (signsIn && place.hash !== '') history.replaceState(null, '', place.pathname + place.search);
  const session = sessionFrom(values) ?? keptSession(kept);
  if (session !== undefined) keepSession(kept, session);
  const language = firstLanguage([values.get('lang'), kept.getItem(LANGUAGE_KEY), browserLanguage]);
  return { language, ...(session === undefined ? {} : { session }) };
}

export function keepSession(kept: Kept, session: Session): void {
  kept.setItem(KEY, new URLSearchParams(session).toString());
}

export function forgetSession(kept: Kept): void {
  kept.removeItem(KEY);
}

export function keepLanguage(kept: Kept, language: Language): void {
  kept.setItem(LANGUAGE_KEY, language);
}
