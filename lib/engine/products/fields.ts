import type { Product } from '../../domain/product.ts';
import { normalize } from '../normalize.ts';
import { analyse, headOf, type Word } from './words.ts';

/**
 * What is indexed of a product. Fields are weighed before the term frequency saturates (BM25F: S. Robertson,
 * H. Zaragoza, M. Taylor, "Simple BM25 extension to multiple weighted fields", 2004).
 */
const WEIGHTS = { title: 1, alias: 0.9, category: 0.7, attribute: 0.6, description: 0.25 } as const;
/** A character alone says less than the pairs it stands in. */
const SINGLE = 0.3;

export type Read = {
  title: Word[];
  head: number;
  /** Term to weighted frequency. */
  terms: Map<string, number>;
  length: number;
  sizes: string[];
  /** Everything the product says of itself, normalised: what needs are looked for in. */
  text: string;
};

const SIZE_NAME = /尺码|尺寸|码数|鞋码|大小|^sizes?$|\bsizes?\b/i;
const MOST_SIZES = 60;

/** `S,M,L`, `36-45`, `6-13`: each size of a list or a range. */
function sizesIn(value: string): string[] {
  return normalize(value)
    .split(/[,，、/|;\s]+/)
    .flatMap((piece) => {
      const range = /^(\d{1,3})\s?[-–~]\s?(\d{1,3})$/.exec(piece);
      const [from, to] = [Number(range?.[1]), Number(range?.[2])];
      if (range === null || to - from > MOST_SIZES) return [sizeKey(piece)];
      return Array.from({ length: Math.max(0, to - from) + 1 }, (_, step) => String(from + step));
    })
    .filter((size) => size !== '');
}

/** `XXL` and `2xl`, `41码` and `41` are one size. */
export function sizeKey(size: string): string {
  const plain = normalize(size).replace(/[码号\s]|size/g, '');
  const many = /^(x{2,5})l$/.exec(plain);
  return many === null ? plain : `${many[1]?.length}xl`;
}

const attributesOf = (product: Product): [string, string][] => Object.entries(product.attributes);

function fieldsOf(product: Product): [string, number][] {
  const { title, aliases, category, description } = product;
  return [
    [title, WEIGHTS.title],
    ...aliases.map((alias): [string, number] => [alias, WEIGHTS.alias]),
    [category ?? '', WEIGHTS.category],
    ...attributesOf(product).map(([name, value]): [string, number] => [`${value} ${name}`, WEIGHTS.attribute]),
    [description ?? '', WEIGHTS.description],
  ];
}

/** `防水=是` says "防水", `fragrance=none` says "fragrance none": read as the need table reads customers. */
function sayings(product: Product): string {
  const { title, aliases, category, description } = product;
  const attributes = attributesOf(product).map(([name, value]) =>
    /^(?:否|无|没有|no|none|false|0)$/i.test(value) ? `无${name} no ${name}` : `${name} ${value}`,
  );
  return normalize([title, ...aliases, category ?? '', ...attributes, description ?? ''].join(' \n '));
}

export function readProduct(product: Product): Read {
  const title = analyse(product.title);
  const terms = new Map<string, number>();
  let length = 0;
  for (const [text, weight] of fieldsOf(product)) {
    for (const { term, kind } of analyse(text)) {
      const worth = weight * (kind === 'single' ? SINGLE : 1);
      terms.set(term, (terms.get(term) ?? 0) + worth);
      length += worth;
    }
  }
  const spoken = title.filter(({ kind }) => kind !== 'single');
  return {
    title: spoken,
    head: headOf(spoken),
    terms,
    length,
    sizes: [...new Set(attributesOf(product).flatMap(([name, value]) => (SIZE_NAME.test(name) ? sizesIn(value) : [])))],
    text: sayings(product),
  };
}
