import { FACT_NAMES } from './condition-facts.ts';

export type TokenKind = 'word' | 'quoted' | 'operator' | 'and' | 'comma' | 'pipe' | 'open' | 'close';
/** `column` is 1-based, in UTF-16 units. */
export type Token = { kind: TokenKind; text: string; column: number };
export type LexFailure = { message: string; column: number };

const escaped = FACT_NAMES.map((name) => name.replaceAll('.', '\\.')).join('|');
/** `且` joins comparisons written without spaces, but is an ordinary character inside a value. */
const AND_ZH = new RegExp(`(?:并且|且)(?=\\s|$|${escaped})`, 'u');

const QUOTES: readonly RegExp[] = [/"([^"]*)"/y, /'([^']*)'/y, /“([^”]*)”/y, /‘([^’]*)’/y, /「([^」]*)」/y];
const SYMBOLS: readonly { kind: TokenKind; pattern: RegExp }[] = [
  { kind: 'and', pattern: /&&/y },
  { kind: 'operator', pattern: /==|!=|<>|<=|>=|[=<>≤≥≠:]/y },
  { kind: 'comma', pattern: /,/y },
  { kind: 'pipe', pattern: /\|/y },
  { kind: 'open', pattern: /[([]/y },
  { kind: 'close', pattern: /[)\]]/y },
];
/** A bare word; a colon belongs to it only between digits, as in 09:00. */
const WORD = /(?:(?<=\d):(?=\d)|[^\s()[\],|=!<>≤≥≠:&])+/y;
const OPENING_QUOTE = /^["'“‘「]/;

/** Full-width punctuation as its ASCII form, unit by unit so that columns stay true. */
function fold(text: string): string {
  return text
    .replace(/[！-～]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replaceAll('、', ',')
    .replace(/\p{Zs}/gu, ' ');
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

function quotedAt(text: string, at: number): { token: Token; length: number } | undefined {
  for (const pattern of QUOTES) {
    const found = match(pattern, text, at);
    if (found !== undefined) {
      return { token: { kind: 'quoted', text: found[1] ?? '', column: at + 1 }, length: found[0].length };
    }
  }
  return undefined;
}

function symbolAt(text: string, at: number): { token: Token; length: number } | undefined {
  for (const { kind, pattern } of SYMBOLS) {
    const found = match(pattern, text, at);
    if (found !== undefined) return { token: { kind, text: found[0], column: at + 1 }, length: found[0].length };
  }
  return undefined;
}

function wordAt(text: string, at: number): { token: Token; length: number } | undefined {
  const whole = match(WORD, text, at)?.[0];
  if (whole === undefined || OPENING_QUOTE.test(whole)) return undefined;
  const conjunction = AND_ZH.exec(text.slice(at));
  const column = at + 1;
  if (conjunction?.index === 0) {
    return { token: { kind: 'and', text: conjunction[0], column }, length: conjunction[0].length };
  }
  const word = whole.slice(0, conjunction?.index);
  const kind = word.toLowerCase() === 'and' ? 'and' : 'word';
  return { token: { kind, text: word, column }, length: word.length };
}

/** The tokens of a condition, or where it stops making sense. */
export function tokens(source: string): Token[] | LexFailure {
  const text = fold(source);
  const found: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    const next = quotedAt(text, at) ?? symbolAt(text, at) ?? wordAt(text, at);
    if (next === undefined) return stuckAt(text, at);
    found.push(next.token);
    at += next.length;
  }
  return found;
}

function stuckAt(text: string, at: number): LexFailure {
  const character = text.charAt(at);
  const message = OPENING_QUOTE.test(character) ? 'the quote is not closed' : `"${character}" has no meaning here`;
  return { message, column: at + 1 };
}
