import { legible, sourceSpan } from '../legible.ts';
import { addressSpans } from './addresses.ts';
import { englishNames, isEnglishName } from './english-names.ts';
import { hanNames, isHanName } from './names.ts';
import { numberSpans, spokenDigits } from './numbers.ts';
import type { KnownPerson, PersonalData, Span } from './types.ts';

const EMAIL =
  /(?<![\w.%+-])[A-Z0-9][A-Z0-9._%+-]{0,63}@(?:[A-Z0-9](?:[A-Z0-9-]{0,61}[A-Z0-9])?\.){1,4}[A-Z]{2,24}(?![A-Z0-9-])/gi;
const URL = /(?:https?:\/\/|www\.)[^\s\p{Script=Han}，。]{1,500}/giu;

function emailSpans(text: string): Span[] {
  return [...text.matchAll(EMAIL)].map((match) => ({
    type: 'email',
    start: match.index,
    end: match.index + match[0].length,
    value: match[0].toLowerCase(),
  }));
}

type Range = { start: number; end: number };
const disjoint = (a: Range, b: Range) => a.end <= b.start || a.start >= b.end;

/** Of overlapping spans the earlier in the list stays. */
function first(spans: readonly Span[], taken: readonly Range[]): Span[] {
  const kept: Span[] = [];
  for (const span of spans) {
    if (span.end > span.start && [...kept, ...taken].every((other) => disjoint(span, other))) kept.push(span);
  }
  return kept;
}

/** Where a literal stands, not inside a longer word or number. */
function* occurrences(text: string, literal: string): Iterable<Range> {
  const word = (unit: string) => /[A-Za-z0-9]/.test(unit);
  for (let at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, at + literal.length)) {
    const end = at + literal.length;
    const inside =
      (word(literal.charAt(0)) && word(text.charAt(at - 1))) || (word(literal.at(-1) ?? '') && word(text.charAt(end)));
    if (!inside) yield { start: at, end };
  }
}

const SHORTEST_KNOWN = 2;

function knownSpans(text: string, { values = [] }: KnownPerson): Span[] {
  return values
    .map(({ type, value }) => ({ type, value: legible(value).text.trim() }))
    .filter(({ value }) => value.length >= SHORTEST_KNOWN)
    .sort((a, b) => b.value.length - a.value.length)
    .flatMap(({ type, value }) => [...occurrences(text, value)].map((range) => ({ type, value, ...range })));
}

function keptRanges(text: string, { keep = [] }: KnownPerson): Range[] {
  return keep
    .filter((literal) => literal.length >= SHORTEST_KNOWN)
    .flatMap((literal) => [...occurrences(text, literal)]);
}

const SEPARATED = /[^\s,，;；、/|:：\n]+(?: [A-Z][^\s,，;；、/|:：\n]*)*/gu;
const NEIGHBOUR = new Set(['phone', 'address', 'email']);
/** Separators and labels at most lie between a name and its phone number. */
const NEAR = 6;

/** "张伟，13800001111，浙江省…": a piece of its own beside a phone, an address or an e-mail, shaped like a name. */
function neighbourNames(text: string, found: readonly Span[]): Span[] {
  const anchors = found.filter(({ type }) => NEIGHBOUR.has(type));
  if (anchors.length === 0) return [];
  return [...text.matchAll(SEPARATED)].flatMap((match): Span[] => {
    const [piece, start] = [match[0], match.index];
    const end = start + piece.length;
    const near = anchors.some((anchor) => Math.min(Math.abs(anchor.start - end), Math.abs(start - anchor.end)) <= NEAR);
    return near && (isHanName(piece) || isEnglishName(piece)) ? [{ type: 'name', start, end, value: piece }] : [];
  });
}

/**
 * What a text gives away of people, disjoint and in order. Numbers that a shop gave out (orders, parcels, SKUs) are not
 * personal: their markers, `known.keep` and web addresses shield them. Never throws; linear in the text.
 */
export function findPersonalData(source: string, known: KnownPerson = {}): PersonalData[] {
  const shown = legible(source);
  const text = spokenDigits(shown.text);
  const links = [...text.matchAll(URL)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
  const shielded = [...links, ...keptRanges(text, known)];
  const sure = first(
    [...knownSpans(text, known), ...emailSpans(text), ...numberSpans(text), ...addressSpans(text)],
    shielded,
  );
  const all = first([...sure, ...hanNames(text), ...englishNames(text), ...neighbourNames(text, sure)], shielded);
  return all
    .map(({ type, value, start, end }) => {
      const range = sourceSpan(shown, start, end);
      return { type, text: source.slice(range.start, range.end), ...range, value };
    })
    .sort((a, b) => a.start - b.start);
}
