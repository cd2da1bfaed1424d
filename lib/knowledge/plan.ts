import type { Entry } from '../domain/entry.ts';
import type { ImportCounts, ImportMode } from '../domain/import-job.ts';

/** What an import does to what is there: computed from both, so that a rerun only does what is left. `kept` stay as they are. */
export type Plan<T> = { puts: T[]; kept: T[]; removes: T[]; counts: ImportCounts };

/**
 * `same` says that the present one stays as it is (counted as unchanged). `replace` removes what the file does not name, `merge`
 * what it says is `gone`.
 */
export function planImport<T extends { id: string }>(
  present: readonly T[],
  wanted: readonly T[],
  mode: ImportMode,
  same: (present: T, wanted: T) => boolean,
  gone: ReadonlySet<string> = new Set(),
): Plan<T> {
  const known = new Map(present.map((item) => [item.id, item]));
  const puts: T[] = [];
  const kept: T[] = [];
  const counts: ImportCounts = { added: 0, changed: 0, unchanged: 0, removed: 0 };
  for (const item of wanted) {
    const before = known.get(item.id);
    if (before !== undefined && same(before, item)) {
      counts.unchanged++;
      kept.push(before);
      continue;
    }
    puts.push(item);
    if (before === undefined) counts.added++;
    else counts.changed++;
  }
  const named = new Set(wanted.map((item) => item.id));
  const removes = present.filter((item) => !named.has(item.id) && (mode === 'replace' || gone.has(item.id)));
  counts.removed = removes.length;
  return { puts, kept, removes, counts };
}

/** Keys in one order, so that two values with the same fields are the same text. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

/** What a file says of an entry, without where it came from: exporting and importing a pack's entry changes nothing. */
export const sameEntry = (present: Entry, wanted: Entry): boolean =>
  canonical({ ...present, pack: undefined }) === canonical({ ...wanted, pack: undefined });

/** What a file says of a pack's entry without naming the pack is an edit of it: later updates are merged into it. */
export function keepMarks(present: readonly Entry[], wanted: readonly Entry[]): Entry[] {
  const marks = new Map(present.map(({ id, pack }) => [id, pack]));
  return wanted.map((entry) => {
    const mark = entry.pack ?? marks.get(entry.id);
    return mark === undefined ? entry : { ...entry, pack: mark };
  });
}

/** `ecommerce` of `ecommerce@1.2.0`. */
export const packName = (tag: string | undefined): string | undefined => tag?.split('@')[0];

/** Compares two things in all fields but those named. */
export const sameExcept =
  <T extends object>(...fields: readonly (keyof T & string)[]) =>
  (present: T, wanted: T): boolean => {
    const without = (item: T): unknown => ({ ...item, ...Object.fromEntries(fields.map((name) => [name, undefined])) });
    return canonical(without(present)) === canonical(without(wanted));
  };
