import { describe, expect, test } from 'vitest';
import { CuecardError } from '../../../lib/domain/error.ts';
import { readEntries } from '../../../lib/knowledge/read-entries.ts';

const context = { timeZone: 'Asia/Shanghai' };
const csv = (text: string) => readEntries(Buffer.from(text), 'csv', context);
const json = (value: unknown) => readEntries(Buffer.from(JSON.stringify(value)), 'json', context);

describe('a CSV of entries', () => {
  test('only question and answer are required; the id is derived and stable, the intent is the id', () => {
    const { entries, rows, rejected } = csv('question,answer\nHow do I pay?,By card.\n');
    expect(rejected).toEqual([]);
    expect(rows).toBe(1);
    expect(entries[0]).toMatchObject({
      question: 'How do I pay?',
      answers: [{ text: 'By card.' }],
      policy: 'auto',
      similarQuestions: [],
    });
    expect(entries[0]?.id).toMatch(/^q_[0-9a-f]{12}$/);
    expect(entries[0]?.intent).toBe(entries[0]?.id);
    expect(csv('answer;question\nother;how do i PAY\n').entries[0]?.id).toBe(entries[0]?.id);
  });

  test('Chinese headers in any order and case, with every column', () => {
    const { entries, rejected, ignoredColumns } = csv(
      '答案,标准问,编号,意图,相似问,条件,追问,语言,分类,策略,生效,失效,渠道,店铺,附件,快捷码,内部备注,商品,备忘\n' +
        '付款后发货,什么时候发货,ship,delivery.ship,"几时发|啥时候发\n发货没",order.status = paid,请提供订单号,中文,物流,人工,' +
        '2026-11-11 20:00,2026年11月12日,app|web,旗舰店,https://a.example/1.png,fh,别发,p1|p2,随便\n',
    );
    expect(rejected).toEqual([]);
    expect(ignoredColumns).toEqual(['备忘']);
    expect(entries).toEqual([
      {
        id: 'ship',
        intent: 'delivery.ship',
        language: 'zh',
        category: '物流',
        question: '什么时候发货',
        similarQuestions: ['几时发', '啥时候发', '发货没'],
        ask: '请提供订单号',
        policy: 'human',
        shortcut: 'fh',
        note: '别发',
        answers: [
          {
            text: '付款后发货',
            when: 'order.status = paid',
            validFrom: '2026-11-11T20:00:00+08:00',
            validUntil: '2026-11-13T00:00:00+08:00',
            channels: ['app', 'web'],
            shop: '旗舰店',
            attachments: ['https://a.example/1.png'],
            cards: ['p1', 'p2'],
          },
        ],
      },
    ]);
  });

  test('rows of one id are one entry; what a later row leaves out the first one says', () => {
    const { entries, rejected } = csv(
      'id,question,similar_questions,answer,when,policy\n' +
        'a,Where is it?,where|track it,On its way,order.status = shipped,assist\n' +
        'a,,still waiting,Not yet sent,order.status = paid,\n',
    );
    expect(rejected).toEqual([]);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({
      question: 'Where is it?',
      policy: 'assist',
      similarQuestions: ['where', 'track it', 'still waiting'],
      answers: [
        { text: 'On its way', when: 'order.status = shipped' },
        { text: 'Not yet sent', when: 'order.status = paid' },
      ],
    });
  });

  test('every bad row is named by its spreadsheet row and costs no good one', () => {
    const { entries, rows, rejected } = csv(
      'Question, Answer ,WHEN,Policy,valid_from,valid_until,Language\n' +
        'Good one?,"line one\nline two",,,,,\n' +
        '\n' +
        ',no question,,,,,\n' +
        'No answer?,,,,,,\n' +
        'Bad condition?,x,order.colour = red,,,,\n' +
        'Bad policy?,x,,sometimes,,,\n' +
        'Bad date?,x,,,2026-02-30,,\n' +
        'Backwards?,x,,,2026-03-02,2026-03-01 10:00,\n' +
        'Bad language?,x,,,,,klingon\n' +
        'Bad slot?,see {{moon.phase}},,,,,\n' +
        'Open slot?,see {{shop.hours,,,,,\n' +
        'Too,many,,,,,,cells\n' +
        'good ONE,again,,,,,\n' +
        'Good two?,y,,,,,\n',
    );
    expect(entries.map((entry) => entry.question)).toEqual(['Good one?', 'Good two?']);
    expect(rows).toBe(13);
    expect(rejected.map(({ row, column }) => [row, column])).toEqual([
      [4, 'Question'],
      [5, 'Answer'],
      [6, 'WHEN'],
      [7, 'Policy'],
      [8, 'valid_from'],
      [9, 'valid_until'],
      [10, 'Language'],
      [11, 'Answer'],
      [12, 'Answer'],
      [13, ''],
      [14, 'Question'],
    ]);
    expect(rejected.every(({ reason }) => reason.length > 5)).toBe(true);
    expect(rejected[2]).toMatchObject({ value: 'order.colour = red' });
    expect(rejected.at(-1)?.reason).toContain('row 2');
  });

  test('one question in other circumstances is a variant, by another id also', () => {
    const { entries, rejected } = csv(
      'id,question,answer,when\n' +
        'a,When?,Soon,order.status = paid\n' +
        'b,When?,Later,order.status = shipped\n' +
        'c,When?,Soon,order.status = paid\n' +
        'a,,Very soon,order.status = paid\n' +
        'a,,Soon,order.status  = paid\n',
    );
    expect(entries.map((entry) => [entry.id, entry.answers.length])).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
    expect(rejected.map(({ row, column }) => [row, column])).toEqual([
      [4, 'question'],
      [6, 'answer'],
    ]);
  });

  test('a later row may not contradict what an earlier one says of the entry', () => {
    const { entries, rejected } = csv('id,question,answer,policy\na,One?,x,human\na,Two?,y,\na,,z,auto\n');
    expect(entries[0]?.answers.map((answer) => answer.text)).toEqual(['x']);
    expect(rejected.map(({ row, column, value }) => [row, column, value])).toEqual([
      [3, 'question', 'Two?'],
      [4, 'policy', 'auto'],
    ]);
    expect(rejected[0]?.reason).toContain('row 2');
  });

  test('rows whose question was in a bad row say so', () => {
    const { entries, rejected } = csv('id,question,answer,when\na,One?,x,nonsense\na,,y,\n');
    expect(entries).toEqual([]);
    expect(rejected.map(({ row, column }) => [row, column])).toEqual([
      [2, 'when'],
      [3, 'question'],
    ]);
  });

  test('an unclosed quote costs its own row, not the rows behind it', () => {
    const { entries, rejected } = csv('question,answer\nA?,1\n"B?,2\nC?,3\nD?,"4\nE?,"five"\nF?,6\n');
    expect(entries.map((entry) => entry.question)).toEqual(['A?', 'C?', 'E?', 'F?']);
    expect(rejected.map(({ row }) => row)).toEqual([3, 5]);
  });

  test('a file without the required columns fails whole and says what it found', () => {
    expect(() => csv('colour,size\na,b\n')).toThrow(/no column holds the question.*found: colour, size/);
    expect(() => csv('')).toThrow(/empty/);
    expect(() => csv('question,answer,答案\na,b,c\n')).toThrow(/two columns/);
  });

  test('too long a text, too big an entry', () => {
    const similar = Array.from({ length: 600 }, (_, index) => `${index}${'长'.repeat(990)}`).join('|');
    const { entries, rejected } = csv(
      `question,answer,similar_questions\n${'q'.repeat(1_001)},a,\nBig?,a,${similar}\n`,
    );
    expect(entries).toEqual([]);
    expect(rejected.map(({ row, column }) => [row, column])).toEqual([
      [2, 'question'],
      [3, 'similar_questions'],
    ]);
  });
});

