/** Runs of blank lines as long as this are nobody's text: a spreadsheet was saved with all its empty rows. */
const LONG_RUN = 100;

const BLANK = /^[\s,;]*$/;
const LONGEST_BLANK = 2_000;

/** The text from its line `lines` on (from 0). */
export function skipLines(text: string, lines: number): string {
  let start = 0;
  for (let line = 0; line < lines; line++) {
    const end = text.indexOf('\n', start);
    if (end === -1) return '';
    start = end + 1;
  }
  return text.slice(start);
}

type Line = { start: number; end: number; blank: boolean };
type Run = { start: number; end: number; line: number; lines: number };

function* linesOf(text: string): Iterable<Line> {
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found + 1;
    yield { start, end, blank: end - start <= LONGEST_BLANK && BLANK.test(text.slice(start, end)) };
    start = end;
  }
}

function longRuns(text: string): Run[] {
  const runs: Run[] = [];
  let [line, run]: [number, Run | undefined] = [0, undefined];
  for (const { start, end, blank } of linesOf(text)) {
    if (!blank) run = undefined;
    else if (run === undefined) run = { start, end, line, lines: 1 };
    else {
      run.end = end;
      run.lines++;
      if (run.lines === LONG_RUN) runs.push(run);
    }
    line++;
  }
  return runs;
}

/** The text without long runs of blank lines; `rowAt` tells how many rows were left out before a line (from 0) of it. */
export function withoutGaps(text: string): { text: string; rowAt(line: number): number } {
  const kept: string[] = [];
  const gaps: { line: number; before: number }[] = [];
  let [at, before] = [0, 0];
  for (const run of longRuns(text)) {
    kept.push(text.slice(at, run.start));
    at = run.end;
    gaps.push({ line: run.line - before, before: before + run.lines });
    before += run.lines;
  }
  if (gaps.length === 0) return { text, rowAt: () => 0 };
  kept.push(text.slice(at));
  return { text: kept.join(''), rowAt: (line) => gaps.findLast((gap) => gap.line <= line)?.before ?? 0 };
}
