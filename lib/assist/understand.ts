import type { Owner } from '../domain/conversation.ts';
import type { Customer } from '../domain/customer.ts';
import type { Language } from '../domain/language.ts';
import type { Part } from '../domain/message.ts';
import { type Act, ASKING_ACTS, type Flag, type Understanding } from '../domain/understanding.ts';
import type { Candidate } from '../engine/types.ts';
import { wantsMore } from './context/ellipsis.ts';
import { type Resolved, resolveMessage } from './context/resolve.ts';
import type { Catalog, Knowledge, Line } from './situation.ts';
import { type Called, readAct } from './understand/act.ts';
import { undeclined } from './understand/asks-person.ts';
import { peel } from './understand/courtesy.ts';
import { statesTrouble } from './understand/cues.ts';
import { readEntities } from './understand/entities.ts';
import { readFlags } from './understand/flags.ts';
import { callsAgain, refusesAnswer } from './understand/in-vain.ts';
import {
  classifyAsIs,
  classifyFault,
  classifyTurn,
  isTopicless,
  mergeIntents,
  type TurnClass,
  topIntents,
} from './understand/intent.ts';
import { readLanguage } from './understand/language.ts';
import { type PreviousMove, previousMove } from './understand/previous.ts';
import { type Question, readQuestions } from './understand/questions.ts';
import { remembering } from './understand/remember.ts';
import { readSentiment } from './understand/sentiment.ts';
import { isPrompted, settleAct } from './understand/settle-act.ts';
import { meantParts, plainWords, type TurnText, turnText } from './understand/turn-text.ts';

export type ReadInput = {
  parts: readonly Part[];
  /** Before the turn, oldest first. */
  history: readonly Line[];
  /** Texts and `entryId#answer` already sent in the conversation. */
  sent?: readonly string[];
  /** The platform's hint; the message's own language wins. */
  language?: Language | undefined;
  knowledge: Knowledge | undefined;
  catalog: Catalog | undefined;
  customer?: Customer | undefined;
  /** Whose the conversation is: a "hello?" to a person who is at it already greets nobody. */
  owner?: Owner | undefined;
};

/** The understanding, and what the later steps need that the contract does not show. */
export type Reading = {
  understanding: Understanding;
  /** The turn's text: entity offsets count in it. */
  text: string;
  /** The customer's words alone, simplified and narrow. */
  words: string;
  /** What was classified: the words, with the question before them when they mean nothing alone. */
  query: string;
  candidates: readonly Candidate[];
  /** Of a turn that asks several questions, each; else empty. */
  questions: readonly Question[];
  /** The words equal an authored question of exactly one entry, and ask it. */
  exact: boolean;
  /** The probability that the turn wants an answer. Where the knowledge or the conversation made it ask, it does. */
  asks: number;
  /** The bot's answer was refused, or it was called again and again: it has nothing left to say. */
  inVain: boolean;
  /** Nothing is left of the turn: it was sent by mistake, and the customer says so. */
  takenBack: boolean;
  /** What the agent or bot had just done. */
  previous: PreviousMove;
  media: Pick<TurnText, 'orders' | 'products' | 'tapped' | 'unreadMedia' | 'sticker' | 'link'>;
};

/** Below this probability of asking a statement is one, however much it resembles what is asked about. */
const FACTUAL = 0.2;

/** Reads what a customer's turn does and wants. Pure. */
export function understand(input: ReadInput): Understanding {
  return read(input).understanding;
}

/** As `understand`, with the candidates and the turn's text. */
export function read(given: ReadInput): Reading {
  const input = { ...given, knowledge: remembering(given.knowledge) };
  const texts = readTexts(input);
  const { written, turn, language, previous } = texts;
  const flags = readFlags(plainWords(texts.sent.words));
  const { act, asks, turnClass, candidates } = readWish(input, texts);
  const { query, classification, topic } = turnClass;

  const asksSeveral = ASKING_ACTS.has(act) && !classification.exact && topic === undefined;
  const questions = asksSeveral ? readQuestions(input.knowledge, turn.words, language) : [];

  return {
    understanding: {
      language,
      act,
      ...topIntents(mergeIntents(input.knowledge, candidates)),
      questions: questions.map(({ text, intent: guess }) => ({ text: asWritten(text, turn, written), intent: guess })),
      entities: readEntities(turn.text, input.catalog),
      sentiment: readSentiment(turn.words, flags),
      flags: withAskHuman(flags, act),
      ...(topic === undefined ? {} : { resolved: { text: query, topic: topic.entry.intent } }),
    },
    text: turn.text,
    words: turn.words,
    query,
    candidates,
    questions,
    exact: classification.exact && ASKING_ACTS.has(act),
    asks,
    inVain: isInVain(input, turn.words),
    takenBack: texts.takenBack,
    previous,
    media: turn,
  };
}

