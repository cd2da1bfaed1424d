import { type Comparison, parseCondition } from '../../../lib/domain/condition.ts';
import { type Fact, type FactKind, isOrdered, kindOf } from '../../../lib/domain/condition-facts.ts';

export type Operator = 'is' | 'isNot' | 'between' | 'notBetween' | '<' | '<=' | '>' | '>=';
/** A comparison as somebody fills it in: `to` only of a range. */
export type ConditionRow = { fact: Fact; operator: Operator; value: string; to: string };

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const two = (n: number): string => String(n).padStart(2, '0');

/** Times are minutes since midnight and dates `yyyymmdd` once a condition is read; people write neither. */
const WRITE: Partial<Record<FactKind, (n: number) => string>> = {
  time: (n) => `${two(Math.floor(n / 60))}:${two(n % 60)}`,
  date: (n) => String(n).replace(/(\d{4})(\d{2})(\d{2})/, '$1-$2-$3'),
  weekday: (n) => WEEKDAYS[n - 1] ?? String(n),
};

function written(fact: Fact, value: string | number): string {
  return typeof value === 'number' ? (WRITE[kindOf(fact)]?.(value) ?? String(value)) : value;
}

function rowOf(comparison: Comparison): ConditionRow {
  const { fact } = comparison;
  if (comparison.kind === 'order') {
    return { fact, operator: comparison.operator, value: written(fact, comparison.value), to: '' };
  }
  if (comparison.kind === 'in') {
    const value = comparison.values.map((one) => written(fact, one)).join(', ');
    return { fact, operator: comparison.negated ? 'isNot' : 'is', value, to: '' };
  }
  const operator = comparison.negated ? 'notBetween' : 'between';
  return { fact, operator, value: written(fact, comparison.from), to: written(fact, comparison.to) };
}

/** The rows of a written condition; undefined when it cannot be read. */
export function rowsOf(when: string): ConditionRow[] | undefined {
  if (when.trim() === '') return [];
  const parsed = parseCondition(when);
  return parsed.ok ? parsed.condition.comparisons.map(rowOf) : undefined;
}

export function operatorsFor(fact: Fact): readonly Operator[] {
  const kind = kindOf(fact);
  if (kind === 'truth') return ['is'];
  return isOrdered(kind) ? ['is', 'isNot', 'between', 'notBetween', '<', '<=', '>', '>='] : ['is', 'isNot'];
}

const ONE_WORD = /^[\p{L}\p{N}_.:/-]+$/u;
/** Words that join or compare, and so are quoted where they are meant as values. */
const KEYWORD = /且|^(?:and|or|not|in|between)$/iu;

/** A value that is more than one plain word is quoted. */
function quoted(value: string): string {
  return ONE_WORD.test(value) && !KEYWORD.test(value) ? value : `"${value.replaceAll('"', '')}"`;
}

const listOf = (value: string): string[] =>
  value
    .split(/[,，、]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');

const SIGNS = { is: '=', isNot: '!=' } as const;

function clause(row: ConditionRow): string | undefined {
  const { fact, operator } = row;
  const values = listOf(row.value).map(quoted);
  const [first] = values;
  if (first === undefined) return undefined;
  if (operator === 'between' || operator === 'notBetween') return range(row, first);
  if (operator !== 'is' && operator !== 'isNot') return `${fact} ${operator} ${first}`;
  if (values.length > 1) return `${fact} ${operator === 'is' ? '' : 'not '}in (${values.join(', ')})`;
  return `${fact} ${SIGNS[operator]} ${first}`;
}

function range({ fact, operator, to }: ConditionRow, from: string): string | undefined {
  if (to.trim() === '') return undefined;
  return `${fact} ${operator === 'between' ? '' : 'not '}between ${from} and ${quoted(to.trim())}`;
}

/** Rows that are not filled in yet say nothing. */
export function conditionOf(rows: readonly ConditionRow[]): string {
  return rows.flatMap((row) => clause(row) ?? []).join(' and ');
}
