import type { Customer } from '../domain/customer.ts';
import type { Language } from '../domain/language.ts';
import type { Part } from '../domain/message.ts';
import { type Act, ASKING_ACTS, type Flag, type Understanding } from '../domain/understanding.ts';
import type { Candidate } from '../engine/types.ts';
import { wantsMore } from './context/ellipsis.ts';
import { type Resolved, resolveMessage } from './context/resolve.ts';
import type { Catalog, Knowledge, Line } from './situation.ts';
import { readAct } from './understand/act.ts';
import { undeclined } from './understand/asks-person.ts';
import { peel } from './understand/courtesy.ts';
import { statesTrouble } from './understand/cues.ts';
import { readEntities } from './understand/entities.ts';
import { readFlags } from './understand/flags.ts';
import { callsAgain, refusesAnswer } from './understand/in-vain.ts';
import { classifyAsIs, classifyTurn, mergeIntents, type TurnClass, topIntents } from './understand/intent.ts';
import { readLanguage } from './understand/language.ts';
import { type PreviousMove, previousMove } from './understand/previous.ts';
import { type Question, readQuestions } from './understand/questions.ts';
import { remembering } from './understand/remember.ts';
import { readSentiment } from './understand/sentiment.ts';
import { isPrompted, settleAct } from './understand/settle-act.ts';
import { plainWords, type TurnText, turnText } from './understand/turn-text.ts';

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
  const written = turnText(input.parts);
  const turn = { ...written, words: plainWords(written.words) };
  const said = input.history.filter((line) => line.author === 'customer').map((line) => line.text);
  const heard = input.history.filter((line) => line.author !== 'customer').map((line) => line.text);
  const language = readLanguage(turn.words, input.language, [...heard, ...said]);
  const before = plainLine(previousLine(input.history));
  const previous = previousMove(before);
  const entities = readEntities(turn.text, input.catalog);
  const flags = readFlags(turn.words);
  const sentiment = readSentiment(turn.words, flags);

  const inVain =
    callsAgain(input.parts.map(({ text }) => plainWords(text ?? ''))) ||
    (isBots(input.history) && refusesAnswer(turn.words));
  const first = readAct({ turn, previous, before, conversing: input.history.length > 0 });
  const firstAct = first.act;
  const turnClass = classify(input, asked(turn.words), language, firstAct, previous);
  const { query, classification } = turnClass;
  const guesses = mergeIntents(input.knowledge, classification.candidates);
  const { intent, alternatives } = topIntents(guesses);
  const settled = settleAct({
    act: firstAct,
    words: turn.words,
    turn: turnClass,
    previous,
    conversing: input.history.length > 0,
  });
  const factual = firstAct === 'inform' && first.asks < FACTUAL && !statesTrouble(turn.words);
  const act = factual && !classification.exact && turnClass.topic === undefined ? firstAct : settled;

  const asksSeveral = ASKING_ACTS.has(act) && !classification.exact && turnClass.topic === undefined;
  const questions = asksSeveral ? readQuestions(input.knowledge, turn.words, language) : [];

  return {
    understanding: {
      language,
      act,
      intent,
      alternatives,
      questions: questions.map(({ text, intent: guess }) => ({ text: asWritten(text, turn, written), intent: guess })),
      entities,
      sentiment,
      flags: withAskHuman(flags, act),
      ...(turnClass.topic === undefined ? {} : { resolved: { text: query, topic: turnClass.topic.entry.intent } }),
    },
    text: turn.text,
    words: turn.words,
    query,
    candidates: classification.candidates,
    questions,
    exact: classification.exact && ASKING_ACTS.has(act),
    asks: act === firstAct ? first.asks : 1,
    inVain,
    previous,
    media: turn,
  };
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
  const alone = classifyTurn(input.knowledge, words, language);
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
