import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Entry } from '../../../../lib/domain/entry.ts';
import { entriesOf } from '../../../../lib/knowledge/checks/entries-of.ts';
import { cutSection } from '../../../../lib/knowledge/checks/passages.ts';
import type { ReadContext } from '../../../../lib/knowledge/checks/read-context.ts';
import type { FileContent, Table } from '../../../../lib/knowledge/files/types.ts';

const context: ReadContext = { timeZone: 'Asia/Shanghai' };

const table = (headers: string[], rows: string[][], sheet?: string): Table => ({
  headers,
  rows: rows.map((cells, index) => ({ row: index + 2, cells })),
  ...(sheet === undefined ? {} : { sheet }),
});
const tables = (...all: Table[]): FileContent => ({ kind: 'tables', detected: 'xlsx', rejected: [], tables: all });
const objects = (detected: string, ...values: unknown[]): FileContent => ({
  kind: 'objects',
  detected,
  rejected: [],
  objects: values.map((value, index) => ({ row: index + 1, value })),
});
const page = (
  sections: [path: string[], text: string][],
  answered: [question: string, answer: string][] = [],
): FileContent => ({
  kind: 'articles',
  detected: 'markdown',
  rejected: [],
  articles: [
    {
      title: 'Returns',
      url: 'https://shop.example/returns',
      sections: sections.map(([path, text], index) => ({ row: index * 3 + 1, path, text })),
      answered: answered.map(([question, answer], index) => ({ row: 90 + index, path: [], question, answer })),
    },
  ],
});

const one = (headers: string[], cells: string[], more: Partial<ReadContext> = {}) =>
  entriesOf(tables(table(headers, [cells])), { ...context, ...more });
const answerOf = (text: string, more: Partial<ReadContext> = {}) => one(['question', 'answer'], ['Why?', text], more);

describe('what headers mean', () => {
  test.each([
    [['Title', 'Content']],
    [['Q', 'A']],
    [['问题', '答复']],
    [['标题', '内容']],
    [['FAQ question', 'Answer text']],
    [['  QUESTION* ', 'response']],
    [['答案', '标准问']],
  ])('%j', (headers) => {
    const cells = headers.map((header) =>
      /^(?:a|answer text|content|response|答复|内容|答案)$/i.test(header.trim()) ? 'So.' : 'Why?',
    );
    const { entries, problem } = one(headers, cells);
    expect(problem).toBeUndefined();
    expect(entries).toMatchObject([{ question: 'Why?', answers: [{ text: 'So.' }] }]);
  });

  test('is shown with samples; what nothing is read from is named', () => {
    const { mapping, ignoredColumns } = one(['Title', 'Content', 'Colour'], ['Why?', 'So.', 'red']);
    expect(ignoredColumns).toEqual(['Colour']);
    expect(mapping).toEqual([
      { header: 'Title', column: 'question', samples: ['Why?'] },
      { header: 'Content', column: 'answer', samples: ['So.'] },
      { header: 'Colour', column: null, samples: ['red'] },
    ]);
  });

  test('is what the mapping says, whatever the header seems to be', () => {
    const mapping = { Frage: 'question', Antwort: '答案', answer: null };
    const { entries, ignoredColumns } = one(['Frage', 'Antwort', 'answer'], ['Warum?', 'Darum.', 'old'], { mapping });
    expect(entries).toMatchObject([{ question: 'Warum?', answers: [{ text: 'Darum.' }] }]);
    expect(ignoredColumns).toEqual(['answer']);
    expect(one(['Frage'], ['x'], { mapping: { Frage: 'colour' } }).problem).toContain('colour');
  });

  test('a plain name wins over one of other tools; two plain ones are a problem that says what to do', () => {
    expect(one(['Title', 'question', 'answer'], ['t', 'Why?', 'So.'])).toMatchObject({
      entries: [{ question: 'Why?' }],
      ignoredColumns: ['Title'],
    });
    expect(one(['question', '问题', 'answer'], ['a', 'b', 'c']).problem).toMatch(/two columns mean question: keep one/);
  });

  test('several columns of similar questions, and words that find an entry', () => {
    const { entries } = one(
      ['问题', '答案', '相似问1', '相似问2', '关键词'],
      ['Why?', 'So.', 'How?', 'When?|Where?', 'red，blue'],
    );
    expect(entries[0]?.similarQuestions).toEqual(['How?', 'When?', 'Where?', 'red blue']);
  });

  test('a sheet that holds no entries is named and costs the others nothing', () => {
    const { entries, warnings, problem } = entriesOf(
      tables(table(['Read me'], [['hello']], 'Notes'), table(['question', 'answer'], [['Why?', 'So.']], 'FAQ')),
      context,
    );
    expect(problem).toBeUndefined();
    expect(entries).toHaveLength(1);
    expect(warnings).toMatchObject([{ sheet: 'Notes', row: 1, reason: expect.stringContaining('not read') }]);
  });

  test('a file without any says what it found, and shows it for a mapping', () => {
    const { entries, problem, mapping } = one(['Colour', 'Size'], ['red', 'XL']);
    expect(entries).toEqual([]);
    expect(problem).toMatch(/no column holds the question.*found: Colour, Size/);
    expect(mapping.map(({ samples }) => samples)).toEqual([['red'], ['XL']]);
  });
});

