import { type Comparison, type Condition, parseCondition } from '../../domain/condition.ts';
import { type Fact, isOrdered, kindOf, sameWord } from '../../domain/condition-facts.ts';
import type { Answer } from '../../domain/entry.ts';
import type { Language } from '../../domain/language.ts';

/** A closed stretch of an ordered fact's values. */
type Span = { from: number; to: number };
const ALL: readonly Span[] = [{ from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }];

/** Times, weekdays and dates are whole numbers; numbers have at most six decimals. */
const step = (fact: Fact): number => (kindOf(fact) === 'number' ? 1e-7 : 1);

const common = (a: readonly Span[], b: readonly Span[]): Span[] =>
  a.flatMap((one) =>
    b
      .map((other) => ({ from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) }))
      .filter(({ from, to }) => from <= to),
  );

const outside = (spans: readonly Span[], by: number): readonly Span[] =>
  spans.reduce<readonly Span[]>(
    (left, { from, to }) =>
      common(left, [
        { from: Number.NEGATIVE_INFINITY, to: from - by },
        { from: to + by, to: Number.POSITIVE_INFINITY },
      ]),
    ALL,
  );

function ordered({ operator, value }: Extract<Comparison, { kind: 'order' }>, by: number): Span {
  if (operator === '<' || operator === '<=') {
    return { from: Number.NEGATIVE_INFINITY, to: operator === '<' ? value - by : value };
  }
  return { from: operator === '>' ? value + by : value, to: Number.POSITIVE_INFINITY };
}

/** As `condition-truth.ts` reads a range: a time's upper end is left out; times and weekdays may run over the end. */
function between({ fact, from, to }: Extract<Comparison, { kind: 'between' }>): Span[] {
  const isTime = kindOf(fact) === 'time';
  const last = isTime ? to - 1 : to;
  const wraps = isTime ? from >= to : kindOf(fact) === 'weekday' && from > to;
  if (!wraps) return [{ from, to: last }];
  return [
    { from, to: Number.POSITIVE_INFINITY },
    { from: Number.NEGATIVE_INFINITY, to: last },
  ];
}

/** The values of an ordered fact for which a comparison holds. */
function spansOf(comparison: Comparison): readonly Span[] {
  const by = step(comparison.fact);
  if (comparison.kind === 'order') return [ordered(comparison, by)];
  const spans =
    comparison.kind === 'between'
      ? between(comparison)
      : comparison.values.map((value) => ({ from: Number(value), to: Number(value) }));
  return comparison.negated ? outside(spans, by) : spans;
}

/** A customer may have several tags at once: two of them exclude nothing. */
const SEVERAL: ReadonlySet<Fact> = new Set(['customer.tag']);

type Words = Extract<Comparison, { kind: 'in' }>;
const implies = (fact: Fact, one: string | number, others: Words): boolean =>
  others.values.some((other) => sameWord(kindOf(fact), String(other), String(one)));

/** Whether no value, or no set of values, lets both comparisons of one worded fact hold. */
function wordsExclude(a: Words, b: Words): boolean {
  if (a.negated && b.negated) return false;
  if (a.negated) return wordsExclude(b, a);
  if (b.negated) return a.values.every((one) => implies(a.fact, one, b));
  if (SEVERAL.has(a.fact)) return false;
  return !a.values.some((one) => implies(a.fact, one, b)) && !b.values.some((one) => implies(a.fact, one, a));
}

function factExcludes(comparisons: readonly Comparison[]): boolean {
  const [first] = comparisons;
  if (first === undefined || comparisons.length < 2) return false;
  if (isOrdered(kindOf(first.fact))) return comparisons.map(spansOf).reduce(common, ALL).length === 0;
  const words = comparisons.filter((comparison) => comparison.kind === 'in');
  return words.some((one, at) => words.slice(at + 1).some((other) => wordsExclude(one, other)));
}

/**
 * Whether two conditions can hold of the same customer at the same moment. `false` only where they cannot: what a fact's
 * values are is not known here, so a doubt is a yes.
 */
export function mayHoldTogether(a: Condition, b: Condition): boolean {
  const byFact = Map.groupBy([...a.comparisons, ...b.comparisons], (comparison) => comparison.fact);
  return ![...byFact.values()].some(factExcludes);
}

/** When an answer is used, ready to compare with another. */
export type Circumstances = {
  language: Language | undefined;
  condition: Condition;
  from: number;
  until: number;
  channels: readonly string[];
};

const fold = (name: string): string => name.trim().toLowerCase();

/** A shop of its own is a condition like any other. One that cannot be read is checked elsewhere, and taken for none. */
export function circumstancesOf(answer: Answer, language: Language | undefined): Circumstances {
  const parsed = parseCondition(answer.when ?? '');
  const written = answer.when !== undefined && parsed.ok ? parsed.condition.comparisons : [];
  const shop: Comparison[] =
    answer.shop === undefined ? [] : [{ fact: 'shop', kind: 'in', values: [fold(answer.shop)], negated: false }];
  return {
    language,
    condition: { comparisons: [...written, ...shop] },
    from: answer.validFrom === undefined ? Number.NEGATIVE_INFINITY : Date.parse(answer.validFrom),
    until: answer.validUntil === undefined ? Number.POSITIVE_INFINITY : Date.parse(answer.validUntil),
    channels: (answer.channels ?? []).map(fold),
  };
}

const channelsMeet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === 0 || b.length === 0 || a.some((channel) => b.includes(channel));

/** Whether a customer could be given either answer: nothing of when, where and to whom they are meant tells them apart. */
export function overlap(a: Circumstances, b: Circumstances): boolean {
  const languages = a.language === undefined || b.language === undefined || a.language === b.language;
  const times = a.from < b.until && b.from < a.until;
  return languages && times && channelsMeet(a.channels, b.channels) && mayHoldTogether(a.condition, b.condition);
}
