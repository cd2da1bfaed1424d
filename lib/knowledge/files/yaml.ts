import { parseDocument } from 'yaml';
import { CuecardError } from '../../domain/error.ts';
import type { Objects } from './json.ts';
import { LIMITS, megabytes, shown } from './limits.ts';
import { checkValues, type Placed } from './values.ts';

/** Anchors repeated more often than this are a bomb, not a text. */
const MOST_ALIASES = 100;

const isList = (value: unknown): value is unknown[] => Array.isArray(value);
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** A list of entries as in a pack's files, `entries:` and the list, or one entry. */
function listOf(value: unknown): unknown[] | undefined {
  if (isList(value)) return value;
  if (!isObject(value)) return undefined;
  if (isList(value['entries'])) return value['entries'];
  return 'question' in value ? [value] : undefined;
}

function contentOf(source: string): unknown {
  const document = parseDocument(source, { prettyErrors: true, logLevel: 'silent' });
  const [error] = document.errors;
  if (error !== undefined)
    throw new CuecardError('invalid', `the file is no valid YAML: ${shown(error.message.split('\n')[0] ?? '')}`);
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (cause) {
    if (cause instanceof RangeError) throw cause;
    throw new CuecardError('invalid', 'the file repeats its own parts too often (YAML aliases)', { cause });
  }
}

/** The entries of a pack's file. Raises `invalid` for YAML that holds no list of entries, `too_large` above 4 MB. */
export function readYaml(source: string): Objects {
  if (source.length > LIMITS.yamlBytes) {
    throw new CuecardError('too_large', `YAML is read up to ${megabytes(LIMITS.yamlBytes)}: save the entries as JSON`);
  }
  const list = listOf(contentOf(source));
  if (list === undefined) throw new CuecardError('invalid', 'the YAML holds no list of entries');
  const placed = list.map((value, index): Placed => ({ row: index + 1, value }));
  return { detected: 'yaml', ...checkValues(placed), warnings: [] };
}

/** Whether a text begins as a YAML list or mapping of entries does. Markdown's lists have no keys. */
export function looksLikeYaml(text: string): boolean {
  const lines = text.split('\n', 200).filter((line) => line.trim() !== '' && !/^\s*#(?:\s|$)/.test(line));
  const [first = '', second = ''] = lines[0]?.trimEnd() === '---' ? lines.slice(1) : lines;
  if (/^\s*-\s+["']?[\w-]+["']?:(?:\s|$)/.test(first)) return true;
  if (/^entries:\s*$/.test(first)) return /^\s*-\s/.test(second);
  return /^["']?(?:id|question|intent)["']?:\s/.test(first);
}
