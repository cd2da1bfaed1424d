import { type Act, ASKING_ACTS } from '../../domain/understanding.ts';
import { isFollowUp } from '../context/ellipsis.ts';
import { peel } from './courtesy.ts';
import { chases, statesTrouble } from './cues.ts';
import type { TurnClass } from './intent.ts';
import type { PreviousMove } from './previous.ts';

export type Settling = {
  /** As the wording alone reads. */
  act: Act;
  words: string;
  turn: TurnClass;
  previous: PreviousMove;
  /** Something was said before the turn. */
  conversing: boolean;
};

/** A statement this likely to be an entry's is that entry's question: customers of a FAQ state their problem. */
const STATED_PROBLEM = 0.85;
/** What does not go, or has not come, is told to have it mended: here less will do. */
const STATED_TROUBLE = 0.6;
/** A statement that the conversation completes ("没看到啊" after a gift) is taken for a question from here on. */
const COMPLETED = 0.5;

/** The agent asked, or went to look: what the customer says next answers or waits. */
export const isPrompted = (previous: PreviousMove): boolean =>
  previous === 'asked_fact' || previous === 'asked_yes_no' || previous === 'held';

/**
 * The knowledge and the conversation have a say in whether a line asks: a text that equals an authored question does,
 * and so does a statement that is clearly an entry's, alone or with what was said before, unless it answers the agent.
 * A line that only looks like pressing the agent, and is clearly an entry's, asks for that entry.
 */
export function settleAct(settling: Settling): Act {
  const { act, words, turn, previous } = settling;
  if (ASKING_ACTS.has(act)) return act;
  const { found, rest } = peel(words);
  if (turn.classification.exact) return isPrompted(previous) && found.size > 0 ? act : 'question';
  if (act === 'chase' && !chases(words) && !chases(rest) && turn.wholeConfidence >= STATED_PROBLEM) return 'question';
  return isOpen(previous, rest) && asksAfterAll(settling, rest) ? 'question' : act;
}

/** Who was told to wait and states a trouble brings up something of their own. */
const isOpen = (previous: PreviousMove, rest: string): boolean =>
  !isPrompted(previous) || (previous === 'held' && statesTrouble(rest));

function asksAfterAll({ act, turn, conversing, previous }: Settling, rest: string): boolean {
  const enough = statesTrouble(rest) && previous !== 'held' ? STATED_TROUBLE : STATED_PROBLEM;
  if (act === 'inform' && turn.wholeConfidence >= enough) return true;
  return act !== 'chase' && conversing && (isFollowUp(rest) || isCompleted(turn));
}

function isCompleted({ topic, classification: { candidates } }: TurnClass): boolean {
  return topic !== undefined && (candidates[0]?.confidence ?? 0) >= COMPLETED;
}
