/** 32-bit hashes stand for features everywhere: no strings are kept, compared or stored. */

const FNV_PRIME = 0x01000193;

/** One step of FNV-1a over a 16-bit unit. */
export function step(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, FNV_PRIME);
}

/** Spreads the bits (MurmurHash3's finaliser), since FNV's upper bits are poor on short strings. Unsigned. */
export function finish(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

export function hashString(text: string, seed: number): number {
  let hash = seed;
  for (let i = 0; i < text.length; i += 1) hash = step(hash, text.charCodeAt(i));
  return finish(hash);
}

/** Of an ordered pair of hashes. */
export function hashPair(first: number, second: number, seed: number): number {
  return finish(Math.imul(first ^ seed, 0x9e3779b1) + second);
}

/** A generator of repeatable "random" numbers in [0, 1): mulberry32. */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Puts the first `count` numbers into random order. */
export function shuffle(order: Uint32Array, count: number, random: () => number): void {
  for (let at = count - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    const kept = order[at] ?? 0;
    order[at] = order[other] ?? 0;
    order[other] = kept;
  }
}
