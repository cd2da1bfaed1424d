/** Phrases of the desk: parameters, codes, and what comes from a file. */
import { describe, expect, test } from 'vitest';
import { badParameter, parametersIn, sharedShortcut, withParameters } from '../../../lib/domain/desk-phrases.ts';
import { mergePhrases, readPhrases } from '../../../lib/knowledge/phrases.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('parameters are found in order, each once, in any language', () => {
  const text = '订单{{ask.订单号}}会在{{ ask.days }}天内处理，{{ask.订单号}}';
  expect(parametersIn(text)).toEqual(['订单号', 'days']);
  expect(withParameters({ id: 'a', text, parameters: ['old'] }).parameters).toEqual(['订单号', 'days']);
  expect(withParameters({ id: 'a', text: 'none', parameters: ['old'] })).toEqual({ id: 'a', text: 'none' });
});

test.each([
  ['{{ask.}}', true],
  ['{{ask.a', true],
  ['{{ask.name}} {{shop.return_window}}', false],
  ['plain', false],
])('%s', (text, isBad) => {
  expect(badParameter(text) !== undefined).toBe(isBad);
});

test('two phrases share no code, whatever its case', () => {
  const list = [
    { id: 'a', text: 'Hello', shortcut: '/Hi' },
    { id: 'b', text: 'Other', shortcut: '/hi' },
  ];
  expect(sharedShortcut(list)).toEqual({ shortcut: '/hi', first: 'Hello', at: 1 });
  expect(sharedShortcut([list[0] ?? { id: '', text: '' }])).toBeUndefined();
});

describe('a file', () => {
  test('of Chinese headers is read, its bad rows named', () => {
    const csv =
      '快捷码,标题,内容,语言\nhi,问候,您好！,zh\nhi,再问候,又是您,zh\n,没有内容,,zh\nbad code,x,y,\nl,x,y,fr\nq,x,{{ask.,zh\n';
    const { phrases, rejected } = readPhrases(bytes(csv));
    expect(phrases).toMatchObject([{ shortcut: 'hi', title: '问候', text: '您好！', language: 'zh' }]);
    expect(rejected.map(({ row, column }) => [row, column])).toEqual([
      [3, '快捷码'],
      [4, '内容'],
      [5, '快捷码'],
      [6, '语言'],
      [7, '内容'],
    ]);
  });

  test('of JSON is read as well; a list of canned replies has code and content', () => {
    const json = JSON.stringify([{ short_code: 'ty', content: 'Thank you!' }, { content: '' }]);
    const { phrases, rejected } = readPhrases(bytes(json));
    expect(phrases).toMatchObject([{ shortcut: 'ty', text: 'Thank you!' }]);
    expect(rejected).toHaveLength(1);
  });

  test('without a column of texts says what is missing', () => {
    expect(() => readPhrases(bytes('a,b\n1,2\n'))).toThrow(/text/);
  });

  const list = [
    { id: 'x', shortcut: 'HI', text: 'Hello' },
    { id: 'y', text: 'Keep me' },
  ];
  const read = readPhrases(bytes('code,text\nhi,Good morning\nbye,Goodbye\n'));

  test('merged: one code is one phrase, the rest stays', () => {
    const { list: next, report } = mergePhrases(list, read, 'merge');
    expect(report).toEqual({ added: 1, changed: 1, unchanged: 0, removed: 0, rejected: [] });
    expect(next.map(({ id, text }) => [id, text])).toEqual([
      ['y', 'Keep me'],
      ['x', 'Good morning'],
      [next[2]?.id, 'Goodbye'],
    ]);
    expect(mergePhrases(next, read, 'merge').report).toMatchObject({ added: 0, changed: 0, unchanged: 2 });
  });

  test('in place of the list', () => {
    const { list: next, report } = mergePhrases(list, read, 'replace');
    expect(next.map(({ text }) => text)).toEqual(['Good morning', 'Goodbye']);
    expect(report).toMatchObject({ added: 1, changed: 1, removed: 1 });
  });
});
