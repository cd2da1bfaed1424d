import { createHash } from 'node:crypto';
import type { Answer, Entry, Policy } from '../domain/entry.ts';
import type { Language } from '../domain/language.ts';
import { findPersonalData } from '../domain/personal-data/find.ts';
import type { PersonalData } from '../domain/personal-data/types.ts';
import { exactKey, normalize } from '../engine/normalize.ts';
import { languageOf, policyOf, splitLines, splitNames, truthOf } from './cells.ts';
import { cellProblem } from './checks/cell-checks.ts';
import type { Finding, Place } from './checks/finding.ts';
import { type KnownShop, reviewAnswer, reviewQuestion, secretIn } from './checks/review.ts';
import type { EntryColumn } from './columns.ts';
import { parseValidity } from './validity.ts';

/** What belongs to the whole entry, not to one answer; the first row that has it says it. */
export type Shared = Partial<{
  question: string;
  intent: string;
  language: Language;
  category: string;
  policy: Policy;
  ask: string;
  shortcut: string;
  note: string;
  off: boolean;
  passage: NonNullable<Entry['passage']>;
  pack: string;
}>;

/** One good row: an answer, and what the row says of its entry. */
export type EntryRow = {
  place: Place;
  id: string;
  /** The id was made from the question: then the question alone tells two entries apart. */
  derived: boolean;
  shared: Shared;
  similarQuestions: string[];
  answer: Answer;
  /** What should be looked at although the row is taken in. */
  warnings: Finding[];
};

/** A row of a table by its columns; empty cells are left out. */
export type Cells = ReadonlyMap<EntryColumn, string>;

/** `language` and `policy` of rows that name none. */
export type RowContext = { timeZone: string; language?: Language; policy?: Policy; known: KnownShop };

export const questionKey = (question: string): string => exactKey(normalize(question));

/** The same question always gets the same id, so that a file without ids can be imported again. */
export function derivedId(question: string, language: Language | undefined): string {
  const hash = createHash('sha256').update(`${language ?? ''}\n${questionKey(question)}`);
  return `q_${hash.digest('hex').slice(0, 12)}`;
}

function period(cells: Cells, timeZone: string): Pick<Answer, 'validFrom' | 'validUntil'> {
  const from = parseValidity(cells.get('valid_from') ?? '', timeZone, 'start');
  const until = parseValidity(cells.get('valid_until') ?? '', timeZone, 'end');
  return {
    ...(from === undefined ? {} : { validFrom: from }),
    ...(until === undefined ? {} : { validUntil: until }),
  };
}

const MISSING = {
  answer: { column: 'answer', value: '', reason: 'the answer is missing', fix: 'write what the customer is told' },
  question: { column: 'question', value: '', reason: 'the question is missing', fix: 'write what customers ask' },
} as const satisfies Record<string, Finding>;

/** Everything for which a row cannot be used. */
function problemsOf(cells: Cells, context: RowContext): Finding[] {
  const problems: Finding[] = [...cells].flatMap(([column, value]) => {
    const problem = cellProblem(column, value, context);
    return problem === undefined ? [] : [{ column, value, ...problem }];
  });
  if (!cells.has('answer')) problems.push(MISSING.answer);
  if (!cells.has('question') && !cells.has('id')) problems.push(MISSING.question);
  const { validFrom, validUntil } = period(cells, context.timeZone);
  if (validFrom !== undefined && validUntil !== undefined && Date.parse(validFrom) >= Date.parse(validUntil)) {
    const value = cells.get('valid_until') ?? '';
    problems.push({ column: 'valid_until', value, reason: 'it ends before it begins', fix: 'exchange the two dates' });
  }
  return problems;
}

const named = <Name extends string, Value>(name: Name, value: Value | undefined): { [K in Name]?: Value } =>
  (value === undefined ? {} : { [name]: value }) as { [K in Name]?: Value };

function answerOf(cells: Cells, timeZone: string): Answer {
  const list = (column: EntryColumn, split: (cell: string) => string[]): string[] | undefined => {
    const cell = cells.get(column);
    return cell === undefined ? undefined : split(cell);
  };
  return {
    text: cells.get('answer') ?? '',
    ...named('when', cells.get('when')),
    ...period(cells, timeZone),
    ...named('channels', list('channels', splitNames)),
    ...named('shop', cells.get('shop')),
    ...named('attachments', list('attachments', splitLines)),
    ...named('cards', list('products', splitNames)),
  };
}

