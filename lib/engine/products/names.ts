import { cumulate, type Numbers, numbers, rangeOf } from '../arrays.ts';
import { packTable, type Table, tableItem } from '../strings.ts';
import { buildVocabulary, idOf, type Vocabulary } from '../vocabulary.ts';

/**
 * Which of many names begins at a place of a text. Names are found by a rolling hash (R. Karp, M. Rabin, "Efficient
 * randomized pattern-matching algorithms", 1987) and then compared, so that a text costs a few steps a character
 * however many names there are and however it repeats itself. `begin` knows, by a name's first two units, which
 * lengths are worth a look.
 */
export type Names = {
  vocabulary: Vocabulary;
  /** By hash: its names, their texts, and their products. */
  nameStart: Uint32Array;
  texts: Table;
  productStart: Uint32Array;
  product: Numbers;
  begin: Vocabulary;
  lengthStart: Uint32Array;
  length: Uint16Array;
};

export type FoundName = { length: number; products: readonly number[] };

const BASE = 0x01000193;
const decoder = new TextDecoder();

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

/** Spread over 32 bits, since `idOf` looks at the leading ones. */
const spread = (hash: number): number => Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
const hashOf = (name: string): number => spread(prefixes(name).hashes[name.length] ?? 0);

/** Groups values by key; keys ascending. */
function grouped<Value>(pairs: readonly (readonly [number, Value])[]): { keys: Uint32Array; groups: Value[][] } {
  const byKey = new Map<number, Value[]>();
  for (const [key, value] of pairs) {
    const group = byKey.get(key);
    if (group === undefined) byKey.set(key, [value]);
    else if (!group.includes(value)) group.push(value);
  }
  const keys = Uint32Array.from(byKey.keys()).sort();
  return { keys, groups: Array.from(keys, (key) => byKey.get(key) ?? []) };
}

function startsOf(groups: readonly (readonly unknown[])[]): Uint32Array {
  const start = new Uint32Array(groups.length + 1);
  groups.forEach((group, at) => {
    start[at + 1] = group.length;
  });
  cumulate(start);
  return start;
}

/** `names` are folded, of at least two units; names that several products share keep all of them, in order. */
export function buildNames(names: readonly { name: string; product: number }[], products: number): Names {
  const owners = new Map<string, number[]>();
  for (const { name, product } of names) {
    const known = owners.get(name);
    if (known === undefined) owners.set(name, [product]);
    else if (known.at(-1) !== product) known.push(product);
  }
  const distinct = [...owners.keys()].sort();
  const byHash = grouped(distinct.map((name) => [hashOf(name), name] as const));
  const texts = byHash.groups.flat();
  const lists = texts.map((name) => owners.get(name) ?? []);
  const product = numbers(lists.flat().length, products);
  product.set(lists.flat());
  const byBegin = grouped(distinct.map((name) => [hashOf(name.slice(0, 2)), name.length] as const));
  const encoder = new TextEncoder();
  return {
    vocabulary: buildVocabulary(byHash.keys),
    nameStart: startsOf(byHash.groups),
    texts: packTable(texts.map((name) => encoder.encode(name))),
    productStart: startsOf(lists),
    product,
    begin: buildVocabulary(byBegin.keys),
    lengthStart: startsOf(byBegin.groups),
    length: Uint16Array.from(byBegin.groups.flatMap((lengths) => lengths.sort((a, b) => b - a))),
  };
}

function productsOf(names: Names, hash: number, text: string): readonly number[] | undefined {
  const id = idOf(names.vocabulary, hash);
  if (id < 0) return undefined;
  const [from, to] = rangeOf(names.nameStart, id);
  for (let name = from; name < to; name += 1) {
    if (decoder.decode(tableItem(names.texts, name)) !== text) continue;
    const [first, end] = rangeOf(names.productStart, name);
    return Array.from(names.product.subarray(first, end));
  }
  return undefined;
}

/** Reads one text: at a place, the longest name that begins there and that `fits` accepts (by its length). */
export function nameReader(
  names: Names,
  text: string,
): (from: number, fits: (length: number) => boolean) => FoundName | undefined {
  const { hashes, powers } = prefixes(text);
  const hashAt = (from: number, to: number) =>
    spread(((hashes[to] ?? 0) - Math.imul(hashes[from] ?? 0, powers[to - from] ?? 0)) | 0);
  const lengthsAt = (from: number): Uint16Array => {
    const begin = from + 2 > text.length ? -1 : idOf(names.begin, hashAt(from, from + 2));
    const [first, end] = begin < 0 ? [0, 0] : rangeOf(names.lengthStart, begin);
    return names.length.subarray(first, end);
  };
  return (from, fits) => {
    for (const length of lengthsAt(from)) {
      if (from + length > text.length || !fits(length)) continue;
      const products = productsOf(names, hashAt(from, from + length), text.slice(from, from + length));
      if (products !== undefined) return { length, products };
    }
    return undefined;
  };
}
