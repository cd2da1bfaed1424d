import type { Language } from '../../domain/language.ts';
import type { IntentGuess } from '../../domain/understanding.ts';
import type { Candidate, Classification } from '../../engine/types.ts';
import type { Topic } from '../context/focus.ts';
import type { Knowledge } from '../situation.ts';
import { peel } from './courtesy.ts';
import { asksAction, asksQuestion, chases, complains } from './cues.ts';
import { FAULT_IN_PLAIN, statesFault } from './faults.ts';

/** Classes asked of the engine: enough to sum an intent that many entries share. */
const LIMIT = 20;
const ALTERNATIVES = 4;

export const UNKNOWN: IntentGuess = { name: 'unknown', confidence: 0 };
const NOTHING: Classification = { candidates: [], exact: false };

/** What the engine makes of a text, word for word. */
export function classifyAsIs(knowledge: Knowledge, text: string, language: Language): Classification {
  return knowledge.engine.classify(text, { limit: LIMIT, language });
}

/** Classifies a line as it stands when it equals an authored question, else without courtesies, numbers and links. */
export function classifyLine(knowledge: Knowledge | undefined, line: string, language: Language): Classification {
  if (knowledge === undefined || line.trim() === '') return NOTHING;
  const whole = classifyAsIs(knowledge, line, language);
  if (whole.exact) return whole;
  const bare = peel(line).rest.replaceAll(IDENTIFIER, ' ').trim();
  const cleaner = /[\p{L}\p{N}]/u.test(bare) && bare !== line;
  return cleaner ? classifyAsIs(knowledge, bare, language) : whole;
}

