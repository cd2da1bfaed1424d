import type { Comparison, Condition } from './condition.ts';
import { type Fact, kindOf, sameWord } from './condition-facts.ts';

/**
 * What is known of a fact. Text facts may have several values (a customer's tags), any of which may match. `null` is
 * known to be nothing (the delivery day of an order that is not delivered): no comparison holds of it. A fact that is
 * left out is not known. Ordered facts are numbers (see `condition-facts.ts`).
 */
export type FactValue = string | number | boolean | readonly string[] | null;
export type Facts = Readonly<Partial<Record<Fact, FactValue>>>;

/** Three-valued, after Kleene: a condition is unknown only if the facts that are missing decide it. */
export type Truth = { value: 'true' | 'false' | 'unknown'; unknown: readonly Fact[] };

const HOLDS: Truth = { value: 'true', unknown: [] };
const FAILS: Truth = { value: 'false', unknown: [] };

/** Whether the condition holds of these facts, and, where it cannot be told, which facts are missing. */
export function evaluate(condition: Condition, facts: Facts): Truth {
  const missing = new Set<Fact>();
  for (const comparison of condition.comparisons) {
    const value = facts[comparison.fact];
    if (value === undefined) missing.add(comparison.fact);
    else if (!holds(comparison, value)) return FAILS;
  }
  return missing.size === 0 ? HOLDS : { value: 'unknown', unknown: [...missing] };
}

/**
 * Whether the condition holds where one of several sets of facts is the true one and it is not known which (a customer
 * with two orders who named neither): only what all of them agree on is known.
 */
export function evaluateAll(condition: Condition, alternatives: readonly Facts[]): Truth {
  const truths = alternatives.map((facts) => evaluate(condition, facts));
  const [first, ...others] = truths;
  if (first === undefined) return evaluate(condition, {});
  if (others.every((truth) => truth.value === first.value && truth.value !== 'unknown')) return first;
  const missing = truths.flatMap((truth) => truth.unknown);
  return { value: 'unknown', unknown: [...new Set(missing.length > 0 ? missing : differing(condition, alternatives))] };
}

/** The facts that the alternatives do not agree on. */
function differing(condition: Condition, alternatives: readonly Facts[]): Fact[] {
  const facts = condition.comparisons.map((comparison) => comparison.fact);
  return facts.filter((fact) => new Set(alternatives.map((known) => JSON.stringify(known[fact]))).size > 1);
}

/** A comparison counts more than how narrow it is; a value is narrower than a list, a list than a range or a `not`. */
const COMPARISON_WEIGHT = 10;
const NARROWNESS = { one: 4, list: 3, range: 2, negated: 1 } as const;

/** How narrow a condition is: of two that hold, the answer with the more specific one is meant. Higher is narrower. */
export function specificity(condition: Condition): number {
  return condition.comparisons.reduce((sum, comparison) => sum + COMPARISON_WEIGHT + narrowness(comparison), 0);
}

function narrowness(comparison: Comparison): number {
  if (comparison.kind === 'order') return NARROWNESS.range;
  if (comparison.negated) return NARROWNESS.negated;
  if (comparison.kind === 'between') return NARROWNESS.range;
  return comparison.values.length === 1 && comparison.listed !== true ? NARROWNESS.one : NARROWNESS.list;
}

function holds(comparison: Comparison, value: FactValue): boolean {
  if (comparison.kind === 'order') return typeof value === 'number' && compare(value, comparison);
  if (comparison.kind === 'between') return isBetween(comparison, value) !== comparison.negated;
  return comparison.values.some((literal) => equals(comparison.fact, literal, value)) !== comparison.negated;
}

function compare(value: number, comparison: Extract<Comparison, { kind: 'order' }>): boolean {
  if (comparison.operator === '<') return value < comparison.value;
  if (comparison.operator === '<=') return value <= comparison.value;
  return comparison.operator === '>' ? value > comparison.value : value >= comparison.value;
}

/**
 * Ends included, except a time's upper end: 09:00-18:00 and 18:00-09:00 share no minute. A range of times or weekdays
 * whose end comes before its start runs over midnight or over the weekend.
 */
function isBetween(comparison: Extract<Comparison, { kind: 'between' }>, value: FactValue): boolean {
  if (typeof value !== 'number') return false;
  const { from, to } = comparison;
  const kind = kindOf(comparison.fact);
  const beforeEnd = kind === 'time' ? value < to : value <= to;
  const wraps = kind === 'time' ? from >= to : kind === 'weekday' && from > to;
  return wraps ? value >= from || beforeEnd : value >= from && beforeEnd;
}

function equals(fact: Fact, literal: string | number, value: FactValue): boolean {
  if (value === null) return false;
  if (typeof literal === 'number') return literal === value;
  const values = Array.isArray(value) ? value : [String(value)];
  return values.some((known) => sameWord(kindOf(fact), literal, known));
}
