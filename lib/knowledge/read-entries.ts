import { CuecardError } from '../domain/error.ts';
import type { ImportFormat } from '../domain/import-job.ts';
import { entriesOf, type ReadResult } from './checks/entries-of.ts';
import { knownHeaders } from './checks/mapping.ts';
import type { ReadContext } from './checks/read-context.ts';
import { readFile } from './files/read-file.ts';

/**
 * Entries of an uploaded file. Every bad row is named with its column, value, reason and fix, and costs no good one.
 * Throws `invalid` when the file as a whole cannot be read, `unsupported_media` for a format or content that is no text.
 */
export function readEntries(bytes: Uint8Array, format: ImportFormat, context: ReadContext): ReadResult {
  const known = (cells: readonly string[]) => knownHeaders(cells, context.mapping);
  const result = entriesOf(readFile(bytes, { hint: format, known }), context);
  if (result.problem !== undefined) throw new CuecardError('invalid', result.problem);
  return result;
}
