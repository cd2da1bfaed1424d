import {
  EXPECTED,
  FACTS,
  type Fact,
  type FactKind,
  factNamed,
  isOrdered,
  kindOf,
  readLiteral,
} from './condition-facts.ts';
import { type LexFailure, type Token, type TokenKind, tokens } from './condition-lexer.ts';

/**
 * One comparison. Values of ordered facts are numbers (see `condition-facts.ts`), of the others words. `listed`: a
 * single value was written as a list, `in (shipped)`.
 */
export type Comparison = { fact: Fact } & (
  | { kind: 'in'; values: readonly (string | number)[]; negated: boolean; listed?: true }
  | { kind: 'between'; from: number; to: number; negated: boolean }
  | { kind: 'order'; operator: '<' | '<=' | '>' | '>='; value: number }
);

/** All of its comparisons must hold. */
export type Condition = { comparisons: readonly Comparison[] };

export type ParsedCondition = { ok: true; condition: Condition } | { ok: false; message: string; column: number };

/** Longer than any entry's `when` may be; keeps the cost of a hostile one small. */
const MAX_LENGTH = 2_000;

/** Where the parser stands. The first failure is kept and ends the parse. */
type Cursor = { tokens: readonly Token[]; at: number; end: number; failure: LexFailure | undefined };

const peek = (cursor: Cursor): Token | undefined => cursor.tokens[cursor.at];

function fail(cursor: Cursor, message: string, token: Token | undefined = peek(cursor)): undefined {
  cursor.failure ??= { message, column: token?.column ?? cursor.end };
  return undefined;
}

function take(cursor: Cursor, kind: TokenKind, text?: string): Token | undefined {
  const token = peek(cursor);
  if (token?.kind !== kind || (text !== undefined && token.text.toLowerCase() !== text)) return undefined;
  cursor.at += 1;
  return token;
}

/**
 * Reads the `when` of an answer: comparisons joined by `and` (also `&&`, `,`, `且`) over the closed list of facts.
 * `column` is 1-based. Never throws, whatever the text.
 */
export function parseCondition(text: string): ParsedCondition {
  if (text.length > MAX_LENGTH)
    return { ok: false, message: `longer than ${MAX_LENGTH} characters`, column: MAX_LENGTH };
  const lexed = tokens(text);
  if (!Array.isArray(lexed)) return { ok: false, ...lexed };
  const cursor: Cursor = { tokens: lexed, at: 0, end: text.length + 1, failure: undefined };
  const comparisons = conjunction(cursor);
  return cursor.failure === undefined ? { ok: true, condition: { comparisons } } : { ok: false, ...cursor.failure };
}

function conjunction(cursor: Cursor): Comparison[] {
  const comparisons: Comparison[] = [];
  do {
    const next = comparison(cursor);
    if (next === undefined) return comparisons;
    comparisons.push(next);
  } while (take(cursor, 'and') ?? take(cursor, 'comma'));
  const rest = peek(cursor);
  if (rest?.text.toLowerCase() === 'or')
    fail(cursor, '"or" is not part of a condition: use in (a, b), or another answer');
  else if (rest !== undefined) fail(cursor, `expected "and" before "${rest.text}"; quote a value that has spaces`);
  return comparisons;
}

function comparison(cursor: Cursor): Comparison | undefined {
  const name = take(cursor, 'word');
  if (name === undefined) return fail(cursor, 'expected a fact, such as order.status');
  const fact = factNamed(name.text);
  if (fact === undefined) return fail(cursor, `unknown fact "${name.text}"; known are ${FACTS.join(', ')}`, name);
  const negated = take(cursor, 'word', 'not') !== undefined;
  const word = take(cursor, 'word', 'in') ?? take(cursor, 'word', 'between');
  if (word !== undefined) return membership(cursor, fact, negated, word.text.toLowerCase() === 'between');
  if (negated) return fail(cursor, 'expected "in" after "not"');
  const operator = take(cursor, 'operator');
  if (operator !== undefined) return operation(cursor, fact, operator);
  return bare(cursor, fact);
}

