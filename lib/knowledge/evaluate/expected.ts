import type { EvaluatedRow, EvaluationRow } from '../../domain/evaluation.ts';
import type { RowProblem } from '../../domain/import-job.ts';
import type { Asking, Hit } from './deps.ts';
import { NONE } from './figures.ts';

/** How people write that nothing fits. */
const NOTHINGS: ReadonlySet<string> = new Set([
  ...['none', 'null', 'n/a', 'na', '-', 'nothing', 'no match', 'oos', 'out of scope', 'out_of_scope', 'unknown'],
  ...['无', '没有', '无答案', '无匹配', '不匹配', '范围外', '都不是', '未知'],
]);

/** What a row expects, under the name that it has in the release. */
export type Expected = Pick<EvaluatedRow, 'by' | 'expected'>;

const fold = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

/** Reads cells of `expected`: an entry's id before an intent, both as written before any case, then a standard question. */
export function expectations(entries: Asking['entries']): (written: string) => Expected | undefined {
  const names = new Map<string, Expected>();
  const note = (name: string, expected: Expected): void => {
    if (!names.has(name)) names.set(name, expected);
  };
  for (const { id } of entries) note(id, { by: 'entry', expected: id });
  for (const { intent } of entries) note(intent, { by: 'intent', expected: intent });
  for (const name of NOTHINGS) note(name, { by: NONE, expected: NONE });
  for (const [name, expected] of [...names]) note(fold(name), expected);
  for (const { id, question } of entries) note(fold(question), { by: 'entry', expected: id });
  return (written) => names.get(written) ?? names.get(fold(written));
}

export function unknownExpected({ row, expected }: EvaluationRow, release: string): RowProblem {
  return {
    row,
    column: 'expected',
    value: expected,
    reason: `neither an entry nor an intent of release ${release} is called so`,
    fix: "write an entry's id, an intent, or none; a new entry can be expected once it is in a release",
  };
}

/** What became of a row. */
export function outcomeOf(row: EvaluationRow, { by, expected }: Expected, hit: Hit): EvaluatedRow {
  const named = hit.ranked.map(({ entryId, intent }) => (by === 'intent' ? intent : entryId));
  const place = by === NONE ? -1 : named.indexOf(expected);
  return {
    ...row,
    expected,
    by,
    got: named[0] ?? NONE,
    confidence: Math.min(1, hit.ranked[0]?.confidence ?? 0),
    ...(place < 0 ? {} : { rank: place + 1 }),
    right: by === NONE ? !hit.shown : place === 0,
    shown: hit.shown,
    exact: hit.exact,
  };
}
