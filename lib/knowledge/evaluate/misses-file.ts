import type { EvaluatedRow } from '../../domain/evaluation.ts';

/** Excel opens a file as UTF-8 only when it begins with this. */
const BOM = '\uFEFF';
const HEADER = ['row', 'question', 'expected', 'got', 'confidence', 'rank', 'language', 'shown'];
/** What a gateway lets through, with room for its own envelope. */
const MAX_CHARACTERS = 3_500_000;

/** What a spreadsheet would run as a formula is led by an apostrophe, as in exports. */
const neutralised = (cell: string): string => (/^\s*'*[=+\-@\t\r\n|%]/.test(cell) ? `'${cell}` : cell);

const quoted = (cell: string): string => {
  const safe = neutralised(cell);
  return /[",;\n\r\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const lineOf = ({ row, question, expected, got, confidence, rank, language, shown }: EvaluatedRow): string =>
  [
    String(row),
    quoted(question),
    quoted(expected),
    quoted(got),
    confidence.toFixed(4),
    rank === undefined ? '' : String(rank),
    language ?? '',
    shown ? 'yes' : 'no',
  ].join(',');

/**
 * Every miss as a spreadsheet, which can be uploaded again as the rows of a run. The last line says how many are left out
 * where the file would be too large to be answered.
 */
export function missesFile(rows: readonly EvaluatedRow[]): string {
  const lines = [HEADER.join(',')];
  const misses = rows.filter(({ right }) => !right);
  let characters = 0;
  for (const [at, miss] of misses.entries()) {
    const line = lineOf(miss);
    characters += line.length;
    if (characters > MAX_CHARACTERS) {
      lines.push(`,${quoted(`… ${misses.length - at} more`)}`);
      break;
    }
    lines.push(line);
  }
  return `${BOM}${lines.join('\r\n')}\r\n`;
}