/** A fact without an operator: `first_contact`, or `time 09:00-18:00`. */
function bare(cursor: Cursor, fact: Fact): Comparison | undefined {
  if (kindOf(fact) === 'truth') return { fact, kind: 'in', values: ['true'], negated: false };
  if (isOrdered(kindOf(fact)) && peek(cursor)?.kind === 'word') return membership(cursor, fact, false, false);
  return fail(cursor, `expected an operator after ${fact}, such as =`);
}

function operation(cursor: Cursor, fact: Fact, operator: Token): Comparison | undefined {
  const symbol = operator.text;
  if (symbol === '=' || symbol === '==' || symbol === ':') return membership(cursor, fact, false, false);
  if (symbol === '!=' || symbol === '<>' || symbol === '≠') return membership(cursor, fact, true, false);
  if (!isOrdered(kindOf(fact))) return fail(cursor, `${fact} cannot be compared with ${symbol}`, operator);
  const value = ordered(cursor, kindOf(fact));
  return value === undefined ? undefined : { fact, kind: 'order', operator: asOperator(symbol), value };
}

function asOperator(symbol: string): '<' | '<=' | '>' | '>=' {
  if (symbol === '<' || symbol === '>') return symbol;
  return symbol === '<=' || symbol === '≤' ? '<=' : '>=';
}

function membership(cursor: Cursor, fact: Fact, negated: boolean, between: boolean): Comparison | undefined {
  const kind = kindOf(fact);
  if (between && !isOrdered(kind)) return fail(cursor, `${fact} has no order: use in (a, b)`);
  const range = isOrdered(kind) ? rangeAt(cursor, kind, between) : undefined;
  if (range !== undefined) return { fact, kind: 'between', ...range, negated };
  if (between) return fail(cursor, `expected two values joined by "and", each ${EXPECTED[kind]}`);
  const isList = peek(cursor)?.kind === 'open';
  const values = list(cursor, kind);
  if (values === undefined) return undefined;
  return { fact, kind: 'in', values, negated, ...(isList && values.length === 1 ? { listed: true } : {}) };
}

/** A dash separates the ends of a range except in dates, which contain it. */
const DASHES = /^(?:-|–|—|~|〜|至|到|to)$/i;
const split = (kind: FactKind, text: string): string[] => text.split(kind === 'date' ? /[~〜至到]/ : /[-–—~〜至到]/);

function rangeAt(cursor: Cursor, kind: FactKind, between: boolean): { from: number; to: number } | undefined {
  const [first, joint, last] = cursor.tokens.slice(cursor.at, cursor.at + 3);
  if (first === undefined || first.kind === 'open') return undefined;
  const joined = (between && joint?.kind === 'and') || (joint !== undefined && DASHES.test(joint.text));
  const written = joined && last !== undefined ? [first.text, last.text] : split(kind, first.text);
  const [from, to, ...more] = written.map((word) => readLiteral(kind, word));
  if (typeof from !== 'number' || typeof to !== 'number' || more.length > 0) return undefined;
  cursor.at += joined ? 3 : 1;
  return { from, to };
}

/** One value, `a|b`, `(a, b)` or `[a, b]`. */
function list(cursor: Cursor, kind: FactKind): (string | number)[] | undefined {
  const open = take(cursor, 'open');
  const values: (string | number)[] = [];
  do {
    const next = literal(cursor, kind);
    if (next === undefined) return undefined;
    values.push(next);
  } while (take(cursor, 'pipe') ?? (open === undefined ? undefined : take(cursor, 'comma')));
  if (open !== undefined && take(cursor, 'close') === undefined) return fail(cursor, 'the list is not closed');
  return values;
}

function literal(cursor: Cursor, kind: FactKind): string | number | undefined {
  const token = take(cursor, 'word') ?? take(cursor, 'quoted');
  if (token === undefined) return fail(cursor, `expected ${EXPECTED[kind]}`);
  return readLiteral(kind, token.text) ?? fail(cursor, `"${token.text}" is not ${EXPECTED[kind]}`, token);
}

function ordered(cursor: Cursor, kind: FactKind): number | undefined {
  const value = literal(cursor, kind);
  return typeof value === 'number' ? value : undefined;
}
