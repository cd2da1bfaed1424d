import { legible, sourceSpan } from '../legible.ts';
import { addressSpans } from './addresses.ts';
import { englishNames, isEnglishName } from './english-names.ts';
import { linkSpans, linksIn } from './links.ts';
import { hanNames, isHanName } from './names.ts';
import { numberSpans } from './numbers.ts';
import { disjoint, inside, nearTo, type Range } from './spans.ts';
import { spokenDigits } from './spoken.ts';
import type { KnownPerson, PersonalData, Span } from './types.ts';

const EMAIL =
  /(?<![\w.%+-])[A-Z0-9][A-Z0-9._%+-]{0,63}@(?:[A-Z0-9](?:[A-Z0-9-]{0,61}[A-Z0-9])?\.){1,4}[A-Z]{2,24}(?![A-Z0-9-])/gi;

function emailSpans(text: string): Span[] {
  return [...text.matchAll(EMAIL)].map((match) => ({
    type: 'email',
    start: match.index,
    end: match.index + match[0].length,
    value: match[0].toLowerCase(),
  }));
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
  const near = nearTo(text.length, anchors, NEAR);
  return [...text.matchAll(SEPARATED)].flatMap((match): Span[] => {
    const [piece, start] = [match[0], match.index];
    const end = start + piece.length;
    return near({ start, end }) && (isHanName(piece) || isEnglishName(piece))
      ? [{ type: 'name', start, end, value: piece }]
      : [];
  });
}

/** Shorter ones stand in web addresses by chance. */
const SHORTEST_IN_LINK = 6;

/**
 * What a text gives away of people, disjoint and in order. Numbers that a shop gave out (orders, parcels, SKUs) are not
 * personal: their markers, `known.keep` and web addresses, where nothing in them says otherwise, shield them. Never
 * throws; linear in the text.
 */
export function findPersonalData(source: string, known: KnownPerson = {}): PersonalData[] {
  const shown = legible(source);
  const text = spokenDigits(shown.text);
  const size = text.length;
  const links = linksIn(text);
  const kept = keptRanges(text, known);
  const literal = knownSpans(text, known);
  const inLinks = [...literal.filter(isLong).filter(inside(size, links)), ...linkSpans(text, links)];
  const linked = disjoint(size, inLinks, kept);
  const shielded = [...links, ...kept];
  const numbers = [...literal, ...emailSpans(text), ...numberSpans(text), ...addressSpans(text)];
  const sure = [...linked, ...disjoint(size, numbers, shielded)];
  const names = [...hanNames(text), ...englishNames(text), ...neighbourNames(text, sure)];
  return [...sure, ...disjoint(size, names, [...shielded, ...sure])]
    .map(({ type, value, start, end }) => {
      const range = sourceSpan(shown, start, end);
      return { type, text: source.slice(range.start, range.end), ...range, value };
    })
    .sort((a, b) => a.start - b.start);
}

const isLong = ({ value }: Span): boolean => value.length >= SHORTEST_IN_LINK;
