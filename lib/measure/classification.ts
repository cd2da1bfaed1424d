/** Right or wrong, class by class. `expected` and `got` are class names; `got` is undefined where nothing was answered. */
export type Outcome = { expected: string; got: string | undefined };

export type ClassFigures = { name: string; precision: number; recall: number; f1: number; support: number };

export type Confusion = { expected: string; got: string; count: number };

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

export function accuracy(outcomes: readonly Outcome[]): number {
  return share(outcomes.filter(({ expected, got }) => expected === got).length, outcomes.length);
}

/** One line a class that was expected, in order of name. A class that was only ever answered wrongly has no line. */
export function classFigures(outcomes: readonly Outcome[]): ClassFigures[] {
  const expected = Map.groupBy(outcomes, (one) => one.expected);
  const got = Map.groupBy(outcomes, (one) => one.got);
  return Array.from(expected, ([name, own]) => {
    const right = own.filter((one) => one.got === name).length;
    const answered = got.get(name)?.length ?? 0;
    return {
      name,
      precision: share(right, answered),
      recall: share(right, own.length),
      f1: share(2 * right, own.length + answered),
      support: own.length,
    };
  }).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The mean of the classes' F1, each class counting alike (Y. Yang, X. Liu, 1999). */
export function macroF1(outcomes: readonly Outcome[]): number {
  const classes = classFigures(outcomes);
  return share(
    classes.reduce((sum, { f1 }) => sum + f1, 0),
    classes.length,
  );
}

/** The pairs that are taken for one another most often; equal counts in order of name. */
export function mostConfused(outcomes: readonly Outcome[], limit: number): Confusion[] {
  const wrong = outcomes.flatMap(({ expected, got }) =>
    got === undefined || got === expected ? [] : [{ expected, got, key: JSON.stringify([expected, got]) }],
  );
  return Array.from(Map.groupBy(wrong, ({ key }) => key).entries())
    .sort(([a, own], [b, other]) => other.length - own.length || (a < b ? -1 : 1))
    .slice(0, limit)
    .flatMap(([, own]) => own.slice(0, 1).map(({ expected, got }) => ({ expected, got, count: own.length })));
}

/** Matthews correlation over any number of classes, −1 to 1 (J. Gorodkin, 2004). 0 where it is not defined. */
export function matthews(outcomes: readonly Outcome[]): number {
  const count = outcomes.length;
  const right = outcomes.filter(({ expected, got }) => expected === got).length;
  const sizes = (of: (one: Outcome) => string | undefined) =>
    new Map(Array.from(Map.groupBy(outcomes, of), ([name, own]) => [name, own.length]));
  const expected = sizes((one) => one.expected);
  const got = sizes((one) => one.got);
  const squares = (map: Map<string | undefined, number>) => [...map.values()].reduce((sum, size) => sum + size ** 2, 0);
  const both = [...expected].reduce((sum, [name, size]) => sum + size * (got.get(name) ?? 0), 0);
  const spread = Math.sqrt((count ** 2 - squares(got)) * (count ** 2 - squares(expected)));
  return share(right * count - both, spread);
}

/**
 * Of texts that no class answers, the highest share refused at a threshold that still answers at least `accuracy` of
 * the others rightly (S. Larson et al., "An evaluation dataset for intent classification and out-of-scope prediction",
 * 2019). `foreign` are confidences. Undefined where no threshold answers so many rightly.
 */
export function outOfScopeRecallAt(
  inScope: readonly { confidence: number; right: boolean }[],
  foreign: readonly number[],
  accuracy: number,
): number | undefined {
  const right = inScope
    .filter((one) => one.right)
    .map((one) => one.confidence)
    .sort((a, b) => b - a);
  const needed = Math.ceil(accuracy * inScope.length - 1e-9);
  if (right.length < needed) return undefined;
  const threshold = needed === 0 ? Number.POSITIVE_INFINITY : (right[needed - 1] ?? 0);
  return share(foreign.filter((confidence) => confidence < threshold).length, foreign.length);
}

/** The 95 % interval of a share seen as `right` of `count` (E. Wilson, 1927). Nothing is known of nothing: 0 to 1. */
export function wilsonInterval(right: number, count: number): { from: number; to: number } {
  if (count === 0) return { from: 0, to: 1 };
  const z2 = 1.96 ** 2;
  const share = right / count;
  const middle = (share + z2 / (2 * count)) / (1 + z2 / count);
  const half = (1.96 / (1 + z2 / count)) * Math.sqrt((share * (1 - share)) / count + z2 / (4 * count ** 2));
  return { from: Math.max(0, middle - half), to: Math.min(1, middle + half) };
}
