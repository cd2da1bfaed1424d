import { findPersonalData } from '../../domain/personal-data/find.ts';
import { type Act, ASKING_ACTS } from '../../domain/understanding.ts';
import { echoes } from './act-features.ts';
import { rankActs } from './act-model.ts';
import { asksForPerson, undeclined } from './asks-person.ts';
import { type Courtesy, peel } from './courtesy.ts';
import { asksQuestion, chases, statesTrouble } from './cues.ts';
import type { PreviousMove } from './previous.ts';
import { ownWords, type TurnText } from './turn-text.ts';

export type ActInput = {
  turn: TurnText;
  previous: PreviousMove;
  /** What the agent or bot said last. */
  before: string | undefined;
  /** Something was said before this turn. */
  conversing: boolean;
  /** Of a conversation that is a person's, or waits for one. */
  called?: Called | undefined;
  /** It was sent by mistake, all of it. */
  takenBack?: boolean;
};

/** Whether that person has said anything yet. */
export type Called = 'heard' | 'unheard';

/** What a turn does, and the probability that it wants an answer: that its act is one of `ASKING_ACTS`. */
export type ActReading = { act: Act; asks: number };

/** How far set wording is to be trusted: of lines that it decides, about this many do the other thing. */
const RULE_ERROR = 0.03;

const certain = (act: Act): ActReading => ({ act, asks: ASKING_ACTS.has(act) ? 1 - RULE_ERROR : RULE_ERROR });

/** What the turn does. Set wording decides where it can; only real content is weighed. */
export function readAct(input: ActInput): ActReading {
  if (input.takenBack === true) return certain('acknowledge');
  const own = ownWords(input.turn.words);
  return certainAct(own, input) ?? contentAct(own, input);
}

const hasWords = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

function certainAct(own: string, input: ActInput): ActReading | undefined {
  if (asksForPerson(own)) return certain('ask_human');
  if (hasWords(own) && !hasWords(undeclined(own))) return certain('deny');
  if (!hasWords(own)) return certain(wordlessAct(input, own));
  const { found, rest } = peel(own);
  const act = wholeAct(own, input) ?? (hasWords(rest) ? setAct(rest, found, input) : emptyAct(own, found, input));
  return act === undefined ? undefined : certain(act);
}

/** Lines that are one thing as a whole: who somebody is, a search for goods, pressing for an answer. */
function wholeAct(own: string, input: ActInput): Act | undefined {
  if (isPersonalDataAlone(own)) return 'inform';
  if (SEEKING.test(own) && isOpenEar(input.previous)) return 'request';
  if (!chases(own)) return undefined;
  return input.conversing || !isHail(own) ? 'chase' : 'greet';
}

