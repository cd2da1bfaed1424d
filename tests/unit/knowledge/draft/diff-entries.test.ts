import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Entry } from '../../../../lib/domain/entry.ts';
import { canonical } from '../../../../lib/knowledge/plan.ts';
import { changedFields, countChanges, diffEntries } from '../../../../lib/knowledge/releases/diff-entries.ts';

const entry = (changes: Partial<Record<keyof Entry, unknown>> = {}): Entry =>
  Entry.parse({
    id: 'return',
    intent: 'order.return',
    question: 'How do I send it back?',
    similarQuestions: ['return it', 'send back'],
    answers: [
      { text: 'Within seven days of delivery.', when: 'order.status = delivered' },
      { text: 'Tell us first, please.' },
    ],
    ...changes,
  });

describe('what changed in an entry', () => {
  test('nothing in one that says the same, whatever the order of its similar questions', () => {
    expect(changedFields(entry(), entry())).toEqual([]);
    expect(changedFields(entry(), entry({ similarQuestions: ['send back', 'return it'] }))).toEqual([]);
  });

  test('fields by path, what is not there left out', () => {
    expect(changedFields(entry(), entry({ policy: 'human', note: 'ask Li' }))).toEqual([
      { path: 'policy', before: 'auto', after: 'human' },
      { path: 'note', after: 'ask Li' },
    ]);
  });

  test('similar questions as a set, each at its place in the list that has it', () => {
    const after = entry({ similarQuestions: ['may I return it', 'return it'] });
    expect(changedFields(entry(), after)).toEqual([
      { path: 'similarQuestions.1', before: 'send back' },
      { path: 'similarQuestions.0', after: 'may I return it' },
    ]);
  });

  test('an answer that was reworded is the same answer; one put before it does not change it', () => {
    const [first, second] = entry().answers;
    const after = entry({
      answers: [
        { text: 'Not during the sale.', when: 'platform = wechat' },
        { ...first, text: 'Within 14 days of delivery.' },
        second,
      ],
    });
    expect(changedFields(entry(), after)).toEqual([
      { path: 'answers.0', after: { text: 'Not during the sale.', when: 'platform = wechat' } },
      { path: 'answers.1.text', before: 'Within seven days of delivery.', after: 'Within 14 days of delivery.' },
    ]);
    expect(changedFields(entry(), entry({ answers: [first] }))).toEqual([{ path: 'answers.1', before: second }]);
  });

  test('the order of answers, by their places before and after', () => {
    const [first, second] = entry().answers;
    expect(changedFields(entry(), entry({ answers: [second, first] }))).toEqual([
      { path: 'answers.order', before: [0, 1], after: [1, 0] },
    ]);
  });
});

const words = fc.constantFrom('pay', 'by card', 'in cash', 'return it', 'ship', '几天到', '怎么退', 'now');
const answers = fc.array(
  fc.record({ text: words, when: fc.option(fc.constantFrom('platform = a', 'platform = b'), { nil: undefined }) }),
  { minLength: 1, maxLength: 4 },
);
const anyEntry = (id: string) =>
  fc
    .record({
      intent: words,
      question: words,
      similarQuestions: fc.uniqueArray(words, { maxLength: 4 }),
      answers,
      policy: fc.constantFrom('auto', 'assist'),
      category: fc.option(words, { nil: undefined }),
    })
    .map((fields) => Entry.parse({ id, ...JSON.parse(JSON.stringify(fields)) }));
const draft = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 4 })
  .chain((ids) => fc.tuple(...ids.map(anyEntry)))
  .map((entries): Entry[] => entries);

/** The entry without the order that means nothing. */
const meaning = (one: Entry): string => canonical({ ...one, similarQuestions: one.similarQuestions.toSorted() });
const meanings = (entries: readonly Entry[]): string[] => entries.map(meaning).sort();

test('a diff is empty exactly when both say the same, and its counts are of its items', () => {
  fc.assert(
    fc.property(draft, draft, (before, after) => {
      const changes = diffEntries(before, after);
      expect(changes.length === 0).toBe(canonical(meanings(before)) === canonical(meanings(after)));
      const { added, changed, removed } = countChanges(changes);
      expect(added - removed).toBe(after.length - before.length);
      expect(added + changed + removed).toBe(changes.length);
      expect(changes.filter(({ kind }) => kind === 'changed').every(({ fields }) => fields.length > 0)).toBe(true);
      expect(changes.map(({ id }) => id)).toEqual(changes.map(({ id }) => id).sort());
    }),
    { numRuns: 300 },
  );
});

test('the other way round, what was added is removed', () => {
  fc.assert(
    fc.property(draft, draft, (before, after) => {
      const there = countChanges(diffEntries(before, after));
      const back = countChanges(diffEntries(after, before));
      expect(back).toEqual({ added: there.removed, changed: there.changed, removed: there.added });
    }),
  );
});
