import type { Desk } from '../desk-store.ts';

/** What the cue card needs of a desk: another page may show the card without the rest. */
export type CueDesk = Pick<
  Desk,
  | 'card'
  | 'waiting'
  | 'hold'
  | 'open'
  | 'cue'
  | 'insert'
  | 'insertSuggestion'
  | 'insertPhrase'
  | 'canDraft'
  | 'drafting'
  | 'draftFrom'
>;
