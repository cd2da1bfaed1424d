import { type Act, ASKING_ACTS, type Sentiment } from '../../domain/understanding.ts';
import { type RankedAct, rankActs } from './act-model.ts';
import { type Courtesy, peel } from './courtesy.ts';
import { asksAction, asksForPerson, asksQuestion, chases, complains, statesProblem } from './cues.ts';
import type { PreviousMove } from './previous.ts';
import { ownWords, type TurnText } from './turn-text.ts';

export type ActInput = {
  turn: TurnText;
  previous: PreviousMove;
  /** What the agent or bot said last. */
  before: string | undefined;
  /** Something was said before this turn. */
  conversing: boolean;
  mood: Sentiment;
};

/** What the turn does. Set wording decides where it can; only real content is weighed. */
export function readAct(input: ActInput): Act {
  const own = ownWords(input.turn.words);
  if (asksForPerson(own)) return 'ask_human';
  if (!hasWords(own)) return wordlessAct(input, own);
  if (chases(own)) return input.conversing || !isHail(own) ? 'chase' : 'greet';
  const { found, rest } = peel(own);
  if (found.has('greet') && input.previous === 'held' && /[?？]/.test(own) && !hasWords(rest)) return 'chase';
  return hasWords(rest) ? spokenAct(rest, own, found, input) : courtesyAct(found, input);
}

const hasWords = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

/** With thanks: it is over. */
const RESOLVED =
  /(?:找到|解决|收到|到账|搞定|弄好|修好|已经好|联系上|处理好)了|\b(?:solved|found it|sorted|got it working|works now|fixed)\b/i;

/** A line with content beside its courtesies. */
function spokenAct(rest: string, own: string, found: ReadonlySet<Courtesy>, input: ActInput): Act {
  if (input.conversing && chases(rest)) return 'chase';
  if (!asksQuestion(rest) && isBareNumber(rest)) return numberAct(found, input.previous);
  if (found.has('acknowledge') && RESOLVED.test(rest) && !asksQuestion(rest)) return 'acknowledge';
  return isAnswer(rest, found, input) ? answerAct(found) : contentAct(rest, own, input);
}

/** Cards, media, links, stickers and lone punctuation. */
function wordlessAct(input: ActInput, own: string): Act {
  const { turn } = input;
  if (turn.orders.length > 0 || turn.products.length > 0 || turn.unreadMedia || turn.link) return 'reference';
  if (turn.sticker) return 'acknowledge';
  if (/[?？]/.test(own)) return 'chase';
  return own === '' ? 'reference' : 'acknowledge';
}

/** "在吗" opens a conversation; later it presses for an answer. */
function isHail(own: string): boolean {
  return !/[好完到定]|怎么|回|快|等|急|结果|update|done|wait|hurry|find/i.test(own);
}

function answers(previous: PreviousMove): boolean {
  return previous === 'asked_fact' || previous === 'asked_yes_no';
}

/** What a bare number is called: "查询订单号: …". */
const NUMBER_LABELS =
  /查询|咨询|我的|这个|这是|商家|订单|商品|快递|运单|物流|编号|单号|号码|[号是为]|\b(?:order|tracking|number|no|id|is|my|the|it(?:'|’)?s)\b/gi;

/** Digits, dates and codes alone, named or not: the fact that was asked for, else a thing to look up. */
function isBareNumber(rest: string): boolean {
  return /^[\s\dA-Za-z.:：,，/#*+_-]{0,20}\d[\s\d.:：,，/#*+_A-Z-]{0,200}$/.test(rest.replaceAll(NUMBER_LABELS, ''));
}

/** "是的 313021098954" says yes; a number alone answers what was asked, or points at something. */
function numberAct(found: ReadonlySet<Courtesy>, previous: PreviousMove): Act {
  if (found.has('confirm')) return 'confirm';
  return answers(previous) ? 'inform' : 'reference';
}

/** A labelled fact: "抬头:…", "phone: …". */
const LABELLED_FACT =
  /(?:抬头|税号|地址|电话|手机号?|姓名|邮箱|单位|名称|收件人|联系方式|address|phone|name|email)\s{0,2}(?:是|为|is)?\s{0,2}[:：]/i;

/** To a question of the agent: a labelled fact, or consent in the agent's own words ("好的，帮我取消吧"). */
function isAnswer(rest: string, found: ReadonlySet<Courtesy>, { previous, before }: ActInput): boolean {
  if (!answers(previous) || asksQuestion(rest)) return false;
  if (LABELLED_FACT.test(rest)) return true;
  const consents = found.has('confirm') || found.has('acknowledge');
  return previous === 'asked_yes_no' && consents && echoes(rest, before ?? '');
}

function answerAct(found: ReadonlySet<Courtesy>): Act {
  return found.has('confirm') || found.has('acknowledge') ? 'confirm' : 'inform';
}

/** Pairs of characters that every other line has. */
const COMMON = /[您你我的了是吗吧呢这那个一下麻烦可以帮忙]/;

/** Whether a line takes up a word of the line before it. */
function echoes(rest: string, before: string): boolean {
  const tail = before.slice(-100).toLowerCase();
  const pairs = [...rest.slice(0, 100).matchAll(/(?=(\p{Script=Han}{2}))/gu)].map((match) => match[1] ?? '');
  const words = rest.toLowerCase().match(/[a-z]{4,}/g) ?? [];
  return [...pairs.filter((pair) => !COMMON.test(pair)), ...words].some((word) => tail.includes(word));
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
  if (isOpenEar(previous) && !isPraise(ranked[0], mood)) {
    const pointing = ranked[0]?.act === 'reference' && ranked[0].margin > 0 && rest.length <= SHORT;
    return pointing ? 'reference' : 'question';
  }
  if (isTrouble(rest, previous, mood)) return 'complain';
  return ranked.find(({ act, margin }) => !ASKING_ACTS.has(act) || margin >= ASKING_MARGIN)?.act ?? 'inform';
}

/** Said to nobody's question, at some length and not in thanks: a problem, which wants an answer. */
function isTrouble(rest: string, previous: PreviousMove, mood: Sentiment): boolean {
  const prompted = previous === 'held' || answers(previous);
  return !prompted && mood.label !== 'positive' && rest.trim().length >= 5 && statesProblem(rest);
}

function isPraise(best: RankedAct | undefined, mood: Sentiment): boolean {
  return mood.label === 'positive' && best !== undefined && best.margin > 0 && !ASKING_ACTS.has(best.act);
}

function isOpenEar(previous: PreviousMove): boolean {
  return previous === 'none' || previous === 'offered_help' || previous === 'greeted';
}
