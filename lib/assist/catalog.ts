import * as z from 'zod';
import { ProductId } from '../domain/ids.ts';
import type { Product } from '../domain/product.ts';
import { foldText } from './fold-text.ts';
import { type NameIndex, nameIndex } from './name-index.ts';
import type { Catalog, ProductMention } from './situation.ts';

/** What the message way keeps of a product: what it is called. Its facts are read when they are shown. */
const Named = z.object({ id: ProductId, title: z.string(), names: z.array(z.string()) });
const CatalogFile = z.object({ version: z.literal(1), products: z.array(Named) });

/** A name of one character, or a number of fewer than four digits, says nothing in a sentence. */
const FEWEST_CHARACTERS = 2;
const FEWEST_DIGITS = 4;
/** Nobody types more of a title than this. */
const MOST_CHARACTERS = 120;

/** The product index as stored: title, aliases and SKU of every product. */
export function buildCatalog(products: readonly Product[]): Uint8Array {
  const named = products.map(({ id, title, aliases, sku }) => {
    const names = [title, ...aliases, ...(sku === undefined ? [] : [sku])];
    return { id, title, names: [...new Set(names)].filter(isTelling) };
  });
  return new TextEncoder().encode(JSON.stringify({ version: 1, products: named }));
}

/** Reads what `buildCatalog` wrote. Throws a ZodError or SyntaxError on anything else. */
export function openCatalog(bytes: Uint8Array): Catalog {
  const { products } = CatalogFile.parse(JSON.parse(new TextDecoder().decode(bytes)));
  const titles = new Map(products.map(({ id, title }) => [id as string, title]));
  const index = nameIndex(
    products.flatMap(({ id, names }) => names.map((name) => ({ name: foldText(name).text, id }))),
  );
  return { mentions: (text) => mentionsIn(index, text), title: (id) => titles.get(id) };
}

function isTelling(name: string): boolean {
  const { text } = foldText(name);
  if (text.length > MOST_CHARACTERS) return false;
  return text.length >= (/^\d+$/.test(text) ? FEWEST_DIGITS : FEWEST_CHARACTERS);
}

const ALPHANUMERIC = /[\p{Script=Latin}\p{N}]/u;

/** A name that begins or ends with a letter or digit is only named as a whole word: `mat` is not in `format`. */
function isWhole(text: string, start: number, end: number): boolean {
  const cutsBefore = ALPHANUMERIC.test(text.charAt(start)) && ALPHANUMERIC.test(text.charAt(start - 1));
  const cutsAfter = ALPHANUMERIC.test(text.charAt(end - 1)) && ALPHANUMERIC.test(text.charAt(end));
  return !cutsBefore && !cutsAfter;
}

/** Products named in a text, left to right, the longest name where several begin; one step per character. */
function mentionsIn(index: NameIndex<ProductId>, text: string): ProductMention[] {
  const folded = foldText(text);
  const at = index.reader(folded.text);
  const mentions: ProductMention[] = [];
  for (let from = 0; from < folded.text.length; ) {
    const fits = (length: number) => isWhole(text, folded.starts[from] ?? 0, folded.ends[from + length - 1] ?? 0);
    const found = at(from, fits);
    const start = folded.starts[from] ?? 0;
    const end = folded.ends[from + (found?.length ?? 1) - 1] ?? start;
    for (const id of found?.values ?? []) mentions.push({ id, text: text.slice(start, end), start, end });
    from += found?.length ?? 1;
  }
  return mentions;
}