/** Which order, whose phone, which page: it says nothing of what is wanted. */
const IDENTIFIER =
  /https?:\/\/\S{1,500}|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,3}|(?:订单|运单|快递)?(?:单号|编号|号)?\s{0,3}[:：#]?\s{0,3}[A-Za-z]{0,3}\d{8,20}|order (?:number |no\.? |#)?[A-Za-z-]{0,4}\d{5,20}/gi;

/** Courtesies, calls and numbers: they are about whatever the conversation is about, and no topic of their own. */
export const isTopicless = (words: string): boolean => {
  const { rest } = peel(words);
  const bare = rest.replaceAll(IDENTIFIER, ' ');
  return chases(words) || chases(rest) || !isContent(bare === rest ? bare : bare.replaceAll(POINTING, ' '));
};

/** What stands around a number that is put right. */
const POINTING =
  /不对|不是|应该是?|[说打写]错了?|[是这那][个单]?|\b(?:sorry|i meant?|it(?:['’]?s| is)|not|no|this|that|one|is)\b/gi;

/** A turn's classification, the words that it was made on, and how sure the whole turn's would have been. */
export type TurnClass = {
  query: string;
  classification: Classification;
  wholeConfidence: number;
  /** Of a follow-up: the topic that completed it. */
  topic?: Topic;
};

const topOf = ({ candidates }: Classification): number => candidates[0]?.confidence ?? 0;

/**
 * A turn of several clauses is what its clearest asking clause is: the story around a question only blurs it.
 * The clause's confidence is that of the clause as a message of its own.
 */
export function classifyTurn(knowledge: Knowledge | undefined, words: string, language: Language): TurnClass {
  const classification = classifyLine(knowledge, words, language);
  const wholeConfidence = topOf(classification);
  const whole: TurnClass = { query: words, classification, wholeConfidence };
  if (knowledge === undefined || classification.exact) return whole;
  return askingClauses(words)
    .map((query): TurnClass => {
      const ofClause = { ...classifyLine(knowledge, query, language), exact: false };
      return { query, classification: ofClause, wholeConfidence };
    })
    .reduce((best, one) => (topOf(one.classification) > topOf(best.classification) ? one : best), whole);
}

/** A text that no entry is likelier than this to be about says something in words of its own. */
const UNHEARD = 0.5;

/**
 * A fault told in words that no entry knows ("it hisses") is read beside the plain word for it, where both are the same
 * entry's. A text that is some entry's already stays what it is.
 */
export function classifyFault(knowledge: Knowledge | undefined, own: TurnClass, language: Language): TurnClass {
  const { query, classification } = own;
  if (knowledge === undefined || topOf(classification) >= UNHEARD || !statesFault(query)) return own;
  const plain = FAULT_IN_PLAIN[language];
  const both = classifyAsIs(knowledge, `${query} ${plain}`, language);
  const [named] = classifyAsIs(knowledge, plain, language).candidates;
  const same = named !== undefined && named.index === both.candidates[0]?.index;
  return same && topOf(both) > topOf(classification) ? { ...own, classification: { ...both, exact: false } } : own;
}

const CLAUSE_END = /(?<=[,，。.!！?？;；\n])|(?<=\p{Script=Han})[ \t\u3000]{1,5}(?=\p{Script=Han})/u;
const MAX_CLAUSES = 8;
/** "怎么办", "怎么申请", "可以吗", "how do I do that": asks about what the clause before it names. */
const GENERIC =
  /^(?:(?:那|我|应该|该|要|需要|请问|具体|到底|现在|这个|这种情况|这|又)*(?:怎么|如何|咋)(?:办|操作|申请|弄|处理|搞|做|整|回事|解决|算|说|样|退|改|用|取|走流程)*(?:了|呢|啊|呀|吗|理|好|才行)*|.{0,4}(?:可以|行|能|好|对|是)(?:不行|不可以|不能)?(?:吗|么|嘛|不)|什么(?:情况|原因|意思|时候)?(?:了|呢|啊)?|为什么(?:呢|啊)?|(?:how|why|what|can i|is that|what (?:should|can|do) i do|how (?:do|can) i do (?:that|this|it)|why is that|is that (?:ok|possible))[\w ]{0,6})[\s?？。!！,，~～]*$/iu;

/** The clauses that ask for something; those that say anything when none asks. Empty when there is but one. */
function askingClauses(words: string): string[] {
  const clauses = words
    .split(CLAUSE_END)
    .map((clause) => clause.trim())
    .filter((clause) => isContent(peel(clause).rest));
  const asking = clauses.flatMap((clause, at) =>
    asksSomething(peel(clause).rest)
      ? [isLeaning(clause, clauses[at - 1]) ? `${clauses[at - 1]} ${clause}` : clause]
      : [],
  );
  return clauses.length < 2 ? [] : [...new Set(asking.length > 0 ? asking : clauses)].slice(0, MAX_CLAUSES);
}

const isContent = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

/** Whether a clause needs the one before it: too short or too general, or that one is its condition. */
function isLeaning(clause: string, before: string | undefined): boolean {
  if (before === undefined) return false;
  const { rest } = peel(clause);
  return (
    !isSubstantial(rest) ||
    GENERIC.test(rest) ||
    /^(?:如果|要是|假如|万一|比如)|(?:请问|就是)(?:如果|要是)|^if\b/i.test(before)
  );
}

const asksSomething = (text: string): boolean => asksQuestion(text) || asksAction(text) || complains(text);

/** Entries of one intent count together. Best first; ties keep the engine's order. */
export function mergeIntents(knowledge: Knowledge | undefined, candidates: readonly Candidate[]): IntentGuess[] {
  if (knowledge === undefined) return [];
  const sums = new Map<string, number>();
  for (const { index, confidence } of candidates) {
    const { intent } = knowledge.entry(index);
    sums.set(intent, Math.min(1, (sums.get(intent) ?? 0) + confidence));
  }
  return [...sums].map(([name, confidence]) => ({ name, confidence })).sort((a, b) => b.confidence - a.confidence);
}

export function topIntents(guesses: readonly IntentGuess[]): { intent: IntentGuess; alternatives: IntentGuess[] } {
  return { intent: guesses[0] ?? UNKNOWN, alternatives: guesses.slice(1, 1 + ALTERNATIVES) };
}

/** At least four Han characters or three words: shorter sentences lean on their neighbours. */
function isSubstantial(text: string): boolean {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return han >= 4 || (text.match(/[A-Za-z0-9]+/g)?.length ?? 0) >= 3;
}
