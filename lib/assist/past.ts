/** Turns of the past, read as production reads them now: what a chat export and collected evidence are measured by. */
import type { Assist } from '../domain/assist.ts';
import type { EntryId } from '../domain/ids.ts';
import { ConversationId, MessageId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import type { Part } from '../domain/message.ts';
import type { Tenant } from '../domain/tenant.ts';
import { type Act, ASKING_ACTS } from '../domain/understanding.ts';
import type { Candidate } from '../engine/types.ts';
import { contentWords } from './context/content-words.ts';
import { replyKind } from './reply-kind.ts';
import { respond } from './respond.ts';
import type { Knowledge, Line, Situation } from './situation.ts';
import { peel } from './understand/courtesy.ts';
import { classifyTurn } from './understand/intent.ts';
import { ownWords } from './understand/turn-text.ts';
import { read } from './understand.ts';

export type PastTurn = {
  /** The customer's consecutive lines. */
  parts: readonly Part[];
  /** What was said before them, oldest first. */
  history: readonly Line[];
  firstContact: boolean;
  /** Epoch ms. */
  at: number;
};

/** A question that knowledge may answer. */
export type PastQuestion = {
  /** In the customer's words, less courtesies. */
  text: string;
  /** What was classified: the clearest clause, with what the conversation adds. */
  meant: string;
  /** What it is about: `meant` without the words that name no topic; empty where it names none. */
  about: string;
  /** It was understood without the conversation before it. */
  alone: boolean;
  /** The probability of each entry, by its id. */
  entries: readonly { id: string; probability: number }[];
};

export type PastReading = {
  act: Act;
  language: Language;
  /** Whether it wants something that an entry could say: a wish for a person is none. */
  asks: boolean;
  questions: PastQuestion[];
  /** The entry offered first and its confidence, whether or not that suffices. */
  best: { entryId: EntryId; confidence: number } | undefined;
  covered: 'sure' | 'shown' | 'none';
};

/** Which order, whose phone: no question is about that. */
const NUMBER = /[A-Za-z]{0,3}\d{3,}|\d+/g;

const CONVERSATION = ConversationId.parse('past');
const MESSAGE = MessageId.parse('past');

function situationOf(tenant: Tenant, knowledge: Knowledge | undefined, turn: PastTurn): Situation {
  return {
    tenant,
    knowledge,
    catalog: undefined,
    customer: undefined,
    conversationId: CONVERSATION,
    turn: { id: 'trn_past', revision: 1, messageIds: [MESSAGE], parts: turn.parts },
    customerSeq: 1,
    history: turn.history,
    owner: 'bot',
    firstContact: turn.firstContact,
    sent: turn.history.filter(({ author }) => author !== 'customer').map(({ text }) => text),
    language: undefined,
    shop: undefined,
    channel: undefined,
    at: turn.at,
    degraded: [],
  };
}

/** The assist that the turn would get today, and what of it says whether the knowledge covers it. */
export async function readPast(tenant: Tenant, knowledge: Knowledge | undefined, turn: PastTurn): Promise<PastReading> {
  const situation = situationOf(tenant, knowledge, turn);
  const assist = await respond(situation, async () => []);
  const { act, language } = assist.understanding;
  const asks = ASKING_ACTS.has(act) && act !== 'ask_human';
  const [first] = assist.suggestions;
  return {
    act,
    language,
    asks,
    questions: asks ? questionsOf(situation) : [],
    best: first === undefined ? undefined : { entryId: first.source.id as EntryId, confidence: first.confidence },
    covered: coverOf(assist),
  };
}

function coverOf({ suggestions, decision }: Assist): PastReading['covered'] {
  const [first] = suggestions;
  if (first === undefined || first.confidence < decision.thresholds.suggest) return 'none';
  return first.confidence >= decision.thresholds.autoReply ? 'sure' : 'shown';
}

/** Each question of a turn that asks several; else the clause that was classified. */
function questionsOf(situation: Situation): PastQuestion[] {
  const { query, words, questions, candidates, understanding } = read({ ...situation, parts: situation.turn.parts });
  if (questions.length > 1) return questions.map((one) => questionOf(one.text, one.text, one.candidates, true));
  return [questionOf(words, query, candidates, understanding.resolved === undefined)];
}

/** A question that was kept as text: what was read of it then, by the knowledge of now. */
export function readKept(
  knowledge: Knowledge | undefined,
  { text, meant, language }: { text: string; meant?: string | undefined; language: Language },
): PastQuestion {
  const { query, classification } = classifyTurn(knowledge, meant ?? text, language);
  return questionOf(text, query, classification.candidates, meant === undefined);
}

function questionOf(text: string, classified: string, candidates: readonly Candidate[], alone: boolean): PastQuestion {
  const meant = withoutCourtesy(ownWords(classified));
  return {
    text: withoutCourtesy(text),
    meant,
    about: aboutOf(meant),
    alone,
    entries: candidates.map(({ key, confidence }) => ({ id: key, probability: confidence })),
  };
}

/** Nouns and verbs so general that only what stands beside them tells what a question is about. */
const GENERAL_HAN =
  /[有个]?问题|(?:什么)?情况|(?:什么)?原因|意思|直接|(?:不|想)?知道|咨询|业务|联系|结果|事[情儿]?|订单|查询|查|信息|显示|帮忙?|亲|元|年|月|日/gu;
const GENERAL_WORD =
  /^(?:problems?|issues?|help|questions?|reasons?|orders?|information|info|details?|please|something|anything|check|understand|explain|ask|asking)$/;

const aboutOf = (meant: string): string =>
  contentWords(meant.replace(NUMBER, ' '))
    .flatMap((run) => run.replace(GENERAL_HAN, ' ').split(' '))
    .filter((run) => run !== '' && !GENERAL_WORD.test(run))
    .join(' ');

function withoutCourtesy(text: string): string {
  const { rest } = peel(text);
  return rest.trim() === '' ? text.trim() : rest.trim();
}

/** The entry nearest to a question, with the confidence that it answers it. */
export function nearestEntry(knowledge: Knowledge | undefined, text: string, language: Language) {
  const best = knowledge?.engine.classify(text, { limit: 1, language }).candidates[0];
  if (knowledge === undefined || best === undefined) return undefined;
  const { id, question } = knowledge.entry(best.index);
  return { entryId: id, question, confidence: best.confidence };
}

/** What a question that is authored word for word is trusted with, where no confidence short of it is. */
const KNOWN_WORD_FOR_WORD = 0.97;

/** Reads past turns over one release as production reads new ones. */
export function pastReader(tenant: Tenant, knowledge: Knowledge | undefined) {
  const threshold = knowledge?.engine.threshold(tenant.settings.targetPrecision.autoReply) ?? Number.POSITIVE_INFINITY;
  const sureFrom = Math.min(threshold, KNOWN_WORD_FOR_WORD);
  return {
    turn: (
      { lines, history, firstContact }: { lines: readonly string[] } & Pick<PastTurn, 'history' | 'firstContact'>,
      at: number,
    ) =>
      readPast(tenant, knowledge, {
        parts: lines.map((text) => ({ kind: 'text', text })),
        history,
        firstContact,
        at,
      }),
    kept: (text: string, meant: string | undefined, language: Language) =>
      readKept(knowledge, { text, meant, language }),
    nearest: (text: string, language: Language) => nearestEntry(knowledge, text, language),
    covers: ({ entries }: Pick<PastQuestion, 'entries'>) => (entries[0]?.probability ?? 0) >= sureFrom,
    replyKind,
  };
}