const isInVain = ({ parts, history }: ReadInput, words: string): boolean =>
  callsAgain(parts.map(({ text }) => plainWords(text ?? ''))) || (isBots(history) && refusesAnswer(words));

/** The turn's texts: as `sent`, as meant (`written`), and that in the form that wording is recognised in (`turn`). */
function readTexts(input: ReadInput) {
  const sent = turnText(input.parts);
  const meant = meantParts(input.parts);
  const takenBack = meant.length === 0 && sent.words !== '';
  const written = turnText(meant);
  const turn = { ...written, words: plainWords(written.words) };
  const said = input.history.filter((line) => line.author === 'customer').map((line) => line.text);
  const heard = input.history.filter((line) => line.author !== 'customer').map((line) => line.text);
  const language = readLanguage(takenBack ? sent.words : turn.words, input.language, [...heard, ...said]);
  const before = plainLine(previousLine(input.history));
  return { sent, takenBack, written, turn, language, before, previous: previousMove(before) };
}

/** What the turn does and what it is about, each in the light of the other. */
function readWish(input: ReadInput, { turn, takenBack, language, before, previous }: ReturnType<typeof readTexts>) {
  const { words } = turn;
  const conversing = input.history.length > 0;
  const first = readAct({ turn, previous, before, conversing, takenBack, called: calledFor(input) });
  const turnClass = classify(input, asked(words), language, first.act, previous);
  const { classification, topic } = turnClass;
  const settled = settleAct({ act: first.act, words, turn: turnClass, previous, conversing });
  const factual = first.act === 'inform' && first.asks < FACTUAL && !statesTrouble(words);
  const act = factual && !classification.exact && topic === undefined ? first.act : settled;
  // "OK" and "anyone?" resemble many a question and are about none.
  const isAbout = ASKING_ACTS.has(act) || !isTopicless(words);
  const candidates = isAbout ? classification.candidates : [];
  return { act, asks: act === first.act ? first.asks : 1, turnClass, candidates };
}

/** A person has the conversation, or it waits for one: `unheard` while none has said anything. */
function calledFor({ owner, history }: ReadInput): Called | undefined {
  if (owner !== 'queue' && owner?.startsWith('agent:') !== true) return undefined;
  return history.findLast(({ author }) => author !== 'customer')?.author === 'agent' ? 'heard' : 'unheard';
}

const isBots = (history: readonly Line[]): boolean => history.at(-1)?.author === 'bot';

/** What of a turn may be a question: not that it wants no person. */
function asked(words: string): string {
  const rest = undeclined(words);
  return /[\p{L}\p{N}]/u.test(rest) ? rest : words;
}

const plainLine = (line: string | undefined) => (line === undefined ? undefined : plainWords(line));

/** A part of the plain words as the customer wrote it: characters stand where they stood. */
function asWritten(part: string, plain: TurnText, written: TurnText): string {
  const at = plain.words.indexOf(part);
  return at < 0 ? part : written.words.slice(at, at + part.length);
}

/** What agent or bot said since the customer's last line: only that is being answered. */
function previousLine(history: readonly Line[]): string | undefined {
  const lastCustomer = history.findLastIndex((line) => line.author === 'customer');
  const since = history.slice(lastCustomer + 1).map((line) => line.text);
  return since.length === 0 ? undefined : since.join('\n');
}

/** The turn's class: of its clearest clause, or, where it says little itself, of what the conversation makes of it. */
function classify(input: ReadInput, words: string, language: Language, act: Act, previous: PreviousMove): TurnClass {
  const alone = classifyFault(input.knowledge, classifyTurn(input.knowledge, words, language), language);
  const { topic, text, classification } = inContext(input, words, language, act, previous) ?? {};
  if (topic === undefined || text === undefined || classification === undefined) return alone;
  return { ...alone, query: text, classification, topic };
}

/** What the conversation makes of a turn that wants an answer; undefined where it wants none. */
function inContext(
  { knowledge, history, sent = [] }: ReadInput,
  words: string,
  language: Language,
  act: Act,
  previous: PreviousMove,
): Resolved | undefined {
  const { rest } = peel(words);
  const asks = ASKING_ACTS.has(act) || (!isPrompted(previous) && wantsMore(rest));
  if (knowledge === undefined || history.length === 0 || !asks || act === 'ask_human') return undefined;
  const classifyText = (text: string) => classifyAsIs(knowledge, text, language);
  return resolveMessage({ knowledge, language, history, sent, classify: classifyText }, rest === '' ? words : rest);
}

function withAskHuman(flags: Flag[], act: Act): Flag[] {
  return act === 'ask_human' && !flags.includes('ask_human') ? ['ask_human', ...flags] : flags;
}
