import { signal } from '@preact/signals';
import type { Desk } from './desk-store.ts';
import { KEYS, type Key } from './keys.ts';

/** Single keys can be switched off, for people whose tools type letters of their own accord. */
export const singleKeys = signal(true);

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'> & { inText: boolean };
/** A key of the list, and the digit's place where it is a range. */
export type Pressed = { key: Key; place: number };

const withKeys = (name: string): Key | undefined => KEYS.find(({ keys }) => keys.includes(name));

/**
 * Digits go by the key's place, since Alt turns them into other characters on some keyboards. With Shift they draft,
 * except where Shift is how a digit is typed.
 */
function digit({ code, key, shiftKey }: Press): Pressed | undefined {
  const number = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  if (number === undefined) return undefined;
  const name = number === '0' ? '0' : shiftKey && key !== number ? 'Shift+1-9' : '1-9';
  const found = withKeys(name);
  return found === undefined ? undefined : { key: found, place: Number(number) - 1 };
}

/** What a key press asks for: digits with Alt anywhere, everything alone only outside text fields. */
export function command(press: Press, single: boolean): Pressed | undefined {
  if (press.ctrlKey || press.metaKey) return undefined;
  if (press.altKey) return digit(press);
  if (press.inText || !single) return undefined;
  const found = withKeys(press.key);
  return digit(press) ?? (found?.run === undefined ? undefined : { key: found, place: 0 });
}

function inTextField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;
}

export function focusComposer(): void {
  const composer = document.querySelector<HTMLTextAreaElement>('#composer');
  if (composer === null) return;
  composer.focus();
  composer.setSelectionRange(composer.value.length, composer.value.length);
}

/**
 * At once, so that what is typed right behind the key lands there whole, and once more after what the key did has been
 * drawn: the caret stands at the end of what was inserted.
 */
function focusOn(id: NonNullable<Key['focus']>): void {
  const focus = (): void => {
    if (id === 'composer') focusComposer();
    else document.getElementById(id)?.focus();
  };
  focus();
  requestAnimationFrame(focus);
}

/**
 * Does what the key asks for; returns what has the focus afterwards. A digit without its suggestion leaves the focus where
 * it is: the next letter is a key as well, and must not be typed into the reply.
 */
export function obey(desk: Desk, { key, place }: Pressed): Key['focus'] {
  if (key.has?.(desk, place) === false) return undefined;
  key.run?.(desk, place);
  return key.focus;
}

/** Whether a dialog has the keyboard, or another page than the desk is shown. */
const isElsewhere = (page: Document): boolean =>
  page.querySelector('dialog[open]') !== null || page.querySelector('.columns') === null;

/** Listens on the whole page; returns the function that stops it. */
export function listenKeys(page: Document, desk: Desk): () => void {
  const onKey = (event: KeyboardEvent) => {
    desk.hold.keyPressed();
    if (event.isComposing || event.defaultPrevented || isElsewhere(page)) return;
    const pressed = command(keyPress(event), singleKeys.value);
    if (pressed === undefined) return;
    event.preventDefault();
    const focus = obey(desk, pressed);
    if (focus !== undefined) focusOn(focus);
  };
  page.addEventListener('keydown', onKey);
  return () => page.removeEventListener('keydown', onKey);
}

function keyPress(event: KeyboardEvent): Press {
  const { key, code, altKey, ctrlKey, metaKey, shiftKey } = event;
  return { key, code, altKey, ctrlKey, metaKey, shiftKey, inText: inTextField(event.target) };
}
