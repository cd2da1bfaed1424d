import type { Desk } from './desk-store.ts';
import type { Words } from './words/types.ts';

/** `place` counts from 0; only keys written as a range have one. */
type Run = (desk: Desk, place: number) => void;
export type Key = {
  /** As the help shows them, and as they are pressed. `1-9` is a digit's place; a letter is pressed alone. */
  keys: readonly string[];
  meaning: keyof Words['ui'] | keyof Words['desk'];
  /** Absent: a key that the browser, or the field one types in, acts on by itself. */
  run?: Run;
  /** Whether there is anything for the key to do: where not, it is as if it had not been pressed. Absent: always. */
  has?: (desk: Pick<Desk, 'chosen' | 'keyedBy'>, place: number) => boolean;
  /** The id of what has the focus afterwards. */
  focus?: 'composer' | 'search' | 'presence';
};

/** Whom missed offers made away is online again by the key alone; nobody else's presence changes without a choice. */
function comeBack(desk: Pick<Desk, 'missedOffers' | 'setPresence'>): void {
  if (desk.missedOffers.value !== undefined) void desk.setPresence('online');
}

/** Every key of the desk, in the order of the help: what is pressed and what is explained are one list. */
export const KEYS: readonly Key[] = [
  {
    keys: ['1-9'],
    meaning: 'helpInsert',
    has: (desk, place) => desk.chosen(place) !== undefined,
    run: (desk, place) => desk.insertSuggestion(place),
    focus: 'composer',
  },
  { keys: ['Shift+1-9'], meaning: 'helpDraft', run: (desk, place) => void desk.draftFrom(place) },
  {
    keys: ['0'],
    meaning: 'helpPhrase',
    has: (desk) => desk.keyedBy('0') !== undefined,
    run: (desk) => desk.insertPhrase(),
    focus: 'composer',
  },
  { keys: ['/', 'r'], meaning: 'helpFocus', run: () => undefined, focus: 'composer' },
  { keys: ['Ctrl+K'], meaning: 'helpFind' },
  { keys: ['Enter'], meaning: 'helpSend' },
  { keys: ['Shift+Enter'], meaning: 'helpNewLine' },
  { keys: ['j'], meaning: 'helpNext', run: (desk) => desk.step(1) },
  { keys: ['k'], meaning: 'helpPrevious', run: (desk) => desk.step(-1) },
  { keys: ['n'], meaning: 'helpNeeds', run: (desk) => desk.nextNeeding() },
  { keys: ['q'], meaning: 'helpSearch', run: () => undefined, focus: 'search' },
  { keys: ['a'], meaning: 'helpAccept', run: (desk) => void desk.answerOffer('accept') },
  { keys: ['x'], meaning: 'helpDecline', run: (desk) => void desk.answerOffer('decline') },
  { keys: ['t'], meaning: 'helpTake', run: (desk) => void desk.take() },
  { keys: ['b'], meaning: 'helpRelease', run: (desk) => void desk.release() },
  { keys: ['p'], meaning: 'helpTransfer', run: (desk) => desk.ask('transfer') },
  { keys: ['c'], meaning: 'helpClose', run: (desk) => desk.ask('close') },
  { keys: ['o'], meaning: 'helpPresence', run: (desk) => comeBack(desk), focus: 'presence' },
  { keys: ['Esc'], meaning: 'helpEscape' },
  { keys: ['?'], meaning: 'helpHelp', run: (desk) => desk.ask('help') },
];
