import type { ColumnMapping, MappedColumn } from '../../domain/import-job.ts';
import { ENTRY_COLUMNS, type EntryColumn, foldHeader, headersOf } from '../columns.ts';
import { shown } from '../files/limits.ts';
import type { Table } from '../files/types.ts';
import { PAIRS, SYNONYMS } from './synonyms.ts';

const OWN = headersOf<EntryColumn>(ENTRY_COLUMNS);
const OTHERS = new Map(
  (Object.keys(SYNONYMS) as EntryColumn[]).flatMap((column) =>
    (SYNONYMS[column] ?? []).map((header) => [foldHeader(header), column] as const),
  ),
);
const KNOWN = Object.keys(ENTRY_COLUMNS);

/** Several of a sheet's columns may hold these: `相似问1`, `相似问2`. */
const REPEATED: ReadonlySet<EntryColumn> = new Set(['similar_questions', 'attachments', 'keywords']);
const NUMBERED = /[\s_#-]*\d{1,2}$/;

/** How surely a header means its column; of two that mean the same the surer one is read. */
const RANK = { asked: 3, own: 2, other: 1 } as const;
type Meaning = { column: EntryColumn; rank: number };

export type MappingProblem = { header: string; reason: string; fix: string };

export type TableMapping = {
  /** Where each column is read from, 0-based, left to right. */
  at: ReadonlyMap<EntryColumn, readonly number[]>;
  /** A column as this table calls it. */
  label(column: EntryColumn): string;
  columns: MappedColumn[];
  /** Headers that nothing is read from. */
  ignored: string[];
  /** Two columns that mean the same, a mapping that names no column of ours. */
  problems: MappingProblem[];
};

function byName(header: string): Meaning | undefined {
  const folded = foldHeader(header);
  const own = OWN.get(folded);
  if (own !== undefined) return { column: own, rank: RANK.own };
  const other = OTHERS.get(folded);
  if (other !== undefined) return { column: other, rank: RANK.other };
  const plain = header.replace(NUMBERED, '');
  const numbered = plain === header || plain === '' ? undefined : byName(plain);
  return numbered !== undefined && REPEATED.has(numbered.column) ? numbered : undefined;
}

type Asked = ReadonlyMap<string, EntryColumn | null>;

/** Headers that are only understood beside each other. */
function pairedIn(headers: readonly string[]): Map<string, EntryColumn | null> {
  const folded = new Set(headers.map(foldHeader));
  const pair = PAIRS.find((names) => names.every((name) => folded.has(name)));
  return pair === undefined
    ? new Map()
    : new Map([
        [pair[0], 'question'],
        [pair[1], 'answer'],
      ]);
}

/** A mapping's headers folded, and those of its columns that are none of ours. */
function readMapping(
  mapping: ColumnMapping | undefined,
  headers: readonly string[],
): { asked: Asked; problems: MappingProblem[] } {
  const asked = pairedIn(headers);
  const problems: MappingProblem[] = [];
  for (const [header, wanted] of Object.entries(mapping ?? {})) {
    const column = wanted === null ? null : OWN.get(foldHeader(wanted));
    if (column !== undefined) asked.set(foldHeader(header), column);
    else {
      const reason = `the mapping reads "${shown(header)}" as "${wanted}", which is no column`;
      problems.push({ header, reason, fix: `use one of ${KNOWN.join(', ')}, or null` });
    }
  }
  return { asked, problems };
}

function meaningOf(header: string, asked: Asked): Meaning | undefined {
  const wanted = asked.get(foldHeader(header));
  if (wanted === null) return undefined;
  return wanted === undefined ? byName(header) : { column: wanted, rank: RANK.asked };
}

/** How many of these cells name a column, with what the mapping says of them. */
export function knownHeaders(cells: readonly string[], mapping?: ColumnMapping): number {
  const { asked } = readMapping(mapping, cells);
  const named = cells.filter((cell) => cell.trim() !== '' && asked.get(foldHeader(cell)) !== null);
  return new Set(named.flatMap((cell) => meaningOf(cell, asked)?.column ?? [])).size;
}

const SAMPLES = 3;
const SAMPLE_LENGTH = 80;

function samplesOf({ rows }: Table, index: number): string[] {
  const samples: string[] = [];
  for (const { cells } of rows) {
    const cell = cells[index] ?? '';
    if (cell !== '') samples.push(shown(cell.slice(0, SAMPLE_LENGTH)));
    if (samples.length === SAMPLES) break;
  }
  return samples;
}

/** Which column each header is read as, the weaker of two claims given up. */
function settle(headers: readonly string[], asked: Asked): { chosen: (EntryColumn | null)[]; twice: EntryColumn[] } {
  const meanings = headers.map((header) => (header === '' ? undefined : meaningOf(header, asked)));
  const twice = new Set<EntryColumn>();
  const chosen = meanings.map((meaning, at) => {
    if (meaning === undefined) return null;
    const rivals = meanings.filter((other, place) => place !== at && other?.column === meaning.column);
    if (rivals.some((other) => (other?.rank ?? 0) > meaning.rank)) return null;
    const equals = meanings
      .slice(0, at)
      .some((other) => other?.column === meaning.column && other.rank === meaning.rank);
    if (!equals || REPEATED.has(meaning.column)) return meaning.column;
    if (meaning.rank > RANK.other) twice.add(meaning.column);
    return null;
  });
  return { chosen, twice: [...twice] };
}

/** What the headers of a table mean. The tenant's own mapping wins over what they seem to say. */
export function mapTable(table: Table, mapping: ColumnMapping | undefined): TableMapping {
  const { asked, problems } = readMapping(mapping, table.headers);
  const { chosen, twice } = settle(table.headers, asked);
  const at = new Map<EntryColumn, number[]>();
  chosen.forEach((column, index) => {
    if (column !== null) at.set(column, [...(at.get(column) ?? []), index]);
  });
  const named = table.headers.map((header, index) => ({ header, index })).filter(({ header }) => header !== '');
  return {
    at,
    label: (column) => table.headers[at.get(column)?.[0] ?? -1] ?? column,
    columns: named.map(({ header, index }) => ({
      ...(table.sheet === undefined ? {} : { sheet: table.sheet }),
      header,
      column: chosen[index] ?? null,
      samples: samplesOf(table, index),
    })),
    ignored: named.filter(({ index }) => chosen[index] === null).map(({ header }) => header),
    problems: [
      ...problems,
      ...twice.map((column) => ({
        header: column,
        reason: `two columns mean ${column}`,
        fix: 'keep one of them, or say with the mapping which one is read',
      })),
    ],
  };
}
