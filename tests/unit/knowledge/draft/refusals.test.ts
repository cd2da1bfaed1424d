import { describe, expect, test } from 'vitest';
import { Cursor } from '../../../../lib/domain/contract/common.ts';
import { CuecardError } from '../../../../lib/domain/error.ts';
import { Release, ReleaseRequest } from '../../../../lib/domain/release.ts';
import { PatchTenant } from '../../../../lib/domain/tenant-requests.ts';
import { readEntry } from '../../../../lib/knowledge/draft.ts';
import { readEntries } from '../../../../lib/knowledge/read-entries.ts';

const entry = (changes: object) => ({
  id: 'pay',
  intent: 'pay',
  question: 'How?',
  answers: [{ text: 'So.' }],
  ...changes,
});

/** What an edit is refused for, by path. */
function refused(changes: object): Record<string, string> {
  try {
    readEntry(entry(changes));
  } catch (error) {
    if (error instanceof CuecardError)
      return Object.fromEntries(error.errors.map(({ path, message }) => [path, message]));
    throw error;
  }
  return {};
}

describe('an edit that nobody could want', () => {
  test('texts of which nothing can be seen, whatever they are made of', () => {
    for (const empty of ['   ', '\n\t', '\u200b\u202e', '\u3000'])
      expect(refused({ question: empty, answers: [{ text: empty }], similarQuestions: ['fine', empty] })).toEqual({
        question: expect.stringContaining('empty'),
        'answers.0.text': expect.stringContaining('empty'),
        'similarQuestions.1': expect.stringContaining('empty'),
      });
  });

  test('halves of characters, and NUL', () => {
    expect(refused({ question: 'lone \ud800', answers: [{ text: 'a\u0000b' }] })).toEqual({
      question: expect.stringContaining('half'),
      'answers.0.text': expect.stringContaining('NUL'),
    });
    expect(refused({ question: '😀', answers: [{ text: '\u000b.' }] })).toEqual({});
  });

  test('an answer that ends before it begins, and a page that is no web address', () => {
    const passage = { article: 'Terms', path: [] };
    const answers = [{ text: 'So.', validFrom: '2026-11-12T00:00:00Z', validUntil: '2026-11-11T00:00:00Z' }];
    expect(refused({ answers, passage: { ...passage, url: 'javascript:alert(1)' } })).toEqual({
      'answers.0.validUntil': expect.stringContaining('ends before it begins'),
      'passage.url': expect.stringContaining('https'),
    });
    expect(refused({ passage: { ...passage, url: 'https://shop.example/terms' } })).toEqual({});
  });
});

test('the same is refused of a file, row by row', () => {
  const rows = [
    entry({ id: 'a', question: '   ' }),
    entry({ id: 'b', answers: [{ text: ' ' }] }),
    entry({ id: 'c', question: 'nul \u0000 here' }),
    entry({ id: 'd', question: 'fine' }),
  ];
  const read = readEntries(new TextEncoder().encode(JSON.stringify(rows)), 'json', { timeZone: 'UTC' });
  expect(read.entries.map(({ id }) => id)).toEqual(['d']);
  expect(read.rejected.map(({ row }) => row)).toEqual([1, 2, 3]);
  const many = Array.from({ length: 51 }, (_, at) => `e,how?,answer ${at}`).join('\n');
  const { rejected } = readEntries(new TextEncoder().encode(`id,question,answer\n${many}\n`), 'csv', {
    timeZone: 'UTC',
  });
  expect(rejected).toMatchObject([{ reason: expect.stringContaining('51 answers, at most 50') }]);
});

test('a cursor that is longer than any key is none of ours', () => {
  expect(Cursor.safeParse('问'.repeat(200)).success).toBe(true);
  expect(Cursor.safeParse('x'.repeat(2_000)).success).toBe(false);
  expect(Cursor.safeParse('问'.repeat(600)).success).toBe(false);
});

test('a reason that says nothing is none, and a freeze that ends before it begins is refused', () => {
  expect(ReleaseRequest.safeParse({ override: { reason: '   ' } }).success).toBe(false);
  expect(Release.shape.override.safeParse({ reason: ' ' }).success, 'one that is stored can be read').toBe(true);
  const freeze = { from: '2026-11-12T00:00:00Z', until: '2026-11-10T00:00:00Z', reason: 'sale' };
  expect(PatchTenant.safeParse({ freezes: [freeze] }).success).toBe(false);
  expect(PatchTenant.safeParse({ freezes: [{ ...freeze, until: '2026-11-13T00:00:00Z' }] }).success).toBe(true);
});

test('an id that an edit may have comes back from a spreadsheet as well; a sentence in its place is none', () => {
  const ids = ['faq#12', 'a%b', '😀', 'คืนเงิน', 'e\u0301tat', '怎么退货？', 'is it, then'];
  const csv = ['id,question,answer', ...ids.map((id, at) => `"${id}",question ${at},answer ${at}`)].join('\n');
  const { entries, rejected } = readEntries(new TextEncoder().encode(csv), 'csv', { timeZone: 'UTC' });
  expect(entries.map(({ id }) => id)).toEqual(ids.slice(0, 5));
  expect(rejected.map(({ value }) => value)).toEqual(ids.slice(5));
});