describe('encodings and separators', () => {
  const text = '问题,答案\n什么时候发货？,付款后尽快发出\n能开发票吗,可以的\n';
  const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le');
  /** 问题,答案 / 你好,在 in GB18030. */
  const gb18030 = Buffer.from('cecacce22cb4f0b0b80ac4e3bac32cd4da0a', 'hex');

  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with BOM', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16 LE', utf16],
    ['UTF-16 BE', Buffer.from(utf16).swap16()],
    ['UTF-16 LE without BOM', Buffer.from(text, 'utf16le')],
    ['Windows line ends', Buffer.from(text.replaceAll('\n', '\r\n'))],
    ['old Mac line ends', Buffer.from(text.replaceAll('\n', '\r'))],
    ['semicolons', Buffer.from(text.replaceAll(',', ';'))],
    ['tabs', Buffer.from(text.replaceAll(',', '\t'))],
    ['Excel hint', Buffer.from(`sep=;\n${text.replaceAll(',', ';')}`)],
    ['blank lines first', Buffer.from(`\n\n${text}`)],
  ])('%s', (_, bytes) => {
    const { entries, rejected } = readEntries(bytes, 'csv', context);
    expect(rejected).toEqual([]);
    expect(entries.map((entry) => entry.question)).toEqual(['什么时候发货？', '能开发票吗']);
  });

  test('GB18030', () => {
    expect(readEntries(gb18030, 'csv', context).entries[0]).toMatchObject({
      question: '你好',
      answers: [{ text: '在' }],
    });
  });

  test('a row with broken UTF-8 is named, the others are read', () => {
    const broken = Buffer.concat([Buffer.from(text), Buffer.from([0xe5, 0xa4]), Buffer.from('坏,行\n还在吗,在\n')]);
    const { entries, rejected } = readEntries(broken, 'csv', context);
    expect(entries).toHaveLength(3);
    expect(rejected).toMatchObject([{ row: 4, column: '问题', reason: 'not readable as utf-8' }]);
  });

  test('half a workbook is refused in words, whatever it is called', () => {
    expect(() => readEntries(Buffer.from('504b030414000600', 'hex'), 'csv', context)).toThrow(CuecardError);
  });
});

