import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Answer, Entry } from '../../../../lib/domain/entry.ts';
import type { EntryId } from '../../../../lib/domain/ids.ts';
import { matchAnswers } from '../../../../lib/knowledge/packs/match-answers.ts';
import { mergeEntry, sameContent } from '../../../../lib/knowledge/packs/merge-entry.ts';
import { judgeAll, type MergeBase, reportOf } from '../../../../lib/knowledge/packs/merge-pack.ts';
import { mergeTexts } from '../../../../lib/knowledge/packs/three-way.ts';
import { keepMarks } from '../../../../lib/knowledge/plan.ts';

const OLD = 'toys@1.0.0';
const NEW = 'toys@1.1.0';

const words = fc.constantFrom('parcel', 'sent', 'where', 'refund', 'soon', 'broken', 'pay', 'card', 'size', 'colour');
const text = fc.array(words, { minLength: 1, maxLength: 5 }).map((list) => list.join(' '));
const when = fc.constantFrom('order.status = paid', 'order.status = shipped', 'order.payment = cod');
const answer: fc.Arbitrary<Answer> = fc.record(
  {
    text,
    when,
    shop: fc.constantFrom('north', 'south'),
    cards: fc.array(fc.constantFrom('p1', 'p2'), { maxLength: 2 }),
  },
  { requiredKeys: ['text'] },
);
const fields = {
  intent: fc.constantFrom('a.b', 'c.d'),
  question: text,
  similarQuestions: fc.uniqueArray(text, { maxLength: 6 }),
  answers: fc.array(answer, { minLength: 1, maxLength: 4 }),
  ask: text,
  policy: fc.constantFrom('auto', 'assist', 'human'),
  note: text,
};
const entry = (id: string, pack: string): fc.Arbitrary<Entry> =>
  fc
    .record(fields, { requiredKeys: ['intent', 'question', 'similarQuestions', 'answers', 'policy'] })
    .map((drawn) => Entry.parse({ ...drawn, id, pack }));

/** An entry after somebody has worked on it: some fields are other ones, lists lose and gain. */
const edited = (from: Entry): fc.Arbitrary<Entry> =>
  fc
    .record({
      fields: fc.record(fields, { requiredKeys: [] }),
      keeps: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
      adds: fc.uniqueArray(text, { maxLength: 3 }),
      reworded: fc.array(fc.option(answer, { nil: undefined }), { minLength: 4, maxLength: 4 }),
      more: fc.array(answer, { maxLength: 1 }),
    })
    .map(({ fields: { similarQuestions: _, answers: __, ...others }, keeps, adds, reworded, more }) => {
      const kept = from.similarQuestions.filter((_, at) => keeps[at]);
      const answers = from.answers.flatMap((one, at) => (keeps[6 + at] ? [{ ...one, ...reworded[at] }] : []));
      return Entry.parse({
        ...from,
        ...others,
        similarQuestions: [...new Set([...kept, ...adds])],
        answers: [...answers, ...more].length === 0 ? from.answers : [...answers, ...more],
      });
    });

const three = entry('e', OLD).chain((old) =>
  fc.record({ old: fc.constant(old), mine: edited(old), theirs: edited(old).map((one) => ({ ...one, pack: NEW })) }),
);

const flat = (one: Entry): Entry => ({ ...one, pack: 'x' });
const SCALARS = ['intent', 'question', 'ask', 'policy', 'note'] as const;

