import type { Entry } from '../../domain/entry.ts';
import type { ColumnMapping } from '../../domain/import-job.ts';
import type { Language } from '../../domain/language.ts';

/** What a file is read with; all of it can be sent to a worker. */
export type ReadContext = {
  /** The tenant's: dates without an offset are read on its clocks. */
  timeZone: string;
  /** Who reads which header as what; wins over what headers seem to say. */
  mapping?: ColumnMapping;
  /** Of rows that name none. */
  language?: Language;
  /** The draft that a `merge` adds to; a `replace` leaves it out. */
  existing?: readonly Entry[];
  /** Names of the shop facts that are set or that packs ask for; left out, facts are not checked. */
  facts?: readonly string[];
  /** Further slots that can be filled. */
  slots?: readonly string[];
  /** Of the catalogue; left out, products are not checked. */
  productIds?: readonly string[];
};