describe('JSON entries', () => {
  const entry = { id: 'a', intent: 'a', question: 'Where?', answers: [{ text: 'Here' }] };

  test.each([
    ['a list', JSON.stringify([entry])],
    ['an object', JSON.stringify({ entries: [entry] })],
    ['lines', `${JSON.stringify(entry)}\n`],
    ['defaults', JSON.stringify([{ id: 'a', question: 'Where?', answer: 'Here' }])],
  ])('%s', (_, text) => {
    const { entries, rejected } = readEntries(Buffer.from(text), 'json', context);
    expect(rejected).toEqual([]);
    expect(entries).toEqual([{ ...entry, similarQuestions: [], policy: 'auto' }]);
  });

  test('bad entries are named, good ones kept', () => {
    const { entries, rows, rejected } = json([
      entry,
      { ...entry, question: 'Again?' },
      { ...entry, id: 'b', question: 'WHERE' },
      { ...entry, id: 'c', question: 'C?', answers: [] },
      { ...entry, id: 'd', question: 'D?', answers: [{ text: 'x {{nope}}', when: 'what' }] },
      'text',
    ]);
    expect(entries).toHaveLength(1);
    expect(rows).toBe(6);
    expect(rejected.map(({ row, column }) => [row, column])).toEqual([
      [2, 'id'],
      [3, 'question'],
      [4, 'answers'],
      [5, 'answers.0.text'],
      [5, 'answers.0.when'],
      [6, ''],
    ]);
  });

  test('a broken line is named; what is no entries at all fails whole', () => {
    const lines = `${JSON.stringify(entry)}\n{oops\n`;
    const { entries, rejected } = readEntries(Buffer.from(lines), 'json', context);
    expect(entries).toHaveLength(1);
    expect(rejected).toMatchObject([{ row: 2, value: '{oops' }]);
    expect(() => readEntries(Buffer.from('hello'), 'json', context)).toThrow(/found: hello/);
  });
});
