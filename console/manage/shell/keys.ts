import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { singleKeys } from '../../keyboard.ts';
import { hashOf } from '../../route.ts';
import type { PageSpec } from '../pages.ts';
import { createGoKeys, type Go, isPlain, type Press } from './go-keys.ts';
import { type KeyName, keyNamed } from './key-list.ts';

export const manageHelp = signal(false);

function inTextField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;
}

function pressOf(event: KeyboardEvent): Omit<Press, 'at'> {
  const { key, altKey, ctrlKey, metaKey, target } = event;
  return { key, altKey, ctrlKey, metaKey, inText: inTextField(target) };
}

/** Whether single keys mean anything just now: not while a character is composed or a dialog is open. */
function listens(event: KeyboardEvent, page: Document): boolean {
  return singleKeys.value && !event.isComposing && page.querySelector('dialog[open]') === null;
}

function follow(asked: Go, page: Document, place: { hash: string }): void {
  if (asked.kind === 'page') place.hash = hashOf(asked.page);
  else if (asked.kind === 'help') manageHelp.value = true;
  else page.querySelector<HTMLInputElement>('[data-search]')?.focus();
}

/**
 * Listens on the whole page, the desk included, so that `g e` works from there too. Keys of the desk itself are its own.
 * Returns the function that stops it.
 */
export function listenGo(
  page: Document,
  place: { hash: string },
  now: () => number,
  onDesk: () => boolean,
  pages: readonly PageSpec[],
): () => void {
  const read = createGoKeys(pages);
  const stop = new AbortController();
  const onKey = (event: KeyboardEvent) => {
    const asked = listens(event, page) ? read({ ...pressOf(event), at: now() }) : undefined;
    if (asked === undefined || (onDesk() && asked.kind !== 'page')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    follow(asked, page, place);
  };
  page.addEventListener('keydown', onKey, { signal: stop.signal, capture: true });
  return () => stop.abort();
}

/**
 * Keys of one page while it is shown: single ones outside text fields, those with Ctrl or Cmd anywhere. What each is
 * called, and what the help says of it, stands in the list of keys.
 */
export function usePageKeys(keys: Partial<Record<KeyName, () => void>>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const name = keyNamed(event);
      const run = name === undefined ? undefined : keys[name];
      if (run === undefined || event.defaultPrevented || !isMeant(event)) return;
      event.preventDefault();
      run();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
}

const isMeant = (event: KeyboardEvent): boolean =>
  event.ctrlKey || event.metaKey || (listens(event, document) && isPlain(pressOf(event)));
