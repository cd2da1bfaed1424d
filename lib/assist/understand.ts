import type { Customer } from '../domain/customer.ts';
import type { Language } from '../domain/language.ts';
import type { Part } from '../domain/message.ts';
import { type Act, ASKING_ACTS, type Flag, type Understanding } from '../domain/understanding.ts';
import type { Candidate } from '../engine/types.ts';
import type { Catalog, Knowledge, Line } from './situation.ts';
import { readAct } from './understand/act.ts';
import { peel } from './understand/courtesy.ts';
import { readEntities } from './understand/entities.ts';
import { readFlags } from './understand/flags.ts';
import {
  classifyLine,
  classifyTurn,
  isFollowUp,
  mergeIntents,
  splitQuestions,
  type TurnClass,
  topIntents,
} from './understand/intent.ts';
import { readLanguage } from './understand/language.ts';
import { type PreviousMove, previousMove } from './understand/previous.ts';
import { readSentiment } from './understand/sentiment.ts';
import { type TurnText, turnText } from './understand/turn-text.ts';

export type ReadInput = {
  parts: readonly Part[];
  /** Before the turn, oldest first. */
  history: readonly Line[];
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
  /** The customer's words alone. */
  words: string;
  /** What was classified: the words, with the question before them when they mean nothing alone. */
  query: string;
  candidates: readonly Candidate[];
  /** The words equal an authored question of exactly one entry, and ask it. */
  exact: boolean;
  /** What the agent or bot had just done. */
  previous: PreviousMove;
  media: Pick<TurnText, 'orders' | 'products' | 'tapped' | 'unreadMedia' | 'sticker' | 'link'>;
};

/** A statement this likely to be an entry's is that entry's question: customers of a FAQ state their problem. */
const STATED_PROBLEM = 0.85;
/** Below this a short follow-up is read together with the question before it. */
const WEAK = 0.5;

/** Reads what a customer's turn does and wants. Pure. */
export function understand(input: ReadInput): Understanding {
  return read(input).understanding;
}

/** As `understand`, with the candidates and the turn's text. */
export function read(input: ReadInput): Reading {
  const turn = turnText(input.parts);
  const said = input.history.filter((line) => line.author === 'customer').map((line) => line.text);
  const heard = input.history.filter((line) => line.author !== 'customer').map((line) => line.text);
  const language = readLanguage(turn.words, input.language, [...heard, ...said]);
  const before = previousLine(input.history);
  const previous = previousMove(before);
  const entities = readEntities(turn.text, input.catalog);
  const flags = readFlags(turn.words, entities);
  const sentiment = readSentiment(turn.words, flags);

  const firstAct = readAct({ turn, previous, before, conversing: input.history.length > 0, mood: sentiment });
  const turnClass = classify(input.knowledge, turn.words, language, firstAct, said.at(-1));
  const { query, classification } = turnClass;
  const guesses = mergeIntents(input.knowledge, classification.candidates);
  const { intent, alternatives } = topIntents(guesses);
  const act = settleAct(firstAct, turn.words, turnClass, previous);

  return {
    understanding: {
      language,
      act,
      intent,
      alternatives,
      questions: readQuestions(input.knowledge, turn.words, language, act),
      entities,
      sentiment,
      flags: withAskHuman(flags, act),
    },
    text: turn.text,
    words: turn.words,
    query,
    candidates: classification.candidates,
    exact: classification.exact && ASKING_ACTS.has(act),
    previous,
    media: turn,
  };
}

/** What agent or bot said since the customer's last line: only that is being answered. */
function previousLine(history: readonly Line[]): string | undefined {
  const lastCustomer = history.findLastIndex((line) => line.author === 'customer');
  const since = history.slice(lastCustomer + 1).map((line) => line.text);
  return since.length === 0 ? undefined : since.join('\n');
}

function classify(
  knowledge: Knowledge | undefined,
  words: string,
  language: Language,
  act: Act,
  before: string | undefined,
): TurnClass {
  const alone = classifyTurn(knowledge, words, language);
  const confidence = alone.classification.candidates[0]?.confidence ?? 0;
  const clear = alone.classification.exact || confidence >= WEAK;
  if (clear || before === undefined || act !== 'question' || !isFollowUp(words)) return alone;
  const query = `${before.slice(-200)} ${words}`;
  const together = classifyLine(knowledge, query, language);
  const better = (together.candidates[0]?.confidence ?? 0) > confidence;
  return better ? { ...alone, query, classification: { ...together, exact: false } } : alone;
}

/**
 * The knowledge has a say in whether a line asks: a text that equals an authored question does, and so does a
 * statement that is clearly an entry's, unless it answers the agent or is said while the agent looks.
 */
function settleAct(act: Act, words: string, turn: TurnClass, previous: PreviousMove): Act {
  if (ASKING_ACTS.has(act)) return act;
  const answering = previous === 'asked_fact' || previous === 'asked_yes_no' || previous === 'held';
  if (turn.classification.exact) return answering && peel(words).found.size > 0 ? act : 'question';
  return act === 'inform' && !answering && turn.wholeConfidence >= STATED_PROBLEM ? 'question' : act;
}

function readQuestions(
  knowledge: Knowledge | undefined,
  words: string,
  language: Language,
  act: Act,
): Understanding['questions'] {
  if (!ASKING_ACTS.has(act)) return [];
  return splitQuestions(words).map((text) => {
    const { candidates } = classifyLine(knowledge, text, language);
    return { text, intent: topIntents(mergeIntents(knowledge, candidates)).intent };
  });
}

function withAskHuman(flags: Flag[], act: Act): Flag[] {
  return act === 'ask_human' && !flags.includes('ask_human') ? ['ask_human', ...flags] : flags;
}
