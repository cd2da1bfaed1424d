/**
 * A text as a reader of numbers sees it: full-width, circled and styled digits plain, odd dashes and spaces ordinary,
 * invisible characters gone. `at` has the offset in the source of each of its units, and the source's length at its end.
 */
export type Legible = { text: string; at: Uint32Array; source: string };

const INVISIBLE = /\p{Default_Ignorable_Code_Point}|[\ufff9-\ufffb]|\u20e3/u;
/** Drawn upon the character before them: a digit that is struck through or ringed is the same digit. */
const UPON = /[\u0300-\u036f\u20d0-\u20f0\ufe00-\ufe0f]/;
const DASH = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/;
const SPACE = /[\t\u00a0\u2000-\u200a\u202f\u205f\u3000]/;
/** Full-width marks between clauses stay: they tell a sentence from the number or address that it ends. */
const CLAUSE_MARK = /[，；！？]/;
const DIGIT = /^\p{Nd}$/u;

/** One code point in plain form; '' for what is not seen. */
function plain(character: string): string {
  if (INVISIBLE.test(character)) return '';
  if (DASH.test(character)) return '-';
  if (SPACE.test(character)) return ' ';
  if (CLAUSE_MARK.test(character)) return character;
  const narrow = character.normalize('NFKC');
  return DIGIT.test(narrow) && narrow > '9' ? digitOf(narrow) : narrow;
}

/** A decimal digit of another script: each script's ten stand in a row that begins at a code point ending in 0 or 6. */
function digitOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && DIGIT.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}

const ORDINARY = (code: number) => (code < 0x80 && code !== 9) || (code >= 0x4e00 && code <= 0x9fff);

const besides = (before: string, character: string): string =>
  UPON.test(character) && /^\d$/.test(before) ? '' : plain(character);

/** Never throws; takes time and room in proportion to the text. */
export function legible(source: string): Legible {
  const at: number[] = [];
  let text = '';
  let last = '';
  let offset = 0;
  for (const character of source) {
    const shown = ORDINARY(character.codePointAt(0) ?? 0) ? character : besides(last, character);
    for (let unit = 0; unit < shown.length; unit += 1) at.push(offset);
    text += shown;
    if (shown !== '') last = shown;
    offset += character.length;
  }
  return { text, at: Uint32Array.from([...at, source.length]), source };
}

/** The span of the source that units `start` to `end` (exclusive) of the legible text come from; never splits a character. */
export function sourceSpan({ at, source }: Legible, start: number, end: number): { start: number; end: number } {
  const last = at[end - 1] ?? 0;
  const width = (source.codePointAt(last) ?? 0) > 0xffff ? 2 : 1;
  let after = Math.max(last + width, at[start] ?? 0);
  while (after < (at[end] ?? 0) && UPON.test(source.charAt(after))) after += 1;
  return { start: at[start] ?? 0, end: after };
}
