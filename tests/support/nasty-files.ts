/** Files as people and attackers send them, made here: what each must give, the right rows or an error in words. */
import { strToU8, zipSync } from 'fflate';
import { encodeGb18030 } from './gb18030.ts';
import { letter, textRows, workbook } from './workbook.ts';

/** `entries`: questions in order; `bad`: rows that are named; `error`: what the whole file is refused with. */
export type Nasty = {
  name: string;
  bytes: () => Uint8Array;
  entries?: readonly string[];
  answers?: readonly string[];
  bad?: readonly number[];
  error?: RegExp;
  /** Might stop or flood a process: read in a thread of its own here as in production. */
  hostile?: boolean;
};

const text = (value: string): Uint8Array => strToU8(value);
const utf16 = (value: string, big: boolean, mark: boolean): Uint8Array => {
  const bytes = Buffer.from(`${mark ? '\uFEFF' : ''}${value}`, 'utf16le');
  return big ? bytes.swap16() : bytes;
};
const joined = (...parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts);
const HEADER = ['question', 'answer'];
const sheet = (rows: readonly (readonly string[])[]) => workbook({ sheets: [{ data: textRows(rows) }] });
const csv = (body: string) => () => text(body);
const ONE = 'question,answer\nhow long?,two days\n';
const withCells = (cells: string, parts: Parameters<typeof workbook>[0] = {}) =>
  workbook({ sheets: [{ data: `${textRows([HEADER])}<row r="2">${cells}</row>` }], ...parts });
const QUESTION = '<c r="A2" t="inlineStr"><is><t>q?</t></is></c>';
const zeros = (megabytes: number) => new Uint8Array(megabytes * 1024 * 1024);
const ole = (stream: string): Uint8Array =>
  joined(
    Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1),
    new Uint8Array(600),
    Buffer.from(stream, 'utf16le'),
  );

const ENCODINGS: readonly Nasty[] = [
  {
    name: 'UTF-8 with a mark',
    bytes: () => joined(Uint8Array.of(0xef, 0xbb, 0xbf), text('问题,答案\n多久？,两天\n')),
    entries: ['多久？'],
  },
  {
    name: 'UTF-16 LE with a mark',
    bytes: () => utf16('问题\t答案\r\n多久？\t两天\r\n', false, true),
    entries: ['多久？'],
  },
  {
    name: 'UTF-16 BE with a mark',
    bytes: () => utf16('问题\t答案\r\n多久？\t两天\r\n', true, true),
    entries: ['多久？'],
  },
  { name: 'UTF-16 LE without a mark', bytes: () => utf16(ONE, false, false), entries: ['how long?'] },
  { name: 'GB18030', bytes: () => encodeGb18030('问题,答案\n几天能到呢,两天以内送到\n'), entries: ['几天能到呢'] },
  {
    name: 'a western code page',
    bytes: () => Buffer.from('question,answer\nOù est le café?,à côté\n', 'latin1'),
    entries: ['Où est le café?'],
    answers: ['à côté'],
  },
  { name: 'line ends of three kinds', bytes: csv('question,answer\r\na?,1\rb?,2\nc?,3'), entries: ['a?', 'b?', 'c?'] },
  {
    name: 'zero bytes in the text',
    bytes: csv('question,answer\nho\0w?,tw\0o days is what it takes in most of the cases\n'),
    entries: ['how?'],
    answers: ['two days is what it takes in most of the cases'],
  },
  {
    name: 'marks of direction in headers',
    bytes: csv('\u200fquestion\u200e,\u202aanswer\u202c\na?,1\n'),
    entries: ['a?'],
  },
  {
    name: 'half a UTF-8 character',
    bytes: () =>
      joined(text('question,answer\na?,1 and 中文 and 中文\nb'), Uint8Array.of(0xe4, 0xb8), text('?,2\nc?,3\n')),
    entries: ['a?', 'c?'],
    bad: [3],
  },
];

