import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CuecardError } from '../../../lib/domain/error.ts';
import type { ReadResult } from '../../../lib/knowledge/checks/entries-of.ts';
import { readEntries } from '../../../lib/knowledge/read-entries.ts';

const context = { timeZone: 'Asia/Shanghai' };

/** What reading gives, or the error in words that it may raise; any other error fails the test. */
function read(bytes: Uint8Array, format: 'csv' | 'json'): ReadResult | CuecardError {
  try {
    return readEntries(bytes, format, context);
  } catch (error) {
    if (error instanceof CuecardError) return error;
    throw error;
  }
}

/** Rows that became an answer, and rows that were named: together all that the file has. */
function accountedFor({ entries, rejected }: ReadResult): number {
  const answers = entries.reduce((sum, entry) => sum + entry.answers.length, 0);
  return answers + new Set(rejected.map((problem) => problem.row)).size;
}

const cell = fc.oneof(
  fc.constantFrom('', 'a', 'b?', '问', '"', '""', '"x"', 'y"z', '"open', 'x\ny', '"in\nside"', ',', '\t', '=1', 'paid'),
  fc.string({ maxLength: 6 }),
);
const table = fc
  .array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 12 })
  .map((rows) => `id,question,answer,when\n${rows.map((row) => row.join(',')).join('\n')}\n`);

describe('whatever is uploaded', () => {
  test('bytes of any kind are read or refused in words', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.constantFrom('csv', 'json'), (bytes, format) => {
        expect(read(bytes, format)).toBeDefined();
      }),
      { numRuns: 500 },
    );
  });

  test('no row of a broken spreadsheet is lost without a word', () => {
    fc.assert(
      fc.property(table, (text) => {
        const result = read(Buffer.from(text), 'csv');
        if (!(result instanceof CuecardError)) expect(accountedFor(result)).toBe(result.rows);
      }),
      { numRuns: 500 },
    );
  });

  test('JSON of any shape: every value is an entry or named', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 6 }), (values) => {
        const result = read(Buffer.from(JSON.stringify(values)), 'json');
        if (result instanceof CuecardError) throw result;
        expect(result.entries.length + new Set(result.rejected.map(({ row }) => row)).size).toBe(values.length);
      }),
      { numRuns: 300 },
    );
  });

  test('a file of nothing but open quotes is refused in words, and soon', () => {
    const text = `question,answer\n${'"open,x\n'.repeat(20_001)}`;
    expect(read(Buffer.from(text), 'csv')).toMatchObject({ kind: 'invalid', message: expect.stringContaining('row') });
  });
});
