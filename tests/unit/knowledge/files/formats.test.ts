import { expect, test } from 'vitest';
import { formatNumber } from '../../../../lib/knowledge/files/number-format.ts';
import { readHere } from '../../../../lib/knowledge/files/readers.ts';

const read = (text: string) =>
  readHere('content', Buffer.from(text), { hint: 'auto', columns: { question: [], answer: [] } });

test('Zendesk’s macros: the last level is the question, formatted comments are text, switched-off ones are named', () => {
  const action = { field: 'comment_value_html', value: '<p>Hi <b>you</b></p><ul><li>one</li></ul>' };
  const macros = [
    { title: 'Orders::Returns::How to return', active: true, actions: [{ field: 'status', value: 'solved' }, action] },
    { title: 'Old', active: false, actions: [action] },
    { title: 'Only tags', actions: [{ field: 'current_tags', value: 'x' }] },
    { title: 7 },
  ];
  expect(read(JSON.stringify({ macros }))).toMatchObject({
    detected: 'zendesk',
    objects: [{ row: 1, value: { question: 'How to return', category: 'Orders / Returns', answer: 'Hi you\n- one' } }],
    warnings: [{ row: 2 }, { row: 3 }],
    rejected: [{ row: 4 }],
  });
});

test('Chatwoot’s canned responses: the short code is question and shortcut', () => {
  const canned = [{ id: 1, account_id: 2, short_code: 'refund_policy', content: 'Within 14 days.' }];
  expect(read(JSON.stringify(canned))).toMatchObject({
    detected: 'chatwoot',
    objects: [{ value: { question: 'refund policy', shortcut: 'refund_policy', answer: 'Within 14 days.' } }],
  });
});

test('Markdown: chapters are sections with their path, headings that ask and written questions are answered', () => {
  const text =
    '---\ntitle: "Help"\n---\n# Shop help\n\nWelcome.\n\n## Returns\n\nBy post.\n\n### Who pays?\n\nWe do, see [here](https://a.example/x).\n\n' +
    '<details><summary>Is it free?</summary>\n\nYes, *it is*.\n\n</details>\n\n问1：多久\n答1：两天\n以内\n';
  expect(read(text)).toMatchObject({
    detected: 'markdown',
    articles: [
      {
        title: 'Shop help',
        sections: [
          { row: 6, path: [], text: 'Welcome.' },
          { row: 10, path: ['Returns'], text: 'By post.' },
        ],
        answered: [
          { row: 12, path: ['Returns'], question: 'Who pays?', answer: 'We do, see here (https://a.example/x).' },
          { path: ['Returns'], question: 'Is it free?', answer: 'Yes, it is.' },
          { path: ['Returns'], question: '多久', answer: '两天\n以内' },
        ],
      },
    ],
  });
});

test.each<[number, string | undefined, string]>([
  [1234.5, '#,##0.00', '1,234.50'],
  [-3, '0;(0)', '(3)'],
  [0.256, '0.0%', '25.6%'],
  [1.005, '0.00', '1.01'],
  [12345, '0.00E+00', '1.23E+04'],
  [19.9, '"¥"#,##0.00', '¥19.90'],
  [5, '0"件"', '5件'],
  [46337.8333333333, 'yyyy"年"m"月"d"日" hh:mm', '2026-11-11 20:00'],
  [46337, 'm/d/yy', '2026-11-11'],
  [0.75, 'hh:mm', '18:00'],
  [1.5, '[h]:mm', '36:00'],
  [0.1 + 0.2, undefined, '0.3'],
  [123456789012345, 'General', '123456789012345'],
])('%s shown by %s is %s', (value, code, text) => {
  expect(formatNumber(value, code, false)).toBe(text);
});
