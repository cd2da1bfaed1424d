import { normalize } from '../normalize.ts';
import { stem } from './stem.ts';
import { isPower, leadingUnit, unitOf } from './units.ts';

/**
 * A word of a title or a query. `measure`: a number or its unit; `single`: one Chinese character, which is indexed
 * beside the pairs. `segment` counts the parts of a title: what stands before "with", "in", "for", a comma or a
 * bracket says what the thing is, what follows describes it.
 */
export type Word = { term: string; kind: 'word' | 'measure' | 'han' | 'single'; segment: number };

const ENTITY = /&(amp|quot|apos|#39|lt|gt|nbsp);/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', quot: '"', apos: "'", '#39': "'" };
const PIECE =
  /(?<number>\d+(?:[.,]\d+)*(?:[\- ]\d+\/\d+|\/\d+)?)|(?<han>\p{Script=Han}+)|(?<word>[[\p{L}\p{M}]--\p{Script=Han}]+(?:'s(?![\p{L}]))?)|(?<quote>["'])|(?<stop>[,;\(\)、])/gv;
/** After these a title goes on to describe. */
const DESCRIBES = new Set(['in', 'with', 'for']);
const SAYS_NOTHING = new Set(['the', 'a', 'an', 'and', 'of', 'on', 'to', 'by', 'from', ...DESCRIBES]);

/** One spelling for what is typed in many: `2x4`, `2 * 4` and `2 by 4`; `4-in.` and `4 in`. */
function prepare(text: string): string {
  return normalize(text)
    .replace(ENTITY, (_, name: string) => ENTITIES[name] ?? ' ')
    .replaceAll('⁄', '/')
    .replace(/(?<=[\d\s."'])(?:[x*×]|by)\s*(?=\d)/g, ' × ')
    .replace(/(?<=\d)\s*-\s*(?=(?:in|inch|ft|foot|gal|gallon|lb|amp|volt|watt|gauge)\b)/g, ' ');
}

type Reader = { words: Word[]; segment: number; afterNumber: boolean };

/** Characters and pairs of a run without spaces; a run of one is that character. */
function addHan(reader: Reader, run: string): void {
  const { words, segment } = reader;
  const characters = Array.from(run);
  for (const term of characters) words.push({ term, kind: 'single', segment });
  for (let at = 0; at + 1 < characters.length; at += 1) {
    words.push({ term: `${characters[at]}${characters[at + 1]}`, kind: 'han', segment });
  }
}

function addMeasure(reader: Reader, term: string, afterNumber: boolean): void {
  reader.words.push({ term, kind: 'measure', segment: reader.segment });
  reader.afterNumber = afterNumber;
}

function readHan(reader: Reader, run: string): void {
  const unit = reader.afterNumber ? leadingUnit(run) : undefined;
  if (unit !== undefined) addMeasure(reader, unit.unit, false);
  reader.afterNumber = false;
  const rest = run.slice(unit?.length ?? 0);
  if (rest !== '') addHan(reader, rest);
}

function readWord(reader: Reader, word: string): void {
  const unit = reader.afterNumber || word === 'inch' || word === 'inches' ? unitOf(word) : undefined;
  reader.afterNumber = false;
  if (unit !== undefined) {
    addMeasure(reader, unit, isPower(unit));
    return;
  }
  if (DESCRIBES.has(word) && reader.words.length > 0) reader.segment += 1;
  if (!SAYS_NOTHING.has(word)) reader.words.push({ term: stem(word), kind: 'word', segment: reader.segment });
}

function readStop(reader: Reader): void {
  if (reader.words.length > 0) reader.segment += 1;
  reader.afterNumber = false;
}

type Groups = Partial<Record<'number' | 'han' | 'word' | 'quote' | 'stop', string>>;

function readPiece(reader: Reader, { number, han, word, quote, stop }: Groups): void {
  if (number !== undefined) addMeasure(reader, number.replace(' ', '-').replace(/(\d),(?=\d{3})/g, '$1'), true);
  else if (han !== undefined) readHan(reader, han);
  else if (word !== undefined) readWord(reader, word);
  else if (stop !== undefined) readStop(reader);
  else if (quote !== undefined && reader.afterNumber) addMeasure(reader, unitOf(quote) ?? quote, false);
}

/** The words of a title or a query, in order. Never throws. */
export function analyse(text: string): Word[] {
  const reader: Reader = { words: [], segment: 0, afterNumber: false };
  for (const { groups = {} } of prepare(text).matchAll(PIECE)) readPiece(reader, groups);
  return reader.words;
}

/** Which word says what the thing is: the last plain one of the first segment; -1 when there is none. */
export function headOf(words: readonly Word[]): number {
  const first = words[0]?.segment ?? 0;
  return words.findLastIndex(({ kind, segment }) => segment === first && (kind === 'word' || kind === 'han'));
}
