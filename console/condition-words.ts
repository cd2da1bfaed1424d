import type { Comparison } from '../lib/domain/condition.ts';
import { parseCondition } from '../lib/domain/condition.ts';
import { kindOf } from '../lib/domain/condition-facts.ts';
import { orderState, payment } from './format.ts';
import { fill, words } from './words/words.ts';

/** A condition as an agent reads it ("order is shipped"); one that cannot be read stays as it was written. */
export function conditionWords(text: string): string {
  const parsed = parseCondition(text);
  if (!parsed.ok) return text;
  return parsed.condition.comparisons.map(comparisonWords).join(words.value.ui.and);
}

function comparisonWords(comparison: Comparison): string {
  const { fact, compare } = words.value;
  return `${fact[comparison.fact] ?? comparison.fact}${compared(comparison, compare)}`;
}

function compared(comparison: Comparison, compare: Record<'is' | 'isNot' | 'between' | 'notBetween', string>): string {
  const value = (one: string | number) => valueWords(comparison, one);
  if (comparison.kind === 'order') return ` ${comparison.operator} ${value(comparison.value)}`;
  if (comparison.kind === 'in') {
    const values = comparison.values.map(value).join(words.value.ui.or);
    return fill(comparison.negated ? compare.isNot : compare.is, { values });
  }
  const range = { from: value(comparison.from), to: value(comparison.to) };
  return fill(comparison.negated ? compare.notBetween : compare.between, range);
}

/** Times are minutes since midnight and dates `yyyymmdd` once a condition is read. */
function valueWords({ fact }: Comparison, value: string | number): string {
  const kind = kindOf(fact);
  const { weekday, truth } = words.value;
  const number = Number(value);
  if (kind === 'status') return orderState(String(value));
  if (kind === 'payment') return payment(String(value));
  if (kind === 'time') return `${Math.floor(number / 60)}:${String(number % 60).padStart(2, '0')}`;
  if (kind === 'date') return String(value).replace(/(\d{4})(\d{2})(\d{2})/, '$1-$2-$3');
  if (kind === 'weekday') return weekday[number - 1] ?? String(value);
  return kind === 'truth' ? (truth[String(value)] ?? String(value)) : String(value);
}