describe('one entry', () => {
  test('what only the shop changed stays, what only the pack changed comes, and both alike come once', () => {
    fc.assert(
      fc.property(three, ({ old, mine, theirs }) => {
        expect(flat(mergeEntry(old, { ...old, pack: NEW }, mine).value)).toEqual(flat(mine));
        expect(flat(mergeEntry(old, theirs, old).value)).toEqual(flat(theirs));
        const alike = mergeEntry(old, { ...mine, pack: NEW }, mine);
        expect(flat(alike.value)).toEqual(flat(mine));
        expect(alike.clashes).toEqual([]);
      }),
    );
  });

  test('no edit of the shop is lost: it is in the result, or it is a conflict', () => {
    fc.assert(
      fc.property(three, ({ old, mine, theirs }) => {
        const { value } = mergeEntry(old, theirs, mine);
        const edits = SCALARS.filter((field) => mine[field] !== old[field]);
        for (const field of edits) expect(value[field], field).toEqual(mine[field]);
        const added = mine.similarQuestions.filter((one) => !old.similarQuestions.includes(one));
        expect([...value.similarQuestions, value.question]).toEqual(expect.arrayContaining(added));
        const removed = old.similarQuestions.filter((one) => !mine.similarQuestions.includes(one));
        expect(value.similarQuestions.filter((one) => removed.includes(one))).toEqual([]);
        // A changed or added answer is there in the shop's words, whatever the pack did.
        const before = new Set(old.answers.map((one) => one.text));
        const own = mine.answers.map((one) => one.text).filter((words) => !before.has(words));
        expect(value.answers.map((one) => one.text)).toEqual(expect.arrayContaining(own));
      }),
      { numRuns: 300 },
    );
  });

  test('choosing the pack leaves no clash in the shop’s words, and other edits stay', () => {
    fc.assert(
      fc.property(three, ({ old, mine, theirs }) => {
        const { value, clashes } = mergeEntry(old, theirs, mine, 'theirs');
        const clashed = new Set(clashes.map(({ path }) => path));
        const lost = SCALARS.filter((field) => clashed.has(field));
        for (const field of lost) expect(value[field]).toEqual(theirs[field]);
        const kept = SCALARS.filter((field) => mine[field] !== old[field] && !clashed.has(field));
        for (const field of kept) expect(value[field]).toEqual(mine[field]);
      }),
    );
  });

  test('an answer is known by what it is for, then by its words', () => {
    const old = [{ text: 'It left today.', when: 'order.status = shipped' }, { text: 'We send it soon.' }];
    const later = [
      { text: 'We send it very soon.' },
      { text: 'Something else entirely', when: 'order.status = shipped' },
    ];
    expect([...matchAnswers(old, later)].sort()).toEqual([
      [0, 1],
      [1, 0],
    ]);
    const moved = [{ text: 'We send it soon.', when: 'order.payment = cod' }];
    expect([...matchAnswers(old, moved)]).toEqual([[1, 0]]);
  });

  test('the shop’s variant, a condition of the pack and a reworded text live side by side', () => {
    const base = { id: 'e', intent: 'i', question: 'q?', pack: OLD };
    const old = Entry.parse({ ...base, answers: [{ text: 'We send it soon.' }] });
    const mine = Entry.parse({
      ...base,
      off: true,
      answers: [{ text: 'We send it soon, dear.' }, { text: 'North sends today.', shop: 'north' }],
    });
    const theirs = Entry.parse({
      ...base,
      pack: NEW,
      answers: [
        { text: 'We send it soon.', channels: ['app'] },
        { text: 'It is paid?', when: 'order.status = paid' },
      ],
    });
    const { value, clashes } = mergeEntry(old, theirs, mine);
    expect(clashes).toEqual([]);
    expect(value).toMatchObject({ off: true, pack: NEW });
    expect(value.answers).toEqual([
      { text: 'We send it soon, dear.', channels: ['app'] },
      { text: 'It is paid?', when: 'order.status = paid' },
      { text: 'North sends today.', shop: 'north' },
    ]);
  });

  test('both added an answer for the same circumstances: a conflict with both', () => {
    const base = { id: 'e', intent: 'i', question: 'q?' };
    const answers = [{ text: 'Anyway.' }];
    const old = Entry.parse({ ...base, answers });
    const cod = (say: string) =>
      Entry.parse({ ...base, answers: [...answers, { text: say, when: 'order.payment = cod' }] });
    const { value, clashes } = mergeEntry(old, cod('pack'), cod('shop'));
    expect(clashes).toMatchObject([{ path: 'answers.1', theirs: { text: 'pack' }, mine: { text: 'shop' } }]);
    expect(value.answers[1]?.text).toBe('shop');
    expect(mergeEntry(old, cod('pack'), cod('shop'), 'theirs').value.answers[1]?.text).toBe('pack');
  });
});

