import { describe, expect, test } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { EVALUATION_COLUMNS, MAX_ROWS, rowsOf } from '../../../../lib/knowledge/evaluate/rows.ts';
import { readHere } from '../../../../lib/knowledge/files/readers.ts';

const read = (file: string | Uint8Array) =>
  rowsOf(
    readHere('content', typeof file === 'string' ? Buffer.from(file) : file, {
      hint: undefined,
      columns: EVALUATION_COLUMNS,
    }),
  );

describe('rows of a run', () => {
  test.for([
    ['English', 'question,expected\nhow do I pay,pay\nhello,none\n'],
    ['in another order, with a column more', 'note,Expected Entry,Question\nx,pay,how do I pay\n,none,hello\n'],
    ['by semicolons', 'Question;Intent\nhow do I pay;pay\nhello;none\n'],
    ['Chinese', '问题,期望\nhow do I pay,pay\nhello,none\n'],
    ['with a remark above', 'my test set,,\n客户问题,期望意图,语言\nhow do I pay,pay,en\nhello,none,英文\n'],
    [
      'a JSON list',
      JSON.stringify([
        { question: 'how do I pay', expected: 'pay' },
        { 问题: 'hello', 期望: 'none' },
      ]),
    ],
  ])('are read with headers: %s', ([, file = '']) => {
    const { rows, rejected } = read(file);
    expect(rejected).toEqual([]);
    expect(rows.map(({ question, expected }) => [question, expected])).toEqual([
      ['how do I pay', 'pay'],
      ['hello', 'none'],
    ]);
  });

  test('are read from a workbook', async () => {
    const file = await writeXlsxFile([
      [{ value: '问题' }, { value: '期望' }, { value: '语言' }],
      [{ value: '怎么付款' }, { value: 'pay' }, { value: 'zh' }],
    ]).toBuffer();
    expect(read(file)).toEqual({
      rows: [{ row: 2, question: '怎么付款', expected: 'pay', language: 'zh' }],
      rejected: [],
    });
  });

  test('that are bad are named with the column as the file calls it, the others kept', () => {
    const { rows, rejected } = read(
      `问题,期望,语言\n,pay,\nhow,,\nwhat,pay,klingon\n${'x'.repeat(4_001)},pay,\nfine,pay,en\n`,
    );
    expect(rows).toEqual([{ row: 6, question: 'fine', expected: 'pay', language: 'en' }]);
    expect(rejected).toMatchObject([
      { row: 2, column: '问题', reason: 'the question is missing' },
      { row: 3, column: '期望', reason: 'what is expected is missing' },
      { row: 4, column: '语言', value: 'klingon' },
      { row: 5, column: '问题' },
    ]);
    for (const { fix, value } of rejected) {
      expect(fix).toMatch(/\w/);
      expect(value.length).toBeLessThan(500);
    }
  });

  test('of a file without the columns are refused, naming what there is', () => {
    expect(() => read('frage,antwort\nx,y\n')).toThrow(/no column is called question or expected.*frage, antwort/);
    expect(() => read('question,remark\nx,y\n')).toThrow(/no column is called expected/);
    expect(() => read('question,expected\n')).toThrow(/no rows/);
    expect(() => read('')).toThrow(/empty/);
  });

  test('are at most so many', () => {
    const file = `question,expected\n${'q,e\n'.repeat(MAX_ROWS + 1)}`;
    expect(() => read(file)).toThrow(/20001 rows, at most 20000/);
    expect(read(`question,expected\n${'q,e\n'.repeat(MAX_ROWS)}`).rows).toHaveLength(MAX_ROWS);
  });
});
