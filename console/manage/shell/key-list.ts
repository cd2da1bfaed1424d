import type { w } from './words.ts';

/** What a key of these pages does; a page says how. */
export type KeyName = 'new' | 'next' | 'previous' | 'save' | 'search' | 'close' | 'help';
type Key = {
  name: KeyName;
  /** As it is shown, and as it is pressed: `Ctrl+` before a letter is either of Ctrl and Cmd. */
  key: string;
  meaning: keyof typeof w.value;
};

/** Every key beside those that lead to a page, in the order of the help: what is pressed and what is explained are one list. */
export const KEYS: readonly Key[] = [
  { name: 'new', key: 'n', meaning: 'helpNew' },
  { name: 'next', key: 'j', meaning: 'helpNext' },
  { name: 'previous', key: 'k', meaning: 'helpPrevious' },
  { name: 'save', key: 'Ctrl+S', meaning: 'helpSave' },
  { name: 'search', key: '/', meaning: 'helpSearch' },
  // The browser closes what is open by itself.
  { name: 'close', key: 'Esc', meaning: 'helpEscape' },
  { name: 'help', key: '?', meaning: 'helpHelp' },
];
/** Leads to a page, with the page's own key after it. */
export const GO = 'g';
/** The desk's, which is none of these pages. */
export const TO_DESK = 'd';

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>;

/** Which of the keys was pressed. */
export function keyNamed({ key, ctrlKey, metaKey }: Pressed): KeyName | undefined {
  const shown = ctrlKey || metaKey ? `Ctrl+${key.toUpperCase()}` : key;
  return KEYS.find((one) => one.key === shown)?.name;
}