test('a file that edits a pack’s entry without naming the pack leaves it the pack’s', () => {
  const base = { intent: 'i', question: 'q?', answers: [{ text: 'a' }] };
  const [pack, own] = [Entry.parse({ ...base, id: 'p', pack: OLD }), Entry.parse({ ...base, id: 'o' })];
  const wanted = [pack, own].map(({ pack: _, ...entry }) => ({ ...entry, note: 'edited' }));
  expect(keepMarks([pack, own], wanted).map((entry) => entry.pack)).toEqual([OLD, undefined]);
  expect(keepMarks([pack], [{ ...pack, pack: NEW }])[0]?.pack).toBe(NEW);
});

test('similar questions are merged as a set', () => {
  const key = (one: string) => one.toLowerCase().replace(/\W/g, '');
  expect(mergeTexts(['a', 'b', 'c'], ['b', 'c', 'd'], ['a', 'c', 'e'], key)).toEqual(['c', 'd', 'e']);
  expect(mergeTexts(['a'], ['a', 'New?'], ['a', 'new'], key)).toEqual(['a', 'new']);
});

const packOf = (entries: readonly Entry[], tag: string) =>
  new Map(entries.map((one) => [one.id, { ...one, pack: tag }]));
const baseOf = (old: readonly Entry[], theirs: readonly Entry[]): MergeBase => ({
  from: OLD,
  to: NEW,
  theirs: packOf(theirs, NEW),
  old: new Map([
    [OLD, packOf(old, OLD)],
    [NEW, packOf(theirs, NEW)],
  ]),
  choices: {},
  restores: false,
});

const merged = (base: MergeBase, mine: readonly Entry[]): Entry[] => {
  const judged = judgeAll(base, mine);
  const touched = new Set(judged.map(({ id }) => id));
  return [...judged.flatMap(({ verdict }) => verdict.next ?? []), ...mine.filter(({ id }) => !touched.has(id))].sort(
    (a, b) => (a.id < b.id ? -1 : 1),
  );
};

const IDS = ['a', 'b', 'c', 'd'];
/** A pack's old version; its new one and the shop's draft, each with entries edited, dropped and added. */
const shops = fc.tuple(...IDS.map((id) => entry(id, OLD))).chain((old) =>
  fc.record({
    old: fc.constant(old),
    theirs: fc
      .tuple(
        fc.tuple(...old.map((one) => fc.option(fc.oneof(fc.constant(one), edited(one)), { nil: undefined }))),
        entry('new', NEW),
      )
      .map(([kept, added]) => [...kept.flatMap((one) => one ?? []), added]),
    mine: fc
      .tuple(
        fc.tuple(...old.map((one) => fc.option(fc.oneof(fc.constant(one), edited(one)), { nil: undefined }))),
        entry('own', OLD),
      )
      .map(([kept, { pack: _, ...own }]): Entry[] => [...kept.flatMap((one) => one ?? []), own]),
  }),
);

