import type { Language } from '../../domain/language.ts';
import type { IntentGuess } from '../../domain/understanding.ts';
import type { Candidate, Classification } from '../../engine/types.ts';
import { ellipsisOf } from '../context/ellipsis.ts';
import { resolveMessage } from '../context/resolve.ts';
import type { Knowledge } from '../situation.ts';
import { type Clause, clausesOf } from './clauses.ts';
import { peel } from './courtesy.ts';
import { asksAction, asksQuestion, chases, complains, statesProblem } from './cues.ts';
import { classifyAsIs, classifyLine, mergeIntents, topIntents } from './intent.ts';

/** One of several questions of a turn: as it was written, and as it was classified. */
export type Question = {
  text: string;
  query: string;
  intent: IntentGuess;
  candidates: readonly Candidate[];
  exact: boolean;
};

const MAX_QUESTIONS = 5;
/** More clauses are a pasted text: only the first are read. */
const MAX_CLAUSES = 24;
/** A clause between commas is a question of its own if some entry is at least this likely. */
const OWN = 0.35;
/** A complaint that asks nothing is answered beside other questions if an entry is this likely. */
const STATED = 0.6;

type Unit = { text: string; lead: string | undefined; kind: 'sentence' | 'clause' | 'statement' };
type Asked = Question & { kind: Unit['kind'] };

/** The questions of a turn that asks several, in order; empty for one that asks one. */
export function readQuestions(knowledge: Knowledge | undefined, words: string, language: Language): Question[] {
  const units = unitsOf(clausesOf(words).slice(0, MAX_CLAUSES));
  if (units.length < 2) return [];
  const asked: Asked[] = [];
  for (const unit of units) {
    const question = ask(knowledge, unit, asked.at(-1), language);
    if (isOwn(question, knowledge)) add(asked, question);
  }
  const questions = asked.map(({ kind: _, ...question }) => question);
  return questions.length < 2 ? [] : questions.slice(0, MAX_QUESTIONS);
}

/** Questions of one intent are one: their answer is the same. */
function add(asked: Asked[], question: Asked): void {
  const same = asked.findIndex((other) => other.intent.name === question.intent.name && question.intent.confidence > 0);
  if (same < 0) asked.push(question);
  else if ((asked[same]?.intent.confidence ?? 0) < question.intent.confidence) asked[same] = question;
}

function isOwn({ kind, intent, exact }: Asked, knowledge: Knowledge | undefined): boolean {
  if (kind === 'sentence' || exact) return true;
  return knowledge !== undefined && intent.confidence >= (kind === 'statement' ? STATED : OWN);
}

/** Clauses that ask, each with the statement before it for when it leans on that; and statements of a problem. */
function unitsOf(clauses: readonly Clause[]): Unit[] {
  const read = clauses
    .map((clause) => ({ clause, rest: peel(clause.text).rest }))
    .filter(({ rest }) => /[\p{L}\p{N}]/u.test(rest))
    .map(({ clause, rest }) => ({ text: clause.text, rest, kind: kindOf(clause, rest) }));
  return read.flatMap(({ text, kind }, at) => {
    const before = read[at - 1];
    const after = read[at + 1];
    if (kind === 'statement' && after !== undefined && asks(after.kind) && ellipsisOf(after.rest) !== 'whole')
      return [];
    const lead = before !== undefined && !asks(before.kind) && asks(kind) ? before.rest : undefined;
    return kind === 'remark' ? [] : [{ text, lead, kind }];
  });
}

type Kind = Unit['kind'] | 'remark';
const asks = (kind: Kind): boolean => kind === 'sentence' || kind === 'clause';

/** "Any news?" beside a question presses for its answer; whatever an entry may say of news, it asks for no other. */
function kindOf({ text, ends, listed }: Clause, rest: string): Kind {
  if (chases(rest)) return 'remark';
  if (listed || asksQuestion(text) || asksAction(rest)) {
    const whole = (ends || listed) && isSubstantial(rest) && ellipsisOf(rest) === 'whole';
    return whole ? 'sentence' : 'clause';
  }
  return complains(rest) || statesProblem(rest) ? 'statement' : 'remark';
}

/** At least four Han characters or three words. */
function isSubstantial(text: string): boolean {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return han >= 4 || (text.match(/[A-Za-z0-9]+/g)?.length ?? 0) >= 3;
}

/** A clause that says little is read with the statement before it, else in the light of the question before it. */
function ask(knowledge: Knowledge | undefined, unit: Unit, before: Asked | undefined, language: Language): Asked {
  const { text, kind } = unit;
  const { query, classification } = classifyUnit(knowledge, unit, before, language);
  const { intent } = topIntents(mergeIntents(knowledge, classification.candidates));
  return { text, query, intent, kind, ...classification };
}

function classifyUnit(
  knowledge: Knowledge | undefined,
  { text, lead }: Unit,
  before: Asked | undefined,
  language: Language,
): { query: string; classification: Classification } {
  const classify = (line: string) => classifyLine(knowledge, line, language);
  const { rest } = peel(text);
  if (knowledge === undefined || ellipsisOf(rest) === 'whole') return { query: text, classification: classify(text) };
  if (lead !== undefined && ellipsisOf(rest) === 'push') return { query: lead, classification: classify(lead) };
  if (lead !== undefined) {
    const alone = classify(text);
    const query = `${lead} ${rest}`;
    const together = classify(query);
    const better = (together.candidates[0]?.confidence ?? 0) > (alone.candidates[0]?.confidence ?? 0);
    return better ? { query, classification: { ...together, exact: false } } : { query: text, classification: alone };
  }
  const asIs = (line: string) => classifyAsIs(knowledge, line, language);
  const history = before === undefined ? [] : [{ author: 'customer' as const, text: before.query }];
  const resolved = resolveMessage({ knowledge, language, history, sent: [], classify: asIs }, rest);
  return { query: resolved.text, classification: resolved.classification };
}
