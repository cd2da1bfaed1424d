import { isPromise } from './phrases.ts';
import { peel } from './understand/courtesy.ts';
import { previousMove } from './understand/previous.ts';

export type ReplyKind = 'answer' | 'hold' | 'question' | 'courtesy';

const ASKS_BACK: ReadonlySet<string> = new Set(['asked_fact', 'asked_yes_no', 'offered_help', 'asked_anything_else']);

/** What an agent's reply is: only an answer says something that the next customer could be told. */
export function replyKind(text: string): ReplyKind {
  const { rest } = peel(text);
  const move = previousMove(text);
  if (isPromise(text) !== undefined || move === 'held') return 'hold';
  if (ASKS_BACK.has(move)) return 'question';
  return rest.trim() === '' || move === 'greeted' || move === 'closed' ? 'courtesy' : 'answer';
}