const TABLES: readonly Nasty[] = [
  {
    name: 'semicolons inside quoted commas',
    bytes: csv('question;answer\n"a, b; or c?";"1, 2; 3"\n'),
    entries: ['a, b; or c?'],
    answers: ['1, 2; 3'],
  },
  {
    name: 'a quote that is never closed',
    bytes: csv('question,answer\na?,1\n"b?,2\nc?,3\n'),
    entries: ['a?', 'c?'],
    bad: [3],
  },
  { name: 'empty rows at the end, as Excel saves them', bytes: csv('question,answer\na?,1\n,\n,\n'), entries: ['a?'] },
  { name: 'empty rows at the end, in quotes', bytes: csv('question,answer\na?,1\n"",""\n'), entries: ['a?'] },
  { name: 'Excel’s separator line', bytes: csv('sep=;\nquestion;answer\na?;1\n'), entries: ['a?'] },
  { name: 'a header and nothing else', bytes: csv('question,answer\n'), entries: [] },
  { name: 'a title above the header', bytes: csv('Our FAQ 2026\n\nquestion,answer\na?,1\n'), entries: ['a?'] },
  { name: 'a header in two languages', bytes: csv('question,answer\n问题,答案\na?,1\n'), entries: ['a?'] },
  { name: 'two columns of one name', bytes: csv('question,answer,answer\na?,1,2\n'), error: /answer/ },
  { name: 'no known header', bytes: csv('foo,bar\n1,2\n'), error: /question|answer/ },
  {
    name: 'a million empty rows',
    hostile: true,
    bytes: () => text(`question,answer\na?,1\n${',\n'.repeat(1_000_000)}b?,2\n`),
    entries: ['a?', 'b?'],
  },
  {
    name: 'rows after a gap keep their numbers',
    bytes: () => text(`question,answer\na?,1\n${',\n'.repeat(500)}b?,\n`),
    entries: ['a?'],
    bad: [503],
  },
  {
    name: 'a cell of ten megabytes',
    hostile: true,
    bytes: () => text(`question,answer\na?,${'x'.repeat(10_000_000)}\nb?,2\n`),
    entries: ['b?'],
    bad: [2],
  },
  {
    name: 'more than fifty thousand rows',
    bytes: () => text(`question,answer\n${'a?,1\n'.repeat(50_001)}`),
    error: /50001 rows, at most 50000/,
  },
  {
    name: 'more than two hundred columns',
    bytes: () => text(`question,answer${',x'.repeat(400)}\na?,1\n`),
    error: /at most 200/,
  },
  {
    name: 'formulas',
    bytes: csv('question,answer\n=1+1?,"=HYPERLINK(""http://x.example"",""y"")"\n'),
    entries: ['=1+1?'],
  },
  { name: 'nothing at all', bytes: csv(''), error: /empty/ },
  { name: 'only spaces', bytes: csv(' \n\t\n'), error: /empty/ },
];

