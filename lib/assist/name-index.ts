/**
 * Finds which of many names begins at a place of a text. Names are grouped by their first two characters; within a
 * group only the lengths that occur are tried, each by one rolling-hash comparison, so that a text costs a few steps
 * a character however many names there are and however it repeats itself.
 */
export type NameIndex<Value> = {
  /** Reads one text: at a place, the longest name that begins there and that `fits` accepts (by its length). */
  reader(text: string): (from: number, fits: (length: number) => boolean) => Found<Value> | undefined;
};
type Found<Value> = { length: number; values: readonly Value[] };

const BASE = 0x01000193;

/** `hashes[i]` is the hash of the first `i` units; `powers[i]` is `BASE ** i`, both modulo 2^32. */
function prefixes(text: string): { hashes: Int32Array; powers: Int32Array } {
  const hashes = new Int32Array(text.length + 1);
  const powers = new Int32Array(text.length + 1);
  powers[0] = 1;
  for (let at = 0; at < text.length; at += 1) {
    hashes[at + 1] = Math.imul(hashes[at] ?? 0, BASE) + text.charCodeAt(at) + 1;
    powers[at + 1] = Math.imul(powers[at] ?? 0, BASE);
  }
  return { hashes, powers };
}

function hashOf(name: string): number {
  return prefixes(name).hashes[name.length] ?? 0;
}

/** `names` are folded, of at least two units; names that several things share keep all of them, in order. */
export function nameIndex<Value>(names: readonly { name: string; id: Value }[]): NameIndex<Value> {
  const byName = new Map<string, Value[]>();
  const hashes = new Set<number>();
  const lengths = new Map<string, Set<number>>();
  for (const { name, id } of names) {
    const values = byName.get(name);
    if (values === undefined) byName.set(name, [id]);
    else if (!values.includes(id)) values.push(id);
    hashes.add(hashOf(name));
    const start = name.slice(0, 2);
    lengths.set(start, (lengths.get(start) ?? new Set()).add(name.length));
  }
  const longestFirst = new Map([...lengths].map(([start, set]) => [start, [...set].sort((a, b) => b - a)]));
  return { reader: (text) => readerOf(text, byName, hashes, longestFirst) };
}

function readerOf<Value>(
  text: string,
  byName: ReadonlyMap<string, readonly Value[]>,
  known: ReadonlySet<number>,
  lengths: ReadonlyMap<string, readonly number[]>,
): (from: number, fits: (length: number) => boolean) => Found<Value> | undefined {
  const { hashes, powers } = prefixes(text);
  const hashAt = (from: number, to: number) =>
    ((hashes[to] ?? 0) - Math.imul(hashes[from] ?? 0, powers[to - from] ?? 0)) | 0;
  return (from, fits) => {
    for (const length of lengths.get(text.slice(from, from + 2)) ?? []) {
      const to = from + length;
      if (to > text.length || !known.has(hashAt(from, to)) || !fits(length)) continue;
      const values = byName.get(text.slice(from, to));
      if (values !== undefined) return { length, values };
    }
    return undefined;
  };
}