describe('a bad row', () => {
  const headers = [
    'question',
    'answer',
    'when',
    'policy',
    'valid_from',
    'valid_until',
    'language',
    'attachments',
    'id',
  ];
  const row = (cells: Partial<Record<(typeof headers)[number], string>>): string[] =>
    headers.map((header) => cells[header as never] ?? { question: 'Why?', answer: 'So.' }[header] ?? '');

  test.each([
    ['no question', { question: '' }, 'question', /write/],
    ['no answer', { answer: '' }, 'answer', /write/],
    ['an unknown fact', { when: 'order.stauts = paid' }, 'when', /did you mean order.status\?/],
    ['a condition that is none', { when: 'whenever' }, 'when', /order.status = shipped/],
    ['a policy that is none', { policy: 'sometimes' }, 'policy', /auto, assist or human/],
    ['a date that is none', { valid_from: '2026-02-30' }, 'valid_from', /2026-11-11 20:00/],
    ['dates the wrong way round', { valid_from: '2026-03-02', valid_until: '2026-03-01' }, 'valid_until', /exchange/],
    ['an unknown language', { language: 'klingon' }, 'language', /zh or en/],
    ['an unknown slot', { answer: 'It is {{order.numbr}}' }, 'answer', /did you mean order.number\?/],
    ['a slot that is not closed', { answer: 'It is {{order.number' }, 'answer', /close/],
    ['a link that is none', { attachments: 'see the picture' }, 'attachments', /https/],
    ['a failed formula', { answer: '#REF!' }, 'answer', /formula/],
    ['a script', { answer: 'Hi <script>alert(1)</script>' }, 'answer', /plain text/],
    ["somebody's identity card", { answer: '身份证11010519491231002X' }, 'answer', /take it out/],
    ['too long a text', { answer: 'x'.repeat(5_001) }, 'answer', /shorten/],
    ['an id with blanks', { id: 'my id' }, 'id', /blanks/],
  ])('%s: is named with what mends it, and costs no good one', (_, cells, column, fix) => {
    const good = row({ question: 'Another thing entirely?', answer: 'Yes.' });
    const { entries, rejected, rows } = entriesOf(tables(table(headers, [row(cells), good], 'FAQ')), context);
    expect(rows).toBe(2);
    expect(entries.map(({ question }) => question)).toEqual(['Another thing entirely?']);
    expect(rejected).toMatchObject([{ sheet: 'FAQ', row: 2, column, fix: expect.stringMatching(fix) }]);
    expect(rejected[0]?.reason).not.toBe('');
  });

  test('a question that another sheet asks is told where', () => {
    const { entries, rejected } = entriesOf(
      tables(table(['question', 'answer'], [['Why?', 'So.']], 'A'), table(['问题', '答案'], [['WHY', 'No.']], 'B')),
      context,
    );
    expect(entries).toHaveLength(1);
    expect(rejected).toMatchObject([
      { sheet: 'B', row: 2, column: '问题', reason: expect.stringContaining('row 2 of "A"') },
    ]);
  });
});