const WORKBOOKS: readonly Nasty[] = [
  {
    name: 'a question merged over two answers',
    bytes: () =>
      workbook({
        sheets: [
          {
            data: `${textRows([
              ['question', 'answer', 'when'],
              ['a?', '1', 'first_contact'],
            ])}<row r="3"><c r="B3" t="inlineStr"><is><t>2</t></is></c></row>`,
            after: '<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="A5:A1048576"/></mergeCells>',
          },
        ],
      }),
    entries: ['a?'],
    answers: ['1', '2'],
  },
  {
    name: 'an empty sheet before the real one',
    bytes: () => workbook({ sheets: [{ data: '' }, { data: textRows([HEADER, ['a?', '1']]) }] }),
    entries: ['a?'],
  },
  {
    name: 'a hidden sheet',
    bytes: () =>
      workbook({
        sheets: [
          { data: textRows([HEADER, ['a?', '1']]) },
          { state: 'veryHidden', data: textRows([HEADER, ['secret?', 'x']]) },
        ],
      }),
    entries: ['a?'],
  },
  {
    name: 'a million empty rows in a workbook',
    hostile: true,
    bytes: () =>
      workbook({
        sheets: [
          {
            data: `${textRows([HEADER, ['a?', '1']])}${Array.from({ length: 1_000_000 }, (_, row) => `<row r="${row + 3}" ht="15"/>`).join('')}`,
          },
        ],
      }),
    entries: ['a?'],
  },
  {
    name: 'a cell in the last column',
    bytes: () => withCells(`${QUESTION}<c r="XFD2" t="inlineStr"><is><t>x</t></is></c>`),
    error: /column XFD; at most 200/,
  },
  {
    name: 'styled empty cells in all columns',
    bytes: () =>
      withCells(
        `${QUESTION}<c r="B2" t="inlineStr"><is><t>1</t></is></c>${Array.from({ length: 16_380 }, (_, at) => `<c r="${letter(at + 2)}2" s="1"/>`).join('')}`,
      ),
    entries: ['q?'],
  },
  {
    name: 'a formula, by its stored result',
    bytes: () => withCells(`${QUESTION}<c r="B2" t="str"><f>A2&amp;"x"</f><v>stored</v></c>`),
    entries: ['q?'],
    answers: ['stored'],
  },
  {
    name: 'a formula without a result',
    bytes: () => withCells(`${QUESTION}<c r="B2"><f>WEBSERVICE("http://x.example")</f></c>`),
    entries: [],
    bad: [2],
  },
  {
    name: 'a cell that shows an error',
    bytes: () => withCells(`${QUESTION}<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>`),
    entries: [],
    bad: [2],
  },
  {
    name: 'numbers as their cells show them',
    bytes: () =>
      withCells(`${QUESTION}<c r="B2" s="1"><v>7</v></c>`, {
        styles:
          '<numFmts><numFmt numFmtId="200" formatCode="00000"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="200"/></cellXfs>',
      }),
    entries: ['q?'],
    answers: ['00007'],
  },
  {
    name: 'a very large number',
    bytes: () => withCells(`${QUESTION}<c r="B2"><v>1E21</v></c>`),
    entries: ['q?'],
    answers: ['1E+21'],
  },
  {
    name: 'a true cell',
    bytes: () => withCells(`${QUESTION}<c r="B2" t="b"><v>1</v></c>`),
    entries: ['q?'],
    answers: ['TRUE'],
  },
  {
    name: 'a date of the 1904 calendar',
    bytes: () =>
      withCells(`${QUESTION}<c r="B2" s="1"><v>0.5</v></c>`, {
        date1904: true,
        styles: '<cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs>',
      }),
    entries: ['q?'],
    answers: ['1904-01-01 12:00'],
  },
  {
    name: 'pronunciations in a text',
    bytes: () =>
      withCells('<c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c>', {
        strings:
          '<si><r><t>多</t></r><r><t>久</t></r><rPh sb="0" eb="1"><t>duo</t></rPh></si><si><t>两_x000D_天</t></si>',
      }),
    entries: ['多久'],
    answers: ['两\n天'],
  },
  {
    name: 'a text number that does not exist',
    bytes: () => withCells(`${QUESTION}<c r="B2" t="s"><v>99</v></c>`),
    entries: [],
    bad: [2],
  },
  {
    name: 'entities defined in the file',
    hostile: true,
    bytes: () =>
      workbook({
        sheets: [{ data: '' }],
        more: {
          'xl/worksheets/sheet1.xml': text(
            '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;&c;</t></is></c></row></sheetData></worksheet>',
          ),
        },
      }),
    error: /entities/,
  },
  {
    name: 'names that lead out of the archive',
    bytes: () =>
      workbook({
        sheets: [{ data: textRows([HEADER, ['a?', '1']]) }],
        more: { '../../../etc/passwd': text('x'), '/root/x': text('x') },
      }),
    entries: ['a?'],
  },
  {
    name: 'a bomb of zeros',
    hostile: true,
    bytes: () =>
      workbook({
        sheets: [{ data: '' }],
        more: { 'xl/worksheets/sheet1.xml': joined(text('<worksheet><sheetData>'), zeros(132)) },
      }),
    error: /unpacked|whole|memory|long/,
  },
  {
    name: 'a zip in a zip',
    bytes: () => zipSync({ 'inner.zip': zipSync({ 'bomb.txt': zeros(20) }) }),
    error: /zip archive/,
  },
  {
    name: 'thousands of parts',
    bytes: () =>
      workbook({
        sheets: [{ data: '' }],
        more: Object.fromEntries(Array.from({ length: 6_000 }, (_, at) => [`x/${at}`, new Uint8Array(0)])),
      }),
    error: /parts/,
  },
  {
    name: 'a workbook cut off in the middle',
    hostile: true,
    bytes: () => {
      const whole = sheet([HEADER, ['a?', '1']]);
      return whole.subarray(0, whole.length / 2);
    },
    error: /damaged/,
  },
  {
    name: 'a workbook with a flipped byte',
    bytes: () => {
      const whole = Uint8Array.from(sheet([HEADER, ['a?', 'a long answer that is packed']]));
      const at = Buffer.from(whole).indexOf('xl/worksheets/sheet1.xml') + 60;
      whole[at] = (whole[at] ?? 0) ^ 0xff;
      return whole;
    },
    error: /damaged|whole/,
  },
  {
    name: 'a sheet that ends too early',
    bytes: () =>
      workbook({
        sheets: [{ data: '' }],
        more: { 'xl/worksheets/sheet1.xml': text('<worksheet><sheetData><row r="1"><c r="A1" t="inl') },
      }),
    error: /not whole/,
  },
];

