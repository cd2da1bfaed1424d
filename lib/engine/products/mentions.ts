import type { Product } from '../../domain/product.ts';
import { foldText } from './fold-text.ts';
import { type Names, nameReader } from './names.ts';

/** A name of one character, or a number of fewer than four digits, says nothing in a sentence. */
const FEWEST_CHARACTERS = 2;
const FEWEST_DIGITS = 4;
/** Nobody types more of a title than this. */
const MOST_CHARACTERS = 120;

function isTelling(folded: string): boolean {
  if (folded.length > MOST_CHARACTERS) return false;
  return folded.length >= (/^\d+$/.test(folded) ? FEWEST_DIGITS : FEWEST_CHARACTERS);
}

/** Title, aliases and SKU of every product, folded; `product` is its place. */
export function tellingNames(products: readonly Product[]): { name: string; product: number }[] {
  return products.flatMap(({ title, aliases, sku }, product) => {
    const names = [title, ...aliases, ...(sku === undefined ? [] : [sku])].map((name) => foldText(name).text);
    return [...new Set(names)].filter(isTelling).map((name) => ({ name, product }));
  });
}

const ALPHANUMERIC = /[\p{Script=Latin}\p{N}]/u;

/** A name that begins or ends with a letter or digit is only named as a whole word: `mat` is not in `format`. */
function isWhole(text: string, start: number, end: number): boolean {
  const cutsBefore = ALPHANUMERIC.test(text.charAt(start)) && ALPHANUMERIC.test(text.charAt(start - 1));
  const cutsAfter = ALPHANUMERIC.test(text.charAt(end - 1)) && ALPHANUMERIC.test(text.charAt(end));
  return !cutsBefore && !cutsAfter;
}

export type Named = { product: number; text: string; start: number; end: number };

/** Products named in a text, left to right, the longest name where several begin; one step per character. */
export function mentionsIn(names: Names, text: string): Named[] {
  const folded = foldText(text);
  const at = nameReader(names, folded.text);
  const mentions: Named[] = [];
  for (let from = 0; from < folded.text.length; ) {
    const fits = (length: number) => isWhole(text, folded.starts[from] ?? 0, folded.ends[from + length - 1] ?? 0);
    const found = at(from, fits);
    const start = folded.starts[from] ?? 0;
    const end = folded.ends[from + (found?.length ?? 1) - 1] ?? start;
    for (const product of found?.products ?? []) mentions.push({ product, text: text.slice(start, end), start, end });
    from += found?.length ?? 1;
  }
  return mentions;
}
