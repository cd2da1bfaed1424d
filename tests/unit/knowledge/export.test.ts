import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Entry } from '../../../lib/domain/entry.ts';
import { questionKey } from '../../../lib/knowledge/entry-rows.ts';
import { type ExportFormat, entriesToCsv, writeEntries } from '../../../lib/knowledge/export.ts';
import { readEntries } from '../../../lib/knowledge/read-entries.ts';

const read = (bytes: string | Uint8Array, format: ExportFormat = 'csv') =>
  readEntries(Buffer.from(bytes), format, { timeZone: 'Asia/Shanghai' });

/** What a cell can hold: no outer spaces, no slots (they are checked), any other text of one or more lines. */
const text = fc
  .array(
    fc.constantFrom(
      ...[
        'a',
        'B',
        '7',
        '问',
        ' ',
        ',',
        ';',
        '"',
        "'",
        '=',
        '+',
        '-',
        '@',
        '|',
        '｜',
        '\\',
        '\n',
        '\t',
        '，',
        '、',
        '🙂',
        '<',
        '&',
      ],
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((letters) =>
    letters
      .join('')
      .replace(/[ \t]*\n[ \t]*/g, '\n')
      .trim(),
  )
  .filter((one) => one !== '');
const line = text.map((one) => one.replace(/\n/g, ' ').trim()).filter((one) => questionKey(one) !== '');
const name = line.map((one) => one.replace(/[\s\\]+/g, '_'));

const instant = fc.constantFrom('2026-11-11T20:00:00+08:00', '2026-03-29T01:30:00+01:00', '2027-01-01T00:00:00Z');
const answer = fc.record(
  {
    text,
    when: fc.constantFrom('order.status = paid', 'first_contact', 'shop = a'),
    validFrom: fc.constant('2026-01-01T00:00:00-05:00'),
    validUntil: instant,
    channels: fc.uniqueArray(name, { minLength: 1, maxLength: 2 }),
    shop: line,
    attachments: fc.constant(['https://shop.example/a.png', 'https://shop.example/b?c=1|2']),
    cards: fc.constant(['p1', 'p2,x']),
  },
  { requiredKeys: ['text'] },
);

const entry = fc
  .record(
    {
      language: fc.constantFrom('zh', 'en'),
      category: line,
      question: text.filter((one) => questionKey(one) !== ''),
      similarQuestions: fc.uniqueArray(line, { maxLength: 3, selector: questionKey }),
      answers: fc.uniqueArray(answer, { minLength: 1, maxLength: 3, selector: (one) => one.text }),
      ask: text,
      policy: fc.constantFrom('auto', 'assist', 'human'),
      shortcut: line,
      note: text,
      off: fc.constant(true),
      pack: fc.constant('ecommerce@1.0.0'),
      passage: fc.record(
        { article: line, path: fc.array(line, { maxLength: 3 }), url: fc.constant('https://shop.example/help') },
        { requiredKeys: ['article', 'path'] },
      ),
    },
    { requiredKeys: ['question', 'similarQuestions', 'answers', 'policy'] },
  )
  .filter(({ question, similarQuestions }) => !similarQuestions.map(questionKey).includes(questionKey(question)));

const entries = fc
  .uniqueArray(entry, { minLength: 1, maxLength: 4, selector: ({ question }) => questionKey(question) })
  .map((list) => list.map((one, index) => Entry.parse({ id: `e${index}`, intent: `i${index}`, ...one })));

/** The same moment may be written on other clocks. */
const meaning = (list: readonly Entry[]): unknown =>
  list.map((one) => ({
    ...one,
    answers: one.answers.map((each) => ({
      ...each,
      ...(each.validFrom === undefined ? {} : { validFrom: Date.parse(each.validFrom) }),
      ...(each.validUntil === undefined ? {} : { validUntil: Date.parse(each.validUntil) }),
    })),
  }));

describe('export', () => {
  test.each([
    ['csv', 300],
    ['json', 100],
    ['xlsx', 60],
  ] as const)('a file of any entries imports to the same entries: %s', async (format, numRuns) => {
    await fc.assert(
      fc.asyncProperty(entries, async (list) => {
        const back = read(await writeEntries(list, format), format);
        expect(back.rejected).toEqual([]);
        expect(back.ignoredColumns).toEqual([]);
        expect(meaning(back.entries)).toEqual(meaning(list));
      }),
      { numRuns },
    );
  });

  test('two entries that ask the same under two ids come back as two', async () => {
    const twice = ['a', 'b'].map((id) =>
      Entry.parse({ id, intent: id, question: 'Why?', answers: [{ text: `of ${id}` }] }),
    );
    for (const format of ['csv', 'json', 'xlsx'] as const) {
      const back = read(await writeEntries(twice, format), format);
      expect(back.entries).toEqual(twice);
      expect(back.warnings).toMatchObject([{ reason: expect.stringContaining('conflict') }]);
    }
  });

  test.each(['csv', 'json', 'xlsx'] as const)('words that every object knows are words in %s', async (format) => {
    const word = (id: string) => Entry.parse({ id, intent: id, question: id, answers: [{ text: id }] });
    const list = ['constructor', 'toString', 'valueOf', '__proto__'].map(word);
    expect(read(await writeEntries(list, format), format).entries).toEqual(list);
  });

  test('a draft without entries is a file, and no error', async () => {
    expect(read(await writeEntries([], 'csv')).entries).toEqual([]);
    expect(read(await writeEntries([], 'xlsx'), 'xlsx').entries).toEqual([]);
    expect(read(await writeEntries([], 'json'), 'json').entries).toEqual([]);
  });

  test('no cell of a file begins like a formula, whatever the texts are', async () => {
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
    const workbook = await writeEntries([formula], 'xlsx');
    const { unzipSync, strFromU8 } = await import('fflate');
    const sheets = Object.entries(unzipSync(workbook)).filter(([name]) => name.includes('worksheets/sheet'));
    expect(sheets).toHaveLength(1);
    for (const [, xml] of sheets) expect(strFromU8(xml)).not.toMatch(/<f[ >]/);
  });
});