const OTHERS: readonly Nasty[] = [
  { name: 'a workbook with a password', bytes: () => ole('EncryptedPackage'), error: /password/ },
  { name: 'an old workbook', bytes: () => ole('Workbook'), error: /\.xls\).*\.xlsx/ },
  { name: 'a Word document', bytes: () => zipSync({ 'word/document.xml': text('<x/>') }), error: /Word.*\.html/ },
  {
    name: 'an OpenDocument table',
    bytes: () => zipSync({ mimetype: text('x'), 'content.xml': text('<x/>') }),
    error: /OpenDocument.*\.xlsx/,
  },
  { name: 'a PDF called CSV', bytes: csv('%PDF-1.7\n1 0 obj'), error: /PDF/ },
  {
    name: 'a picture',
    bytes: () => Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0),
    error: /picture/,
  },
  {
    name: 'random bytes',
    bytes: () => Uint8Array.from({ length: 4_000 }, (_, at) => (at * 7_919) % 31),
    error: /no text/,
  },
  { name: 'JSON called CSV', bytes: csv('[{"question":"a?","answer":"1"}]'), entries: ['a?'] },
  { name: 'JSON that breaks off', bytes: csv('[{"question":"a?","answer":"1"},{"quest'), error: /no valid JSON/ },
  { name: 'JSON nested without end', hostile: true, bytes: () => text('['.repeat(1_000_000)), error: /levels deep/ },
  {
    name: 'JSON with keys of the language itself',
    bytes: csv('[{"question":"a?","answer":"1","__proto__":{"policy":"auto"}},{"question":"b?","answer":"2"}]'),
    entries: ['b?'],
    bad: [1],
  },
  {
    name: 'half a character in JSON',
    bytes: csv('[{"question":"a\\ud83d?","answer":"1"},{"question":"b?","answer":"2"}]'),
    entries: ['b?'],
    bad: [1],
  },
  {
    name: 'a broken JSON line',
    bytes: csv('{"question":"a?","answer":"1"}\n{oops\n{"question":"b?","answer":"2"}\n'),
    entries: ['a?', 'b?'],
    bad: [2],
  },
  {
    name: 'a YAML bomb',
    hostile: true,
    bytes: () =>
      text(
        `- id: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
          .split('')
          .map((name, at) => `- id: &${name} [${Array(9).fill(`*${'abcdefgh'[at]}`).join(',')}]\n`)
          .join('')}`,
      ),
    error: /too often/,
  },
  {
    name: 'YAML nested without end',
    hostile: true,
    bytes: () => text(`- id: ${'['.repeat(100_000)}`),
    error: /nested|YAML/,
  },
  {
    name: 'a page with scripts and frames',
    bytes: csv(
      '<!doctype html><title>FAQ</title><script>question,answer</script><iframe src="https://x.example">no</iframe><h2>Is it free?</h2><p onclick="x()">Yes <a href="javascript:alert(1)">it is</a><img src="data:image/png;base64,AAAA"></p>',
    ),
    entries: ['Is it free?'],
    answers: ['Yes it is'],
  },
  {
    name: 'a page nested without end',
    hostile: true,
    bytes: () => text(`<html><h1>Is it free?</h1>${'<div>'.repeat(50_000)}Yes`),
    entries: ['Is it free?'],
    answers: ['Yes'],
  },
  {
    name: 'a table saved as a page and called a workbook',
    bytes: csv('<html><table><tr><th>question</th><th>answer</th></tr><tr><td>a?</td><td>1</td></tr></table></html>'),
    entries: ['a?'],
    answers: ['1'],
  },
  {
    name: 'an XML spreadsheet of 2003',
    bytes: csv(
      '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    ),
    error: /2003/,
  },
  {
    name: 'Markdown with a question nobody answered',
    bytes: csv('# FAQ\n\nQ: a?\nA: 1\n\nQ: b?\n'),
    entries: ['a?'],
    bad: [6],
  },
];

export const NASTY_FILES: readonly Nasty[] = [...ENCODINGS, ...TABLES, ...WORKBOOKS, ...OTHERS];
