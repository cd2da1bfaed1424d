import * as z from 'zod';
import { CuecardError } from '../../domain/error.ts';
import type { RowProblem } from '../../domain/import-job.ts';
import { shown } from './limits.ts';
import { type Exported, exportOf } from './platform-exports.ts';
import { checkDepth, checkValues, type Placed } from './values.ts';

export type Objects = Exported & { detected: string };

/** What begins like JSON is meant to be JSON. */
export const looksLikeJson = (text: string): boolean => /^\s*[[{]/.test(text);

const Envelope = z.union([
  z.array(z.unknown()),
  z.object({ entries: z.array(z.unknown()) }).transform(({ entries }) => entries),
]);

/** Where reading stopped: the parser's own words, which name the place. */
function parseWhole(source: string): { value: unknown } | { error: string } {
  try {
    return { value: JSON.parse(source) };
  } catch (error) {
    return { error: error instanceof Error ? shown(error.message) : '' };
  }
}

function parseLines(source: string): { values: Placed[]; rejected: RowProblem[] } {
  const values: Placed[] = [];
  const rejected: RowProblem[] = [];
  source.split(/\r\n?|\n/).forEach((line, index) => {
    if (line.trim() === '') return;
    const parsed = parseWhole(line);
    if ('value' in parsed) values.push({ row: index + 1, value: parsed.value });
    else rejected.push({ row: index + 1, column: '', value: shown(line), reason: 'not JSON' });
  });
  return { values, rejected };
}

const numbered = (values: readonly unknown[]): Placed[] => values.map((value, index) => ({ row: index + 1, value }));

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

function linesOf(source: string): Objects | undefined {
  const { values, rejected } = parseLines(source);
  const many = values.length + rejected.length > 1;
  if (!many || !isObject(values[0]?.value)) return undefined;
  const checked = checkValues(values);
  return { detected: 'jsonl', objects: checked.objects, rejected: [...rejected, ...checked.rejected], warnings: [] };
}

/**
 * A list, `{"entries": []}`, one entry, one entry a line, Zendesk's macros or Chatwoot's canned responses. Raises `invalid`
 * for anything else, naming where the JSON breaks off.
 */
export function readJson(source: string): Objects {
  checkDepth(source);
  const whole = parseWhole(source);
  if ('error' in whole) {
    const lines = linesOf(source);
    if (lines !== undefined) return lines;
    throw new CuecardError('invalid', `the file is no valid JSON, nor JSON lines: ${whole.error}`);
  }
  const exported = exportOf(whole.value);
  if (exported !== undefined) return { ...exported, ...checked(exported.objects, exported) };
  const list = Envelope.safeParse(whole.value);
  if (list.success) return { detected: 'json', ...checked(numbered(list.data)) };
  if (isObject(whole.value)) return { detected: 'json', ...checked([{ row: 1, value: whole.value }]) };
  throw new CuecardError('invalid', 'the file is no JSON list of entries, no {"entries": []} and no JSON lines');
}

function checked(values: readonly Placed[], before?: Exported): Exported {
  const { objects, rejected } = checkValues(values);
  return { objects, rejected: [...(before?.rejected ?? []), ...rejected], warnings: before?.warnings ?? [] };
}
