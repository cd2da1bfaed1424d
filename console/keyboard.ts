import { signal } from '@preact/signals';
import type { Desk } from './desk-store.ts';

export const helpOpen = signal(false);
/** Single keys can be switched off, for people whose tools type letters of their own accord. */
export const singleKeys = signal(true);

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'> & { inText: boolean };
export type Command =
  | { kind: 'suggestion' | 'draft'; place: number }
  | { kind: 'phrase' | 'help' | 'focus' | 'next' | 'previous' | 'take' };

const SINGLE: Record<string, Command> = {
  '?': { kind: 'help' },
  '/': { kind: 'focus' },
  j: { kind: 'next' },
  k: { kind: 'previous' },
  t: { kind: 'take' },
};

/**
 * Digits go by the key's place, since Alt turns them into other characters on some keyboards. With Shift they draft,
 * except where Shift is how a digit is typed.
 */
function digit({ code, key, shiftKey }: Press): Command | undefined {
  const number = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  if (number === undefined) return undefined;
  if (number === '0') return { kind: 'phrase' };
  return { kind: shiftKey && key !== number ? 'draft' : 'suggestion', place: Number(number) - 1 };
}

/** What a key press asks for: with Alt anywhere, alone only outside text fields. */
export function command(press: Press, single: boolean): Command | undefined {
  if (press.ctrlKey || press.metaKey) return undefined;
  if (press.altKey) return digit(press);
  if (press.inText || !single) return undefined;
  return digit(press) ?? SINGLE[press.key];
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

function run(asked: Command, desk: Desk): void {
  const actions: Record<Exclude<Command['kind'], 'suggestion' | 'draft'>, () => void> = {
    phrase: () => desk.insertPhrase(),
    help: () => {
      helpOpen.value = true;
    },
    focus: () => undefined,
    next: () => desk.step(1),
    previous: () => desk.step(-1),
    take: () => void desk.change('claim'),
  };
  if (asked.kind === 'suggestion') desk.insertSuggestion(asked.place);
  else if (asked.kind === 'draft') void desk.draftFrom(asked.place);
  else actions[asked.kind]();
  if (['suggestion', 'phrase', 'focus'].includes(asked.kind)) requestAnimationFrame(focusComposer);
}

/** Listens on the whole page; returns the function that stops it. */
export function listenKeys(page: Document, desk: Desk): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (!event.isComposing && !helpOpen.value) {
      const asked = command(keyPress(event), singleKeys.value);
      if (asked !== undefined) {
        event.preventDefault();
        run(asked, desk);
      }
    }
    desk.hold.keyPressed();
  };
  page.addEventListener('keydown', onKey);
  return () => page.removeEventListener('keydown', onKey);
}

function keyPress(event: KeyboardEvent): Press {
  const { key, code, altKey, ctrlKey, metaKey, shiftKey } = event;
  return { key, code, altKey, ctrlKey, metaKey, shiftKey, inText: inTextField(event.target) };
}