/** What names, numbers and addresses are introduced by. */
const LABELS =
  /我叫|我是|姓名|收件人|收货人|联系人|联系|电话|手机|号码|地址|邮箱|住在?|寄到|送到|是|的|\b(?:my|name|is|i'm|i am|phone|mobile|number|address|e-?mail|and|to|at|deliver|send|it|please|the)\b/gi;

/** Who and where somebody is, and nothing else: it is given, not asked. */
function isPersonalDataAlone(own: string): boolean {
  const found = findPersonalData(own);
  if (found.length === 0 || /[?？]/.test(own)) return false;
  const rest = found.toReversed().reduce((text, { start, end }) => `${text.slice(0, start)} ${text.slice(end)}`, own);
  return !hasWords(rest.replaceAll(LABELS, ' '));
}

/** Opens a search for goods without putting it as a question: with set words, or by naming a price. */
const SEEKING =
  /^(?:hi|hello|hey)?[\s,!.]*(?:(?:i(?:'|’)?m|i am|we(?:'|’)?re|we are) )?(?:looking for|searching for|shopping for|in search of|something|anything)\b|^(?:我?想(?:买|要|找)|求推荐|求[一个款]|找[一个款条双件])|\b(?:under|below|less than|up to|around) ?[$£€¥] ?\d|\d ?[元块]钱?(?:以内|以下|左右|上下)/i;

/** Content in set words: pressing for an answer, a number alone, consent in the agent's own words. */
function setAct(rest: string, found: ReadonlySet<Courtesy>, input: ActInput): Act | undefined {
  if (input.conversing && chases(rest)) return 'chase';
  if (asksQuestion(rest)) return undefined;
  if (isBareNumber(rest)) return numberAct(found, input.previous);
  return consents(rest, found, input) ? 'confirm' : undefined;
}

/** "好的，帮我取消吧" to "shall I cancel it?". */
function consents(rest: string, found: ReadonlySet<Courtesy>, { previous, before }: ActInput): boolean {
  const agrees = found.has('confirm') || found.has('acknowledge');
  return previous === 'asked_yes_no' && agrees && echoes(rest, before ?? '');
}

/** Courtesies alone: a greeting only accompanies a card or a link. */
function emptyAct(own: string, found: ReadonlySet<Courtesy>, input: ActInput): Act {
  if (found.has('greet') && callsPerson(own, input)) return 'chase';
  const act = courtesyAct(found, input);
  return act === 'greet' && pointsAtSomething(input.turn) ? 'reference' : act;
}

/** "Hello?" to somebody who is at it asks where they are; while nobody has come yet, any hello does. */
function callsPerson(own: string, { conversing, called, previous }: ActInput): boolean {
  const asks = /[?？]|有人|any(?:one|body)|^\W*喂/i.test(own);
  if (previous === 'held' && asks) return true;
  if (!conversing || called === undefined) return false;
  return called === 'unheard' || (asks && !isOpenEar(previous) && !isParting(previous));
}

const pointsAtSomething = (turn: TurnText): boolean =>
  turn.orders.length > 0 || turn.products.length > 0 || turn.unreadMedia || turn.link;

/** Cards, media, links, stickers and lone punctuation. */
function wordlessAct(input: ActInput, own: string): Act {
  const { turn } = input;
  if (pointsAtSomething(turn)) return 'reference';
  if (turn.sticker) return 'acknowledge';
  if (/[😡🤬👿😤💢]/u.test(own)) return 'complain';
  if (/[?？❓❔⁉]/u.test(own)) return 'chase';
  if (own === '') return 'reference';
  return input.previous === 'asked_yes_no' && /[👌👍🆗✅]/u.test(own) ? 'confirm' : 'acknowledge';
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

/** "是的 313021098954" says yes; a number alone answers the agent, or points at something where nothing was under way. */
function numberAct(found: ReadonlySet<Courtesy>, previous: PreviousMove): Act {
  if (found.has('confirm')) return 'confirm';
  return isOpenEar(previous) || isParting(previous) ? 'reference' : 'inform';
}

/** Nothing is under way: a bare topic opens the matter. */
function isOpenEar(previous: PreviousMove): boolean {
  return previous === 'none' || previous === 'offered_help' || previous === 'greeted';
}

const BY_WEIGHT: readonly Courtesy[] = ['close', 'deny', 'confirm', 'acknowledge', 'greet'];

type Read = (found: ReadonlySet<Courtesy>, input: ActInput) => Act;

/** What a courtesy does in the light of what it answers: who says thanks and goodbye says goodbye. */
const COURTESY_ACTS: Readonly<Record<Courtesy, Read>> = {
  close: (found, { previous }) => (answers(previous) && !found.has('acknowledge') ? 'deny' : 'close'),
  deny: (_, { previous }) => (isParting(previous) ? 'close' : 'deny'),
  confirm: (found, { previous }) => (found.has('acknowledge') && !answers(previous) ? 'acknowledge' : 'confirm'),
  acknowledge: (_, { turn, previous }) => acknowledgement(turn.words, previous),
  greet: () => 'greet',
};

/** The weightiest courtesy decides. */
function courtesyAct(found: ReadonlySet<Courtesy>, input: ActInput): Act {
  const weightiest = BY_WEIGHT.find((courtesy) => found.has(courtesy));
  if (weightiest !== undefined) return COURTESY_ACTS[weightiest](found, input);
  return input.conversing ? 'acknowledge' : 'reference';
}

function isParting(previous: PreviousMove): boolean {
  return previous === 'asked_anything_else' || previous === 'closed';
}

const CONSENT =
  /^(?:好|可以|行|嗯|恩|没问题|ok|okay|sure|fine|alright|sounds good|why not|go |works|that|it works|of course|great|perfect)/i;

function acknowledgement(words: string, previous: PreviousMove): Act {
  if (previous === 'asked_yes_no' && CONSENT.test(words.trim())) return 'confirm';
  return previous === 'closed' ? 'close' : 'acknowledge';
}

/** An act that wants an answer is believed from here on: an answer offered to a remark disturbs more than none. */
const ASKING = 0.6;

/** What a stated trouble never does; and it refuses only where it answers. */
const NO_TROUBLE: ReadonlySet<Act> = new Set(['confirm', 'acknowledge', 'close', 'greet', 'chase']);

function isPossible(act: Act, own: string, previous: PreviousMove): boolean {
  if (act === 'ask_human') return false;
  if (!statesTrouble(own)) return true;
  return !NO_TROUBLE.has(act) && (act !== 'deny' || answers(previous));
}

/**
 * Content is weighed by the model, wording and cues together. A person is asked for in set words, which were not there.
 */
function contentAct(own: string, { previous, before }: ActInput): ActReading {
  const ranked = rankActs({ line: own, previous, before }).filter(({ act }) => isPossible(act, own, previous));
  const asks = ranked.reduce((sum, one) => (ASKING_ACTS.has(one.act) ? sum + one.probability : sum), 0);
  const best = ranked.find(({ act }) => ASKING_ACTS.has(act) === asks >= ASKING);
  return { act: best?.act ?? 'inform', asks };
}
