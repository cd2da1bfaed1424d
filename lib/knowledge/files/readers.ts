import { entriesOf, type ReadResult } from '../checks/entries-of.ts';
import { knownHeaders } from '../checks/mapping.ts';
import type { ReadContext } from '../checks/read-context.ts';
import type { ColumnNames } from '../columns.ts';
import { knownHeaders as headersAmong } from '../named-table.ts';
import { readProducts } from '../read-products.ts';
import type { ProductsRead } from '../read-shopify.ts';
import { readFile } from './read-file.ts';
import type { FileContent } from './types.ts';

/** Called now and then while a file is read, so that whoever waits knows that it goes on. */
export type OnReading = (stage: 'reading' | 'checking', done: number, total: number) => void;

/** What files are read for. All that is asked for can be sent to a worker, and all that is answered comes back. */
export type Requests = {
  entries: { hint: string | undefined; context: ReadContext };
  products: { updatedAt: string };
  /** Any file as it is; `columns` are the ones that a table is expected to have. */
  content: { hint: string | undefined; columns: ColumnNames<string> };
};
export type Answers = { entries: ReadResult; products: ProductsRead; content: FileContent };

/** Reads an upload. Raises `unsupported_media`, `too_large` or `invalid`, saying what to do. */
export type ReadUpload = <What extends keyof Requests>(
  what: What,
  bytes: Uint8Array,
  request: Requests[What],
  onReading?: OnReading,
) => Promise<Answers[What]>;

function readEntries(bytes: Uint8Array, { hint, context }: Requests['entries'], onReading: OnReading): ReadResult {
  const content = readFile(bytes, { hint, known: (cells) => knownHeaders(cells, context.mapping) });
  onReading('checking', 0, 1);
  return entriesOf(content, context);
}

const READ: {
  [What in keyof Requests]: (bytes: Uint8Array, request: Requests[What], onReading: OnReading) => Answers[What];
} = {
  entries: readEntries,
  products: (bytes, { updatedAt }) => readProducts(bytes, updatedAt),
  content: (bytes, { hint, columns }) => readFile(bytes, { hint, known: headersAmong(columns) }),
};

/** Reads where it is called: in a worker, or in tests. */
export function readHere<What extends keyof Requests>(
  what: What,
  bytes: Uint8Array,
  request: Requests[What],
  onReading: OnReading = () => undefined,
): Answers[What] {
  onReading('reading', 0, 1);
  return READ[what](bytes, request, onReading);
}
