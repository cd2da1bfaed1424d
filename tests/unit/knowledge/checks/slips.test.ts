import { expect, test } from 'vitest';
import { refuseSlips } from '../../../../lib/knowledge/checks/slips.ts';

const entry = { question: 'Why?', similarQuestions: [], answers: [{ text: 'So.', validFrom: '2026-11-11T00:00:00Z' }] };

test('what an entry has, what a reader adds and what a client keeps for itself are no slips', () => {
  expect(() => refuseSlips({ ...entry, revision: 'r', updatedAt: 'x', updatedBy: 'y', crmTicket: 7 })).not.toThrow();
});

test.each([
  [{ simularQuestions: ['a'] }, { path: 'simularQuestions', message: expect.stringContaining('similarQuestions') }],
  [{ similar_questions: ['a'] }, { path: 'similar_questions', message: expect.stringContaining('similarQuestions') }],
  [
    { answers: [{ text: 'a' }, { text: 'b', valid_until: 'x' }] },
    { path: 'answers.1.valid_until', message: expect.stringContaining('validUntil') },
  ],
])('%j is refused with the field that was meant', (slip, error) => {
  expect(() => refuseSlips({ ...entry, ...slip })).toThrow(
    expect.objectContaining({ kind: 'invalid', errors: [error] }),
  );
});
