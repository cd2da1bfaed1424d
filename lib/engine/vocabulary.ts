import { bump, cumulate } from './arrays.ts';

/**
 * Hash to id without building anything when a snapshot is opened: the sorted hashes, and where each range of
 * leading bits starts. Hashes are evenly spread, so a look-up reads a few of them.
 */
export type Vocabulary = { hashes: Uint32Array; starts: Uint32Array };

/** Hashes a range, at most, on average. */
const RANGE = 4;

/** How far to shift a hash to get its range. */
function shiftFor(ranges: number): number {
  return 32 - Math.log2(ranges);
}

/** `hashes` must be ascending and distinct; a hash's id is its place. */
export function buildVocabulary(hashes: Uint32Array): Vocabulary {
  const ranges = 2 ** Math.max(1, Math.ceil(Math.log2((hashes.length + 1) / RANGE)));
  const shift = shiftFor(ranges);
  const starts = new Uint32Array(ranges + 1);
  for (let id = 0; id < hashes.length; id += 1) bump(starts, ((hashes[id] ?? 0) >>> shift) + 1);
  cumulate(starts);
  return { hashes, starts };
}

/** Distinct hashes of many lists, ascending. */
export function collectHashes(lists: readonly ArrayLike<number>[]): Uint32Array {
  const all = new Set<number>();
  for (const list of lists) for (let i = 0; i < list.length; i += 1) all.add(list[i] ?? 0);
  return Uint32Array.from(all).sort();
}

/** The id of a hash, or -1. */
export function idOf({ hashes, starts }: Vocabulary, hash: number): number {
  const range = hash >>> shiftFor(starts.length - 1);
  const end = starts[range + 1] ?? 0;
  for (let id = starts[range] ?? 0; id < end; id += 1) if (hashes[id] === hash) return id;
  return -1;
}