describe('a pack', () => {
  test('without edits the draft becomes the new version', () => {
    fc.assert(
      fc.property(shops, ({ old, theirs }) => {
        const result = merged(baseOf(old, theirs), old);
        const wanted = [...packOf(theirs, NEW).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
        expect(result).toEqual(wanted);
      }),
    );
  });

  test('an update to the same words changes nothing but the mark', () => {
    fc.assert(
      fc.property(shops, ({ old, mine }) => {
        const result = merged(baseOf(old, old), mine);
        expect(result.map(flat)).toEqual([...mine].sort((a, b) => (a.id < b.id ? -1 : 1)).map(flat));
      }),
    );
  });

  test('a second update finds nothing to do and asks nothing again', () => {
    fc.assert(
      fc.property(shops, ({ old, theirs, mine }) => {
        const once = merged(baseOf(old, theirs), mine);
        const again: MergeBase = { ...baseOf(theirs, theirs), from: NEW };
        const judged = judgeAll(again, once);
        expect(merged(again, once)).toEqual(once);
        expect(reportOf(again, judged, true)).toMatchObject({
          added: [],
          updated: [],
          merged: [],
          removed: [],
          conflicts: [],
        });
        // Nor does the next version ask about what was settled in this one.
        const third = 'toys@1.2.0';
        const next: MergeBase = {
          ...baseOf(theirs, theirs),
          from: NEW,
          to: third,
          theirs: packOf(theirs, third),
          old: new Map([
            [NEW, packOf(theirs, NEW)],
            [third, packOf(theirs, third)],
          ]),
        };
        expect(reportOf(next, judgeAll(next, once), true).conflicts).toEqual([]);
      }),
    );
  });

  test('the shop’s own entries stay, what it deleted stays away, what it edited is never removed unasked', () => {
    fc.assert(
      fc.property(shops, ({ old, theirs, mine }) => {
        const base = baseOf(old, theirs);
        const result = new Map(merged(base, mine).map((one) => [one.id as string, one]));
        expect(result.get('own')).toEqual(mine.find(({ id }) => id === 'own'));
        expect(result.has('new')).toBe(true);
        const ownOf = (id: string) => mine.find((one) => one.id === id);
        const deleted = old.filter(({ id }) => ownOf(id) === undefined).map(({ id }) => id);
        expect(deleted.filter((id) => result.has(id))).toEqual([]);
        const edits = mine.filter((one) => old.some((before) => before.id === one.id && !sameContent(one, before)));
        expect(edits.filter(({ id }) => !result.has(id))).toEqual([]);
        const report = reportOf(base, judgeAll(base, mine), true);
        const gone = report.removed.map(({ id }) => id);
        for (const id of gone) expect(ownOf(id)).toEqual(old.find((one) => one.id === id));
      }),
    );
  });

  test('an entry of the same id that the shop wrote itself is left alone', () => {
    const [old] = fc.sample(entry('a', OLD), { numRuns: 1, seed: 1 });
    if (old === undefined) throw new Error('one is drawn');
    const { pack: _, ...own } = { ...old, question: 'Ours?' };
    const base = baseOf([old], [{ ...old, question: 'Theirs?' }]);
    expect(merged(base, [own])).toEqual([own]);
  });

  test('dropped by the pack and edited by the shop: asked, kept as the shop’s own, or taken out', () => {
    const [old] = fc.sample(entry('a', OLD), { numRuns: 1, seed: 2 });
    if (old === undefined) throw new Error('one is drawn');
    const mine = { ...old, note: 'ours' };
    const base = baseOf([old], []);
    const asked = reportOf(base, judgeAll(base, [mine]), true);
    expect(asked.conflicts).toMatchObject([{ entryId: 'a', fields: [{ path: 'deleted' }] }]);
    const choose = (side: 'mine' | 'theirs') => merged({ ...base, choices: { ['a' as EntryId]: side } }, [mine]);
    expect(choose('theirs')).toEqual([]);
    expect(choose('mine')).toEqual([{ ...mine, pack: undefined }]);
  });

  test('without the old words every difference is asked about', () => {
    const [old] = fc.sample(entry('a', OLD), { numRuns: 1, seed: 3 });
    if (old === undefined) throw new Error('one is drawn');
    const base: MergeBase = { ...baseOf([], [{ ...old, question: 'Theirs?' }]), old: new Map() };
    const { conflicts } = reportOf(base, judgeAll(base, [old]), true);
    expect(conflicts).toEqual([
      { entryId: 'a', question: old.question, fields: [{ path: 'question', theirs: 'Theirs?', mine: old.question }] },
    ]);
  });
});
