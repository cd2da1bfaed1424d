import { decodeSnapshot } from '../snapshot.ts';
import { type Table, tableItem } from '../strings.ts';
import { catalogueOf } from './layout.ts';
import { mentionsIn } from './mentions.ts';
import { scoresFor } from './score.ts';
import { idAt, searchCatalogue, titleAt } from './search.ts';
import type { ProductIndex } from './types.ts';

const decoder = new TextDecoder();

/** The place of a text in a table in ascending order of UTF-16 units, or -1. */
function placeIn(table: Table, wanted: string): number {
  let from = 0;
  let to = table.offset.length - 1;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (decoder.decode(tableItem(table, middle)) < wanted) from = middle + 1;
    else to = middle;
  }
  return from < table.offset.length - 1 && decoder.decode(tableItem(table, from)) === wanted ? from : -1;
}

/** Reads what `compileProducts` wrote, in place. Throws `invalid` on anything else. */
export function openProducts(bytes: Uint8Array): ProductIndex {
  const catalogue = catalogueOf(decodeSnapshot(bytes));
  const size = catalogue.cents.length;
  const scores = scoresFor(size);
  const find = {
    size: (wanted: string) => placeIn(catalogue.sizes, wanted),
    product: (id: string) => placeIn(catalogue.ids, id),
  };
  return {
    size,
    bytes: bytes.length,
    search: (query) => searchCatalogue(catalogue, query, scores, find),
    mentions: (text) =>
      mentionsIn(catalogue.names, text).map(({ product, ...place }) => ({ id: idAt(catalogue, product), ...place })),
    title: (id) => {
      const product = find.product(id);
      return product < 0 ? undefined : titleAt(catalogue, product);
    },
  };
}