/** Of a row of an article: which piece of it this is. */
function passageOf(cells: Cells): Shared['passage'] {
  const article = cells.get('article');
  if (article === undefined) return undefined;
  return {
    article,
    path: (cells.get('path') ?? '').split('\n').filter(Boolean),
    ...named('url', cells.get('article_url')),
  };
}

function sharedOf(cells: Cells, { language }: RowContext): Shared {
  return {
    ...named('question', cells.get('question')),
    ...named('intent', cells.get('intent')),
    ...named('language', languageOf(cells.get('language') ?? '') ?? language),
    ...named('category', cells.get('category')),
    ...named('policy', policyOf(cells.get('policy') ?? '')),
    ...named('ask', cells.get('ask')),
    ...named('shortcut', cells.get('shortcut')),
    ...named('note', cells.get('note')),
    ...(truthOf(cells.get('off') ?? '') === true ? { off: true } : {}),
    ...named('passage', passageOf(cells)),
    ...named('pack', cells.get('pack')),
  };
}

/** Words that find an entry are no questions: together they are one, so that two entries may share some of them. */
function similarOf(cells: Cells): string[] {
  const keywords = splitNames(cells.get('keywords') ?? '')
    .join(' ')
    .slice(0, 1_000);
  return [...splitLines(cells.get('similar_questions') ?? ''), ...(keywords === '' ? [] : [keywords])];
}

/** A row as an answer of its entry, or everything that is wrong with it. */
export function readEntryRow(place: Place, cells: Cells, context: RowContext): EntryRow | Finding[] {
  const problems = problemsOf(cells, context);
  const answer = answerOf(cells, context.timeZone);
  const found = findPersonalData(answer.text);
  const secret = secretIn(found);
  if (secret !== undefined) problems.push(secret);
  if (problems.length > 0) return problems;
  const shared = sharedOf(cells, context);
  const id = cells.get('id');
  return {
    place,
    id: id ?? derivedId(shared.question ?? '', shared.language),
    derived: id === undefined,
    shared,
    similarQuestions: similarOf(cells),
    answer,
    warnings: shared.passage === undefined ? warningsOf(shared, answer, found, context) : [],
  };
}

/** `found` is the personal data of the answer's text. */
export const warningsOf = (
  { question }: Shared,
  answer: Answer,
  found: readonly PersonalData[],
  { known }: RowContext,
): Finding[] => [...(question === undefined ? [] : reviewQuestion(question)), ...reviewAnswer(answer, found, known)];

/** What decides when an answer is used: two answers that agree in it compete. */
export const circumstances = (answer: Answer): string =>
  JSON.stringify([
    answer.when?.replace(/\s+/g, ' ') ?? '',
    answer.validFrom ?? '',
    answer.validUntil ?? '',
    [...(answer.channels ?? [])].sort(),
    answer.shop ?? '',
  ]);

/** The entry that good rows of one id make; the first row holds the question. */
export function entryOf(id: string, shared: Shared, rows: readonly EntryRow[], policy: Policy = 'auto'): Entry {
  const question = shared.question ?? '';
  const own = questionKey(question);
  const similar = new Map<string, string>();
  for (const text of rows.flatMap((row) => row.similarQuestions)) {
    const key = questionKey(text);
    if (key !== own && !similar.has(key)) similar.set(key, text);
  }
  return {
    id: id as Entry['id'],
    intent: shared.intent ?? id,
    ...named('language', shared.language),
    ...named('category', shared.category),
    question,
    similarQuestions: [...similar.values()],
    answers: rows.map((row) => row.answer),
    ...named('ask', shared.ask),
    policy: shared.policy ?? (shared.passage === undefined ? policy : 'assist'),
    ...named('shortcut', shared.shortcut),
    ...named('note', shared.note),
    ...named('pack', shared.pack),
    ...named('off', shared.off),
    ...named('passage', shared.passage),
  };
}
