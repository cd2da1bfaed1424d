import { type Act, ASKING_ACTS, type Sentiment } from '../../domain/understanding.ts';
import { rankActs } from './act-model.ts';
import { type Courtesy, peel } from './courtesy.ts';
import { asksAction, asksForPerson, asksQuestion, chases, complains } from './cues.ts';
import type { PreviousMove } from './previous.ts';
import { ownWords, type TurnText } from './turn-text.ts';

export type ActInput = {
  turn: TurnText;
  previous: PreviousMove;
  /** Something was said before this turn. */
  conversing: boolean;
  mood: Sentiment;
};

/** What the turn does. Set wording decides where it can; only real content is weighed. */
export function readAct(input: ActInput): Act {
  const own = ownWords(input.turn.words);
  if (asksForPerson(own)) return 'ask_human';
  if (!/[\p{L}\p{N}]/u.test(own)) return wordlessAct(input, own);
  if (chases(own)) return input.conversing || !isHail(own) ? 'chase' : 'greet';
  const { found, rest } = peel(own);
  if (!/[\p{L}\p{N}]/u.test(rest)) return courtesyAct(found, input);
  if (isBareNumber(rest)) return answers(input.previous) ? 'inform' : 'reference';
  return contentAct(rest, own, input);
}

/** Cards, media, links, stickers and lone punctuation. */
function wordlessAct(input: ActInput, own: string): Act {
  const { turn } = input;
  if (turn.orders.length > 0 || turn.products.length > 0 || turn.unreadMedia || turn.link) return 'reference';
  if (turn.sticker) return 'acknowledge';
  if (/[?？]/.test(own)) return input.conversing ? 'chase' : 'question';
  return own === '' ? 'reference' : 'acknowledge';
}

/** "在吗" opens a conversation; later it presses for an answer. */
function isHail(own: string): boolean {
  return !/[好完到定]|怎么|回|快|等|急|结果|update|done|wait|hurry|find/i.test(own);
}

function answers(previous: PreviousMove): boolean {
  return previous === 'asked_fact' || previous === 'asked_yes_no';
}

/** Digits, dates and codes alone: the fact that was asked for, else a thing to look up. */
function isBareNumber(rest: string): boolean {
  return /^[\s\dA-Za-z.:：/#*+_-]{0,20}\d[\s\d.:：/#*+_A-Z-]*$/.test(rest) && !/[A-Za-z]{3,} [A-Za-z]/.test(rest);
}

const BY_WEIGHT: readonly Courtesy[] = ['close', 'deny', 'confirm', 'acknowledge', 'greet'];

/** The weightiest courtesy, in the light of what it answers: who says thanks and goodbye says goodbye. */
function courtesyAct(found: ReadonlySet<Courtesy>, input: ActInput): Act {
  const weightiest = BY_WEIGHT.find((courtesy) => found.has(courtesy));
  switch (weightiest) {
    case 'close':
      return answers(input.previous) && !found.has('acknowledge') ? 'deny' : 'close';
    case 'deny':
      return isParting(input.previous) ? 'close' : 'deny';
    case 'acknowledge':
      return acknowledgement(input.turn.words, input.previous);
    default:
      return weightiest ?? (input.conversing ? 'acknowledge' : 'reference');
  }
}

function isParting(previous: PreviousMove): boolean {
  return previous === 'asked_anything_else' || previous === 'closed';
}

const CONSENT = /^(?:好|可以|行|嗯|恩|没问题|ok|okay|sure|fine|alright|sounds good)/i;

function acknowledgement(words: string, previous: PreviousMove): Act {
  if (previous === 'asked_yes_no' && CONSENT.test(words.trim())) return 'confirm';
  return previous === 'closed' ? 'close' : 'acknowledge';
}

/** Cues decide what content asks for; a line without any is read by the model. */
function contentAct(rest: string, own: string, input: ActInput): Act {
  const unhappy = complains(rest);
  if (unhappy && input.mood.angry) return 'complain';
  if (asksQuestion(rest) || /[?？]\s*$/.test(own)) return 'question';
  if (unhappy) return 'complain';
  if (asksAction(rest)) return 'request';
  return uncuedAct(rest, own, input);
}

/** The model must be this sure before a line without any cue is taken to ask for something. */
const ASKING_MARGIN = 0.4;
const SHORT = 8;

/** To an open ear a bare statement names the topic, which is a question; elsewhere it answers or remarks. */
function uncuedAct(rest: string, own: string, { previous, mood }: ActInput): Act {
  const ranked = rankActs(own, previous).filter(({ act }) => act !== 'ask_human' && act !== 'greet');
  if (isOpenEar(previous) && mood.label !== 'positive') {
    const pointing = ranked[0]?.act === 'reference' && ranked[0].margin > 0 && rest.length <= SHORT;
    return pointing ? 'reference' : 'question';
  }
  return ranked.find(({ act, margin }) => !ASKING_ACTS.has(act) || margin >= ASKING_MARGIN)?.act ?? 'inform';
}

function isOpenEar(previous: PreviousMove): boolean {
  return previous === 'none' || previous === 'offered_help' || previous === 'greeted';
}
