import { ACCOUNT_RULES, CARD_RULES } from './cards.ts';
import type { Rule, Written } from './number-rules.ts';
import { PHONE_RULES } from './phones.ts';
import type { PersonalDataType, Span } from './types.ts';

/** Of overlapping spans the earlier rule's is kept. */
const RULES: readonly Rule[] = [...CARD_RULES, ...PHONE_RULES, ...ACCOUNT_RULES];

/** How far before a number its marker is looked for, and how far behind it a unit. */
const BEFORE = 28;
const AFTER = 8;

/** A refused match may hide a right one that begins at its second group of digits: it is gone on from there. */
function* spansOf(text: string, { type, pattern, accepts }: Rule): Iterable<Span> {
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [start, end] = match.indices?.groups?.['value'] ?? [match.index, match.index + match[0].length];
    const raw = text.slice(start, end);
    const compact = raw.replaceAll(/<[^>]*>|[^\dA-Za-z@]/g, '');
    if (accepts?.(written(text, start, end, { raw, compact })) === false) pattern.lastIndex = start + refused(raw);
    else yield { type, start, end, value: normalised(type, raw, compact) };
  }
}

/** What stands around it is cut out only where it is asked for: most candidates are refused by their digits. */
const written = (text: string, start: number, end: number, number: Pick<Written, 'raw' | 'compact'>): Written => ({
  ...number,
  get before() {
    return text.slice(Math.max(0, start - BEFORE), start);
  },
  get after() {
    return text.slice(end, end + AFTER);
  },
});

/** Units up to the end of its first digits; all of it where every digit stands alone, and a list is likelier. */
const refused = (raw: string): number => (/\d\d/.test(raw) ? /^\D*\d+/.exec(raw)?.[0].length : undefined) ?? raw.length;

function normalised(type: PersonalDataType, raw: string, compact: string): string {
  if (type === 'phone') return raw.trimStart().startsWith('+') ? `+${compact}` : compact;
  return type === 'account' ? raw : compact.toUpperCase();
}

/** Numbers of people: identity cards, bank cards, phones, accounts. Of a legible text with spoken digits in digits. */
export function numberSpans(text: string): Span[] {
  return RULES.flatMap((rule) => [...spansOf(text, rule)]);
}