describe('what is taken in and told', () => {
  test.each([
    ['7天无理由退货', /promises "7天无理由/],
    ['We reply within 24 hours.', /promises "24 hours"/],
    ['You get twenty percent off.', /promises/],
    ['全场包邮', /promises "包邮"/],
    ['Call 13800001111', /phone number/],
    ['Write to help@shop.example', /e-mail/],
    ['See <b>here</b>', /HTML/],
    ['Tea &amp; coffee', /HTML/],
    ['Dear {name}, yes.', /placeholder/],
    ['See htps://shop.example/a', /link/],
    ['It is â€™ garbled', /garbled/],
    [`${'word '.repeat(300)}`.trim(), /characters are long/],
  ])('%s', (text, reason) => {
    const { entries, rejected, warnings } = answerOf(text);
    expect(rejected).toEqual([]);
    expect(entries).toHaveLength(1);
    expect(warnings).toMatchObject([{ row: 2, column: 'answer', reason: expect.stringMatching(reason) }]);
    expect(warnings[0]?.fix).toBeTruthy();
  });

  test.each([
    ['Within {{shop.return_window}} of delivery.'],
    ['The sale begins on 2026-11-11 at 20:00.'],
    ['双11活动11月11日开始，客服24小时在线。'],
    ['Order 313021098954 is an example.'],
    ['Call the hotline 400-800-1234.'],
    ['Choose size M; 3 < 5.'],
    ['See https://shop.example/help.'],
  ])('nothing about: %s', (text) => expect(answerOf(text).warnings).toEqual([]));

  test('facts, products and order states that the shop does not have, and which is meant', () => {
    const { warnings } = one(
      ['question', 'answer', 'products', 'when'],
      ['Why?', 'In {{shop.dispach_time}}.', 'sku-12354', 'order.status = shiped'],
      { facts: ['dispatch_time'], productIds: ['sku-12345'] },
    );
    expect(warnings.map(({ column, fix }) => [column, fix])).toEqual([
      ['answer', 'did you mean dispatch_time?'],
      ['products', 'did you mean sku-12345?'],
      ['when', 'did you mean shipped?'],
    ]);
  });

  const there = [Entry.parse({ id: 'ret', intent: 'ret', question: '怎么退货？', answers: [{ text: 'x' }] })];

  test('a question that is asked already, unless the conditions exclude each other or the entry is replaced', () => {
    const ask = (cells: string[], existing = there) =>
      one(['id', 'question', 'answer', 'language'], cells, { existing }).warnings.map(({ reason }) => reason);
    expect(ask(['', '怎么退货', 'y', ''])).toMatchObject([
      expect.stringMatching(/ret, which is there already.*conflict/),
    ]);
    expect(ask(['', '请问怎么退货呢', 'y', ''])).toMatchObject([expect.stringMatching(/nearly the question/)]);
    expect(ask(['ret', '怎么退货', 'y', ''])).toEqual([]);
    const english = there.map((entry) => ({ ...entry, language: 'en' as const }));
    expect(ask(['', '怎么退货', 'y', 'zh'], english)).toEqual([]);
  });
});

describe('objects', () => {
  test('entries as stored, rows by other names, and unknown fields named', () => {
    const { entries, rejected, ignoredColumns } = entriesOf(
      objects(
        'json',
        {
          id: 'a',
          question: 'A?',
          answers: ['So.', { text: 'Or so.', when: 'first_contact', mood: 'good' }],
          colour: 'red',
        },
        { 标题: 'B?', 内容: 'Yes.', 相似问: ['C?', 'D?'] },
        { question: 'E?', answers: [{ text: 'x', when: 'nonsense' }, { text: 'y' }] },
        7,
      ),
      context,
    );
    expect(entries).toMatchObject([
      { id: 'a', intent: 'a', answers: [{ text: 'So.' }, { text: 'Or so.', when: 'first_contact' }] },
      { question: 'B?', similarQuestions: ['C?', 'D?'] },
    ]);
    expect(rejected.map(({ row, column }) => [row, column])).toEqual([
      [3, 'answers.0.when'],
      [4, ''],
    ]);
    expect([...ignoredColumns].sort()).toEqual(['answers.mood', 'colour']);
  });

  test("agents' macros are suggested, never sent alone", () => {
    const { entries } = entriesOf(objects('zendesk', { question: 'Late parcel', answer: 'We are sorry.' }), context);
    expect(entries).toMatchObject([{ policy: 'assist' }]);
  });
});

describe('a page', () => {
  const long = 'The buyer pays for the way back, unless the thing came broken. '.repeat(18);
  const sections: [string[], string][] = [
    [[], 'How returns work here.'],
    [['Costs'], long],
  ];

  test('becomes passages under their headings, and entries where it asks and answers', () => {
    const { entries, rows } = entriesOf(page(sections, [['When is the money back?', 'Soon.']]), context);
    const [asked, ...passages] = entries;
    expect(rows).toBe(3);
    expect(asked).toMatchObject({ question: 'When is the money back?', policy: 'auto' });
    expect(passages.map(({ question }) => question)).toEqual(['Returns', 'Returns › Costs', 'Returns › Costs (2)']);
    for (const entry of passages) {
      expect(Entry.parse(entry)).toEqual(entry);
      expect(entry).toMatchObject({ policy: 'assist', language: 'en', passage: { article: 'Returns' } });
      expect(entry.answers[0]?.text.length).toBeLessThanOrEqual(800);
    }
  });

  test('edited keeps its ids; a section that is gone takes its passages along and is told', () => {
    const before = entriesOf(page(sections), context).entries;
    const edited = entriesOf(page([[[], 'How returns work now.'], sections[1] ?? [[], '']]), {
      ...context,
      existing: before,
    });
    expect(edited.entries.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(edited.gone).toEqual([]);
    const shorter = entriesOf(page(sections.slice(0, 1)), { ...context, existing: before });
    expect(shorter.gone).toEqual(before.slice(1).map(({ id }) => id));
    expect(shorter.warnings.map(({ value }) => value)).toEqual(['Returns › Costs', 'Returns › Costs (2)']);
  });

  test('is cut between sentences, into pieces of like size', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('A short one. ', '这是一句话。', `${'word '.repeat(60)}. `, '\n', 'x'.repeat(900), '🙂'),
        ),
        (parts) => {
          const text = parts.join('');
          const pieces = cutSection(text);
          expect(pieces.every((piece) => piece.length > 0 && piece.length <= 800 && piece.isWellFormed())).toBe(true);
          expect(pieces.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        },
      ),
    );
  });
});

test('ten thousand questions are compared with ten thousand others in seconds, not hours', () => {
  const rows = (from: number) =>
    Array.from({ length: 10_000 }, (_, at) => [`Is thing ${from + at} in the box of part ${at % 97}?`, `No ${at}.`]);
  const first = entriesOf(tables(table(['question', 'answer'], rows(0))), context);
  const second = entriesOf(tables(table(['question', 'answer'], rows(5_000))), { ...context, existing: first.entries });
  expect(second.entries).toHaveLength(10_000);
  expect(second.warnings.length).toBeLessThan(200);
}, 60_000);
