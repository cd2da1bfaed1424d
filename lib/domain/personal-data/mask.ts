import { findPersonalData } from './find.ts';
import { disjoint } from './spans.ts';
import type { KnownPerson } from './types.ts';

/** One person's data over several texts of one request: the same value has the same placeholder in all of them. */
export type Masker = {
  /** The text with `[phone_1]`, `[name_2]`… in place of personal data. */
  mask(text: string): string;
  /** Puts back what `mask` took out; placeholders that it never gave out stay. */
  restore(text: string): string;
};

/** A placeholder, also as a model may bend it: other case, spaces, full-width brackets. */
const PLACEHOLDER = /[[【]\s?([a-z]{2,9}(?:_card)?)[_ ](\d{1,4})\s?[\]】]/gi;

/** Values of which a mask goes out to a model, and comes back. Pure but for its own memory. */
export function createMasker(known: KnownPerson = {}): Masker {
  const placeholders = new Map<string, string>();
  const originals = new Map<string, string>();
  const counts = new Map<string, number>();

  const placeholder = (type: string, text: string): string => {
    const key = `${type}\n${text}`;
    const given = placeholders.get(key);
    if (given !== undefined) return given;
    const number = (counts.get(type) ?? 0) + 1;
    const made = `[${type}_${number}]`;
    counts.set(type, number);
    placeholders.set(key, made);
    originals.set(made, text);
    return made;
  };

  return {
    mask(text) {
      // What the customer typed in the shape of a placeholder is one itself, else it would come back as a value.
      const typed = [...text.matchAll(PLACEHOLDER)].map((match) => ({
        type: 'text',
        text: match[0],
        start: match.index,
        end: match.index + match[0].length,
      }));
      const pieces = disjoint<Piece>(text.length, [...typed, ...findPersonalData(text, known)], []);
      return replace(text, pieces, (one) => placeholder(one.type, one.text));
    },
    restore: (text) =>
      text.replace(
        PLACEHOLDER,
        (shown, type: string, number: string) => originals.get(`[${type.toLowerCase()}_${number}]`) ?? shown,
      ),
  };
}

type Piece = { type: string; text: string; start: number; end: number };

function replace(text: string, pieces: readonly Piece[], by: (piece: Piece) => string): string {
  let result = '';
  let end = 0;
  for (const piece of pieces.toSorted((a, b) => a.start - b.start)) {
    result += text.slice(end, piece.start) + by(piece);
    end = piece.end;
  }
  return result + text.slice(end);
}

/** One text for a model, and the way back for its answer. */
export function mask(text: string, known: KnownPerson = {}): { text: string; restore: (text: string) => string } {
  const masker = createMasker(known);
  return { text: masker.mask(text), restore: masker.restore };
}

/** For logs, search and closed views: `[phone]`, `[name]`…, with no way back. */
export function redact(text: string, known: KnownPerson = {}): string {
  return replace(text, findPersonalData(text, known), ({ type }) => `[${type}]`);
}

/** Whether a placeholder is left in a text: a draft that still has one after `restore` must not be sent. */
export function hasPlaceholder(text: string): boolean {
  return text.search(PLACEHOLDER) >= 0;
}
