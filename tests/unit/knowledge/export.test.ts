import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Entry } from '../../../lib/domain/entry.ts';
import { questionKey } from '../../../lib/knowledge/entry-rows.ts';
import { entriesToCsv } from '../../../lib/knowledge/export.ts';
import { readEntries } from '../../../lib/knowledge/read-entries.ts';

const read = (csv: string) => readEntries(Buffer.from(csv), 'csv', { timeZone: 'Asia/Shanghai' });

/** What a cell can hold: no outer spaces, no slots (they are checked), any other text of one or more lines. */
const text = fc
  .array(fc.constantFrom('a', 'B', '7', '问', ' ', ',', ';', '"', "'", '=', '+', '-', '@', '\n', '\t', '，', '🙂'), {
    minLength: 1,
    maxLength: 12,
  })
  .map((letters) =>
    letters
      .join('')
      .replace(/[ \t]*\n[ \t]*/g, '\n')
      .trim(),
  )
  .filter((one) => one !== '');
const item = text.map((one) => one.replace(/[\n,;，"']/g, '_').trim()).filter((one) => questionKey(one) !== '');

const answer = fc.record(
  {
    text,
    when: fc.constantFrom('order.status = paid', 'first_contact', 'shop = a'),
    validFrom: fc.constant('2026-11-11T20:00:00+08:00'),
    channels: fc.uniqueArray(item, { minLength: 1, maxLength: 2 }),
    cards: fc.constant(['p1', 'p2']),
  },
  { requiredKeys: ['text'] },
);

const entry = fc
  .record(
    {
      question: text.filter((one) => questionKey(one) !== ''),
      similarQuestions: fc.uniqueArray(item, { maxLength: 3, selector: questionKey }),
      answers: fc.uniqueArray(answer, { minLength: 1, maxLength: 3, selector: (one) => one.text }),
      ask: text,
      policy: fc.constantFrom('auto', 'assist', 'human'),
      note: text,
    },
    { requiredKeys: ['question', 'similarQuestions', 'answers', 'policy'] },
  )
  .filter(({ question, similarQuestions }) => !similarQuestions.map(questionKey).includes(questionKey(question)));

const entries = fc
  .uniqueArray(entry, { maxLength: 4, selector: ({ question }) => questionKey(question) })
  .map((list) => list.map((one, index) => Entry.parse({ id: `e${index}`, intent: `i${index}`, ...one })));

describe('export', () => {
  test('a CSV of any entries imports to the same entries', () => {
    fc.assert(
      fc.property(entries, (list) => {
        if (list.length === 0) return;
        const back = read(entriesToCsv(list));
        expect(back.rejected).toEqual([]);
        expect(back.entries).toEqual(list);
      }),
      { numRuns: 300 },
    );
  });

  test('no cell of a file begins like a formula, whatever the texts are', () => {
    fc.assert(
      fc.property(entries, (list) => {
        const cells: string[] = parse(entriesToCsv(list), { bom: true }).flat();
        expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
      }),
    );
    const formula = Entry.parse({ id: 'f', intent: 'f', question: '=1+1', answers: [{ text: '@SUM(A1)' }] });
    const csv = entriesToCsv([formula]);
    expect(csv).toContain(",'=1+1,");
    expect(csv).toContain(",'@SUM(A1),");
    expect(read(csv).entries[0]).toMatchObject({ question: '=1+1', answers: [{ text: '@SUM(A1)' }] });
  });
});
