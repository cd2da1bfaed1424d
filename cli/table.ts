/** Chinese and other wide characters take two columns of a terminal. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

export const widthOf = (text: string): number => [...text].reduce((sum, char) => sum + (WIDE.test(char) ? 2 : 1), 0);

/** One line, without what could move the cursor of a terminal. */
export const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim();

/** At most so many columns, with an ellipsis. */
export function cut(text: string, columns: number): string {
  const line = plain(text);
  if (widthOf(line) <= columns) return line;
  let kept = '';
  let width = 1;
  for (const char of line) {
    width += widthOf(char);
    if (width > columns) break;
    kept += char;
  }
  return `${kept}…`;
}

/** Rows in columns; no cell wider than `most`. */
export function table(rows: readonly (readonly string[])[], most = 60): string {
  const cells = rows.map((row) => row.map((cell) => cut(cell, most)));
  const columns = Math.max(0, ...cells.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, at) => Math.max(...cells.map((row) => widthOf(row[at] ?? ''))));
  const pad = (cell: string, at: number): string => cell + ' '.repeat((widths[at] ?? 0) - widthOf(cell));
  return cells.map((row) => `  ${row.map(pad).join('  ').trimEnd()}\n`).join('');
}

export const percent = (share: number | undefined): string =>
  share === undefined ? '–' : `${(share * 100).toFixed(1)} %`;
