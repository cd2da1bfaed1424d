import type { Language } from '../../domain/language.ts';
import type { IntentGuess } from '../../domain/understanding.ts';
import type { Candidate, Classification } from '../../engine/types.ts';
import type { Knowledge } from '../situation.ts';
import { peel } from './courtesy.ts';
import { asksAction, asksQuestion } from './cues.ts';

/** Classes asked of the engine: enough to sum an intent that many entries share. */
const LIMIT = 20;
const ALTERNATIVES = 4;
const MAX_QUESTIONS = 5;

export const UNKNOWN: IntentGuess = { name: 'unknown', confidence: 0 };
export const NOTHING: Classification = { candidates: [], exact: false };

/** Classifies a line as it stands when it equals an authored question, else without its courtesies. */
export function classifyLine(knowledge: Knowledge | undefined, line: string, language: Language): Classification {
  if (knowledge === undefined || line.trim() === '') return NOTHING;
  const whole = knowledge.engine.classify(line, { limit: LIMIT, language });
  if (whole.exact) return whole;
  const { rest } = peel(line);
  const bare = /[\p{L}\p{N}]/u.test(rest) && rest !== line;
  return bare ? knowledge.engine.classify(rest, { limit: LIMIT, language }) : whole;
}

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

const SENTENCE = /[^?？。!！;；\n]{1,400}[?？。!！;；\n]*/g;

/** The sentences of a turn that ask something, when there are at least two of them. */
export function splitQuestions(words: string): string[] {
  const asking = (words.match(SENTENCE) ?? [])
    .map((sentence) => sentence.trim())
    .filter((sentence) => {
      const { rest } = peel(sentence);
      return isSubstantial(rest) && (asksQuestion(rest) || asksAction(rest));
    });
  const distinct = [...new Set(asking)];
  return distinct.length < 2 ? [] : distinct.slice(0, MAX_QUESTIONS);
}

/** At least four Han characters or three words: shorter sentences lean on their neighbours. */
function isSubstantial(text: string): boolean {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return han >= 4 || (text.match(/[A-Za-z0-9]+/g)?.length ?? 0) >= 3;
}

const ELLIPTICAL =
  /^(?:那|然后|还有|如果|要是|另外|多久|多少|几|怎么|为什么|为啥|哪|什么|啥|谁)|呢[\s?？~～]*$|^(?:and|then|what about|how about|how|why|when|where|which|what|so|or)\b/i;

/** "那退呢", "what about socks": too short to be read without the question before it. */
export function isFollowUp(words: string): boolean {
  const { rest } = peel(words);
  const han = rest.match(/\p{Script=Han}/gu)?.length ?? 0;
  const latin = rest.match(/[A-Za-z]+/g)?.length ?? 0;
  const short = han > 0 ? han < 6 : latin <= 3;
  return short && ELLIPTICAL.test(rest);
}
