import type { Language } from '../../../lib/domain/language.ts';
import type { Localized } from '../../../lib/domain/tenant.ts';

/** A fact as `GET /v1/knowledge/facts` gives it. One that no pack asks for has no question. */
export type Fact = {
  name: string;
  category?: string;
  question?: Partial<Record<Language, string>>;
  example?: Partial<Record<Language, string>>;
  value?: Localized;
  entries: number;
  unlocks: number;
  waiting: { entryId: string; question: string }[];
};

export type Typed = Record<Language, string>;
/** What is typed into the page, by the fact's name; absent: as it is kept. */
export type Edits = Readonly<Record<string, Typed>>;

/** One text for both languages stands in both fields. */
export function typedOf(value: Localized | undefined): Typed {
  if (value === undefined) return { zh: '', en: '' };
  return typeof value === 'string' ? { zh: value, en: value } : { zh: value.zh ?? '', en: value.en ?? '' };
}

/** What the fields say, as it is kept: one text where both say the same, `null` where both are empty. */
export function keptValue({ zh, en }: Typed): Localized | null {
  const [chinese, english] = [zh.trim(), en.trim()];
  if (chinese === '' && english === '') return null;
  if (chinese === english) return chinese;
  return { ...(chinese === '' ? {} : { zh: chinese }), ...(english === '' ? {} : { en: english }) };
}

export const isFilled = ({ value }: Fact): boolean => keptValue(typedOf(value)) !== null;

/** What is different from what is kept. */
export function changesOf(facts: readonly Fact[], edits: Edits): Record<string, Localized | null> {
  const changed = facts.flatMap(({ name, value }): [string, Localized | null][] => {
    const typed = edits[name];
    if (typed === undefined) return [];
    const [now, before] = [keptValue(typed), keptValue(typedOf(value))];
    return JSON.stringify(now) === JSON.stringify(before) ? [] : [[name, now]];
  });
  return Object.fromEntries(changed);
}

/** By category, in the order in which the pack asks; those that no pack asks for come last, without one. */
export function byCategory(facts: readonly Fact[]): [string | undefined, Fact[]][] {
  const groups = Map.groupBy(facts, ({ category }) => category);
  return [...groups].sort(([a], [b]) => Number(a === undefined) - Number(b === undefined));
}
