import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Assist } from '../../lib/domain/assist.ts';
import type { ConversationDetail } from '../../lib/domain/contract/desk.ts';
import { EMPTY_DRAFT } from '../draft.ts';
import type { Sending } from '../outgoing.ts';
import type { ReplyDrafts } from '../reply-drafts.ts';
import type { Seams } from '../seams.ts';
import { createGuard, type Guard } from './guard/guard-store.ts';
import { createPhraseStore, type PhraseStore } from './phrases/phrases-store.ts';
import { productInsertion } from './product-insertion.ts';
import { knownFacts } from './slash/parameters.ts';
import { createSlash, type Slash } from './slash/slash-store.ts';
import type { ToolsApi } from './tools-api.ts';

/** The agent's tools around the reply: the list that is searched, phrases, and a look at it before it goes. */
export type Tools = {
  guard: Guard;
  phrases: PhraseStore;
  slash: Slash;
  /** An input method is composing: what stands in the reply meanwhile is not yet what is meant. */
  compose(composing: boolean): void;
  /** Puts what a digit's key stands for into the reply, in the digit's place. */
  insertKeyed(digit: string): void;
  newId: () => string;
};

type Dependencies = {
  api: ToolsApi;
  openId: ReadonlySignal<string | undefined>;
  open: ReadonlySignal<ConversationDetail | undefined>;
  card: ReadonlySignal<Assist | undefined>;
  replies: Pick<ReplyDrafts, 'draft' | 'insert' | 'type' | 'keyedBy' | 'insertSuggestion' | 'insertPhrase'>;
  seams: Seams;
  sending: Pick<Sending, 'send' | 'changes'>;
  later: (run: () => void, ms: number) => void;
  newId: () => string;
};

export function createTools({ api, openId, open, card, replies, seams, sending, later, newId }: Dependencies): Tools {
  const guard = createGuard({ api, later, keyedBy: replies.keyedBy });
  const phrases = createPhraseStore(api);
  const composing = signal(false);
  /** What was typed to find it goes, and only that. */
  const clearFor = (instead: boolean) => {
    if (instead) replies.type(EMPTY_DRAFT.text);
  };
  const slash = createSlash({
    ...{ api, later, phrases: phrases.phrases },
    known: () => knownFacts(open.peek(), card.peek()),
    put(text, instead) {
      clearFor(instead);
      replies.insert({ kind: 'phrase', text });
    },
    putCard(item, instead) {
      clearFor(instead);
      replies.insert(productInsertion(item.card));
    },
  });
  seams.beforeSend.value = ({ conversationId, text }) => guard.checkBeforeSend(conversationId, text);
  seams.composerKey.value = (event) => slash.onKey(event) || takesChanges(event, openId.peek(), sending);
  effect(() => {
    const { text } = replies.draft.value;
    if (guard.warned.peek() !== undefined && guard.warned.peek()?.text !== text.trim()) guard.clear();
    if (!composing.value) slash.follow(text);
  });
  // What was begun to be searched belongs to the conversation it was begun in.
  effect(() => {
    if (openId.value === undefined || slash.open.peek()?.mode === 'beside') slash.close();
  });
  return {
    ...{ guard, phrases, slash, newId },
    insertKeyed(digit) {
      if (digit === '0') replies.insertPhrase();
      else replies.insertSuggestion(Number(digit) - 1);
    },
    compose(is) {
      composing.value = is;
    },
  };
}

/** While changed facts stand above the reply, Enter takes them as they are now. */
function takesChanges(
  { key, shiftKey, altKey, isComposing }: KeyboardEvent,
  id: string | undefined,
  sending: Pick<Sending, 'send' | 'changes'>,
): boolean {
  if (sending.changes.peek()?.conversationId !== id || id === undefined) return false;
  if (key !== 'Enter' || shiftKey || altKey || isComposing) return false;
  void sending.send({ checked: true, confirmed: true });
  return true;
}
