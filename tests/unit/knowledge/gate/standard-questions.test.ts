import { expect, test } from 'vitest';
import { Entry } from '../../../../lib/domain/entry.ts';
import { DEFAULT_SETTINGS } from '../../../../lib/domain/tenant.ts';
import { compile } from '../../../../lib/engine/compile.ts';
import { open } from '../../../../lib/engine/open.ts';
import { compileInput } from '../../../../lib/knowledge/compile-input.ts';
import { expiring } from '../../../../lib/knowledge/gate/moment.ts';
import type { Side } from '../../../../lib/knowledge/gate/side.ts';
import { compareStandard } from '../../../../lib/knowledge/gate/standard-questions.ts';

const entry = (id: string, question: string, more: object = {}): Entry =>
  Entry.parse({ id, intent: id, question, answers: [{ text: 'x' }], ...more });

/** Questions of one entry, of two, of two languages, and of entries that have nothing to say. */
const ENTRIES = [
  entry('ship', 'When will it ship?', { similarQuestions: ['send it', 'post it today'], language: 'en' }),
  entry('pay', 'How can I pay?', { similarQuestions: ['which cards'], language: 'en' }),
  entry('cash', 'do you take cash', { similarQuestions: ['HOW can i pay'], language: 'en' }),
  entry('fapiao', 'VIP', { language: 'zh' }),
  entry('club', 'VIP', { language: 'en' }),
  entry('any', 'opening hours'),
  entry('over', 'summer sale', { answers: [{ text: 'x', validUntil: '2026-08-01T00:00:00Z' }] }),
  entry('fact', 'dispatch time', { answers: [{ text: 'Within {{shop.dispatch_time}}.' }] }),
  entry('night', 'is anybody there at night', { answers: [{ text: 'x', when: 'time 22:00-06:00' }] }),
];
const AT = Date.parse('2026-11-22T04:00:00Z');

function sideOf(entries: readonly Entry[]): Side {
  const engine = open(compile(compileInput(entries, { phrases: {}, skills: {} })).bytes);
  const ask = () => Promise.reject(new Error('not asked'));
  return { entries, engine, ask, verdicts: [] };
}

test('what is known of standard questions without asking is what the engine says', async () => {
  const side = sideOf(ENTRIES);
  const compared = await compareStandard(side, side, { at: AT, settings: DEFAULT_SETTINGS }, () => 0.25);
  expect(compared.map(({ question }) => question.expected)).toEqual(['ship', 'pay', 'cash', 'fapiao', 'club', 'any']);
  for (const { question, after, change } of compared) {
    const { text, language } = question;
    const { candidates } = side.engine.classify(text, language === undefined ? {} : { language });
    expect(after.got, text).toBe(candidates[0]?.key);
    expect(change).toBeUndefined();
  }
});

test('a new entry’s is gained; a new wording that the live release understands already is no change', async () => {
  const live = sideOf(ENTRIES.slice(0, 2));
  const thief = entry('thief', 'When will it ship', {
    language: 'en',
    similarQuestions: ['when it will ship', 'ship when'],
  });
  const next = sideOf([thief, ...ENTRIES.slice(1, 2), entry('ship', 'post it?', { language: 'en' })]);
  const compared = await compareStandard(next, live, { at: AT, settings: DEFAULT_SETTINGS }, () => 0.25);
  expect(compared.map(({ question, change }) => [question.expected, change])).toEqual([
    ['thief', 'gained'],
    ['pay', undefined],
    ['ship', undefined],
  ]);
});

test('answers that end or begin within the window are listed, the soonest first', () => {
  const dated = [
    entry('a', 'a', { answers: [{ text: 'x', validUntil: '2026-12-01T00:00:00+08:00' }] }),
    entry('b', 'b', { answers: [{ text: 'x' }, { text: 'y', validFrom: '2026-11-23T00:00:00Z' }] }),
    entry('c', 'c', { answers: [{ text: 'x', validUntil: '2027-01-01T00:00:00Z' }] }),
    entry('d', 'd', { answers: [{ text: 'x', validUntil: '2026-11-22T04:00:00Z' }] }),
  ];
  expect(expiring(dated, AT)).toEqual([
    { entryId: 'b', answer: 1, kind: 'begins', at: '2026-11-23T00:00:00Z' },
    { entryId: 'a', answer: 0, kind: 'ends', at: '2026-12-01T00:00:00+08:00' },
  ]);
});
