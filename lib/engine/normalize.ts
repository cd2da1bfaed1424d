import { simplify } from './traditional.ts';

/** Longer messages are read up to here: what comes after it is pasted text, not a question. UTF-16 units. */
export const MAX_LENGTH = 4_000;

const CURLY_SINGLE = /[\u2018\u2019\u201b\u02bc\u2032]/g;
const CURLY_DOUBLE = /[\u201c\u201d\u2033]/g;
/** Variation selectors and joiners change how an emoji is drawn, not what it says. */
const INVISIBLE = /[\u200b-\u200f\u2060\ufeff]|[\ufe00-\ufe0f]/g;
const NOT_A_LETTER_OR_DIGIT = /[^\p{L}\p{M}\p{N}]+/gu;

/** One form for what customers type in many: full width, capitals, curly quotes, traditional characters. Never throws. */
export function normalize(text: string): string {
  const plain = text.slice(0, MAX_LENGTH).toWellFormed().normalize('NFKC').toLowerCase();
  return simplify(plain)
    .replace(CURLY_SINGLE, "'")
    .replace(CURLY_DOUBLE, '"')
    .replace(INVISIBLE, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** What two questions share when only spaces and punctuation tell them apart; of a text without letters, its symbols. */
export function exactKey(normalized: string): string {
  const letters = normalized.replace(NOT_A_LETTER_OR_DIGIT, '');
  return letters === '' ? normalized.replaceAll(' ', '') : letters;
}
