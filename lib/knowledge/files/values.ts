import { CuecardError } from '../../domain/error.ts';
import type { RowProblem } from '../../domain/import-job.ts';
import { LIMITS, shown } from './limits.ts';

export type Placed = { row: number; value: unknown };

const tooDeep = (): CuecardError =>
  new CuecardError('invalid', `lists and objects lie more than ${LIMITS.depth} levels deep in one another`);

/** The place after the quotation mark that closes a text. */
function textEnd(json: string, start: number): number {
  for (let at = json.indexOf('"', start); at !== -1; at = json.indexOf('"', at + 1)) {
    let escapes = 0;
    while (json[at - 1 - escapes] === '\\') escapes++;
    if (escapes % 2 === 0) return at + 1;
  }
  return json.length;
}

/** Raises `invalid` when brackets lie too deep: counted in the text, before anything is built from it. */
export function checkDepth(json: string): void {
  const marks = /["[\]{}]/g;
  let depth = 0;
  for (let found = marks.exec(json); found !== null; found = marks.exec(json)) {
    if (found[0] === '"') marks.lastIndex = textEnd(json, marks.lastIndex);
    else depth += found[0] === '[' || found[0] === '{' ? 1 : -1;
    if (depth > LIMITS.depth) throw tooDeep();
  }
}

/** Names that mean something to the language itself. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

type Flaw = { value: string; reason: string };

function textFlaw(text: string): Flaw | undefined {
  if (text.length > LIMITS.cell) {
    return { value: text, reason: `too long: ${text.length} characters, at most ${LIMITS.cell}` };
  }
  if (text.includes('\u0000')) return { value: text, reason: 'holds a character that no text has (NUL)' };
  return text.isWellFormed() ? undefined : { value: text.toWellFormed(), reason: 'half of a character is missing' };
}

/** Why nothing should be made of a value, anywhere in it. */
function flawOf(value: unknown, depth = 0): Flaw | undefined {
  if (typeof value === 'string') return textFlaw(value);
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > LIMITS.depth) throw tooDeep();
  for (const [name, inner] of Object.entries(value)) {
    if (RESERVED.has(name)) return { value: name, reason: `${name} is no name for a field` };
    const flaw = textFlaw(name) ?? flawOf(inner, depth + 1);
    if (flaw !== undefined) return flaw;
  }
  return undefined;
}

/** Parts values from what cannot be used at all. Raises `too_large` above 50,000 of them. */
export function checkValues(placed: readonly Placed[]): { objects: Placed[]; rejected: RowProblem[] } {
  if (placed.length > LIMITS.rows) {
    throw new CuecardError('too_large', `the file has ${placed.length} entries, at most ${LIMITS.rows} are read`);
  }
  const objects: Placed[] = [];
  const rejected: RowProblem[] = [];
  for (const one of placed) {
    const flaw = flawOf(one.value);
    if (flaw === undefined) objects.push(one);
    else rejected.push({ row: one.row, column: '', value: shown(flaw.value), reason: flaw.reason });
  }
  return { objects, rejected };
}
