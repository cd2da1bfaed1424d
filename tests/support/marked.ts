import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';

/** What a marked line says stands in it. */
export type Marked = { type: string; text: string; start: number; end: number; value: string };
export type MarkedLine = { text: string; marks: readonly Marked[] };

const MARK = /\[([^\]]*)\]\(([a-z_]+)(?:=([^)]*))?\)/g;

/** `订单[123456](order_number)` → the text without marks, and each mark with its offsets in it. */
export function parseMarked(line: string): MarkedLine {
  const marks: Marked[] = [];
  let text = '';
  let end = 0;
  for (const match of line.matchAll(MARK)) {
    const [whole, shown = '', type = '', value = shown] = match;
    text += line.slice(end, match.index);
    marks.push({ type, text: shown, start: text.length, end: text.length + shown.length, value });
    text += shown;
    end = match.index + whole.length;
  }
  return { text: text + line.slice(end), marks };
}

const Halves = z.object({ heldout: z.array(z.string()), tuning: z.array(z.string()) });

export function readMarked(file: URL): { heldout: MarkedLine[]; tuning: MarkedLine[] } {
  const { heldout, tuning } = Halves.parse(parse(readFileSync(file, 'utf8')));
  return { heldout: heldout.map(parseMarked), tuning: tuning.map(parseMarked) };
}

export type Found = { type: string; start: number; end: number; value: string };
export type Score = { precision: number; recall: number; found: number; expected: number; misses: string[] };

/** Right is the right type, the exact span and the exact value. */
export function scoreMarked(lines: readonly MarkedLine[], find: (text: string) => readonly Found[]): Score {
  const key = ({ type, start, end, value }: Found) => `${type} ${start}-${end} ${value}`;
  let [right, found, expected] = [0, 0, 0];
  const misses: string[] = [];
  for (const { text, marks } of lines) {
    const got = find(text);
    const wanted = new Set(marks.map(key));
    const seen = new Set(got.map(key));
    right += got.filter((one) => wanted.has(key(one))).length;
    found += got.length;
    expected += marks.length;
    const extra = [...seen].filter((one) => !wanted.has(one));
    const missing = [...wanted].filter((one) => !seen.has(one));
    if (extra.length + missing.length > 0) {
      misses.push(
        `${JSON.stringify(text)}: not found ${missing.join(', ') || '-'}; found wrongly ${extra.join(', ') || '-'}`,
      );
    }
  }
  return { precision: right / Math.max(1, found), recall: right / Math.max(1, expected), found, expected, misses };
}
