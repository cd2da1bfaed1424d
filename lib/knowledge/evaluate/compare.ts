import type { EvaluatedRow, Evaluation, Miss } from '../../domain/evaluation.ts';

const SHOWN = 200;

/** A row is the same row of another run when it asks the same and expects the same. */
const keyOf = ({ question, expected, language }: EvaluatedRow): string =>
  JSON.stringify([question, expected, language ?? '']);

/** A row as a list of misses shows it. */
export function missOf({ row, question, expected, language, got, confidence, rank }: EvaluatedRow): Miss {
  return {
    row,
    question,
    expected,
    ...(language === undefined ? {} : { language }),
    got,
    confidence,
    ...(rank === undefined ? {} : { rank }),
  };
}

/** What a run has right that an earlier one had wrong, and the other way round, over the rows both asked. */
export function compareRuns(
  before: { id: string; rows: readonly EvaluatedRow[] },
  now: readonly EvaluatedRow[],
): NonNullable<Evaluation['against']> {
  const earlier = new Map(before.rows.map((row) => [keyOf(row), row]));
  const pairs = [...new Map(now.map((row) => [keyOf(row), row])).entries()].flatMap(([key, is]) => {
    const was = earlier.get(key);
    return was === undefined ? [] : [{ was, is }];
  });
  const gained = pairs
    .filter(({ was, is }) => is.right && !was.right)
    .map(({ was, is }) => ({ ...missOf(was), row: is.row }));
  const lost = pairs.filter(({ was, is }) => was.right && !is.right).map(({ is }) => missOf(is));
  return {
    id: before.id,
    shared: pairs.length,
    gained: gained.slice(0, SHOWN),
    lost: lost.slice(0, SHOWN),
    gainedTotal: gained.length,
    lostTotal: lost.length,
  };
}
