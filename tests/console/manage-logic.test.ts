import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { ApiError } from '../../console/api.ts';
import { buildConsole } from '../../console/build.ts';
import { shownChanges } from '../../console/manage/draft/change-fields.ts';
import { conditionOf, rowsOf } from '../../console/manage/entries/condition-rows.ts';
import { merged, mergeFields } from '../../console/manage/entries/merge.ts';
import { pasted } from '../../console/manage/entries/similar.tsx';
import { matching, slotAt } from '../../console/manage/entries/slot-text.tsx';
import type { StoredEntry } from '../../console/manage/entries/types.ts';
import { sameForm, sendable } from '../../console/manage/entries/types.ts';
import { applied, currentIn, fits, holds } from '../../console/manage/golden/list.ts';
import { detailWords } from '../../console/manage/log/detail.ts';
import { pagesFor } from '../../console/manage/places.ts';
import { freezesAhead, frozenNow } from '../../console/manage/shell/freeze.ts';
import { createGoKeys } from '../../console/manage/shell/go-keys.ts';
import { counted, share } from '../../console/manage/shell/say.ts';
import { hashOf, readRoute } from '../../console/route.ts';
import { startSession } from '../../console/session.ts';
import { language } from '../../console/words/words.ts';
import { parseCondition } from '../../lib/domain/condition.ts';
import { entry } from '../support/knowledge-fixtures.ts';

beforeEach(() => {
  language.value = 'en';
});

test('no schema is shipped to a browser, and an agent reads nothing of the managers’ script', async () => {
  const { js, shared, manage } = await buildConsole();
  for (const script of [js, shared, manage]) expect(script).not.toMatch(/ZodType|_zod/);
  expect(js + shared).not.toContain('Bring the file you already have');
  expect(manage).toContain('Bring the file you already have');
});

describe('places on the page', () => {
  test('any id and filter comes back from the address it was put into', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (id, q) => {
        const at = readRoute(hashOf('entries', id, { q }));
        expect([at.page, at.id, at.query.get('q') ?? '']).toEqual(['entries', id, q]);
      }),
    );
  });

  test('the desk is where nothing else is named, and a broken address is nowhere worse', () => {
    expect(readRoute('').page).toBe('desk');
    expect(readRoute('#/').page).toBe('desk');
    expect(readRoute('#/entries/%E0%A4%A').id).toBe('%E0%A4%A');
  });

  test('signing in clears what it was given; a place on the page stays', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    };
    const cleared: string[] = [];
    const past = { replaceState: (_: unknown, __: string, url: string) => void cleared.push(url) };
    const place = (hash: string) => ({ hash, pathname: '/console', search: '' });
    startSession(place('#token=t&tenant=demo'), past, storage, 'en');
    expect(cleared).toEqual(['/console']);
    const start = startSession(place('#/entries/a?token=b&tenant=c'), past, storage, 'en');
    expect(cleared).toHaveLength(1);
    expect(start.session).toEqual({ tenant: 'demo', token: 't' });
  });
});

describe('keys', () => {
  const press = (key: string, at: number, more: object = {}) => ({
    ...{ key, at, altKey: false, ctrlKey: false, metaKey: false, inText: false },
    ...more,
  });

  test('g and a letter within a moment goes to a page, and not from a text field', () => {
    const read = createGoKeys([{ id: 'entries', key: 'e' }]);
    expect(read(press('g', 0))).toBeUndefined();
    expect(read(press('e', 500))).toEqual({ kind: 'page', page: 'entries' });
    expect(read(press('e', 600))).toBeUndefined();
    read(press('g', 1_000));
    expect(read(press('e', 9_000))).toBeUndefined();
    read(press('g', 10_000));
    expect(read(press('e', 10_100, { inText: true }))).toBeUndefined();
    expect(read(press('?', 11_000))).toEqual({ kind: 'help' });
    expect(read(press('/', 12_000, { ctrlKey: true }))).toBeUndefined();
  });
});

describe('conditions put together', () => {
  test.each([
    'order.status = shipped',
    'order.status in (paid, processing)',
    'order.status not in (paid, processing)',
    'order.age_days between 3 and 7 and order.payment != cod',
    'time between 09:00 and 18:00',
    'date not between 2026-11-01 and 2026-11-11',
    'order.delivered_days >= 7',
    'weekday in (sat, sun)',
    'first_contact',
    'customer.tag = "gold member"',
    'date 2026-11-01~2026-11-11, 订单状态 = 已发货',
  ])('%s means the same after the rows', (when) => {
    const rows = rowsOf(when);
    expect(rows).toBeDefined();
    const meaning = (text: string) => {
      const parsed = parseCondition(text);
      if (!parsed.ok) throw new Error(`${text}: ${parsed.message}`);
      return parsed.condition.comparisons.map(({ ...one }) => ({ ...one, listed: undefined }));
    };
    expect(meaning(conditionOf(rows ?? []))).toEqual(meaning(when));
  });

  test('what cannot be read has no rows, and rows that are not filled in say nothing', () => {
    expect(rowsOf('order.state = sent')).toBeUndefined();
    expect(conditionOf([{ fact: 'shop', operator: 'is', value: ' ', to: '' }])).toBe('');
    expect(conditionOf([{ fact: 'time', operator: 'between', value: '09:00', to: '' }])).toBe('');
  });

  test('a value of any words is one value', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\p{L}][\p{L} ()&=-]{0,20}[\p{L}]$/u), (value) => {
        const parsed = parseCondition(conditionOf([{ fact: 'shop', operator: 'is', value, to: '' }]));
        expect(parsed.ok && parsed.condition.comparisons.length).toBe(1);
      }),
    );
  });
});

describe('two who saved one entry', () => {
  const base: StoredEntry = { ...entry('a.b'), revision: 'r1' };

  test('what only one changed is chosen; what both changed is not', () => {
    const theirs = { ...base, revision: 'r2', question: 'Theirs?', note: 'from them' };
    const mine = { ...base, question: 'Mine?', policy: 'human' as const };
    const fields = mergeFields(base, theirs, mine);
    expect(Object.fromEntries(fields.map(({ name, chosen }) => [name, chosen]))).toEqual({
      question: undefined,
      note: 'theirs',
      policy: 'mine',
    });
    const chosen = fields.map((field) => ({ ...field, chosen: field.chosen ?? ('mine' as const) }));
    expect(merged(theirs, chosen)).toMatchObject({
      question: 'Mine?',
      note: 'from them',
      policy: 'human',
      revision: 'r2',
    });
  });

  test('a field that one cleared can be cleared', () => {
    const had = { ...base, note: 'old' };
    const theirs = { ...had, revision: 'r2', question: 'Theirs?' };
    const fields = mergeFields(had, theirs, { ...had, note: '' });
    expect(sendable(merged(theirs, fields))).not.toHaveProperty('note');
  });

  test('an empty field is no change, and neither is the order of fields', () => {
    expect(sameForm(base, { ...base, note: '', shortcut: '' })).toBe(true);
    expect(sameForm(base, { revision: 'r9', ...base })).toBe(true);
    expect(sameForm(base, { ...base, question: 'Other?' })).toBe(false);
  });
});

describe('writing an entry', () => {
  test('pasted lines lose their list marks and what is there already', () => {
    const text = '1. Where is it?\n- where is my parcel\n\n• WHERE IS IT?\r\n3、快递到哪了\n';
    expect(pasted(text, ['Where is my parcel'])).toEqual({ fresh: ['Where is it?', '快递到哪了'], known: 2 });
    expect(pasted('3 pairs for 20\n2.5 kg?', []).fresh).toEqual(['3 pairs for 20', '2.5 kg?']);
  });

  test('a slot is offered from its braces on, best beginning first', () => {
    expect(slotAt('Hi {{shop.di', 12)).toEqual({ from: 3, start: 'shop.di' });
    expect(slotAt('Hi {{shop.x}} there', 19)).toBeUndefined();
    const slots = ['order.shop_note', 'shop.dispatch_time', 'shop.name'].map((name) => ({ name, value: undefined }));
    expect(matching(slots, 'shop').map(({ name }) => name)).toEqual([
      'shop.dispatch_time',
      'shop.name',
      'order.shop_note',
    ]);
  });
});

describe('what is shown of a change', () => {
  test('questions that came and went are told together, answers by their place', () => {
    const shown = shownChanges([
      { path: 'answers.1.when', before: 'a', after: 'b' },
      { path: 'similarQuestions.4', after: 'new one' },
      { path: 'answers.2', after: { text: 'Whole answer', when: 'order.status = paid' } },
      { path: 'similarQuestions.0', before: 'old one' },
    ]);
    expect(shown).toEqual([
      { kind: 'text', label: 'Answer 2 · Only when', before: 'a', after: 'b' },
      { kind: 'text', label: 'New answer 3', before: '', after: 'Whole answer\nOnly when: order.status = paid' },
      { kind: 'lines', label: 'Similar questions', added: ['new one'], removed: ['old one'] },
    ]);
  });

  test('a freeze holds from its beginning until its end, and past ones are gone', () => {
    const freezes = [
      { from: '2026-11-10T00:00:00+08:00', until: '2026-11-12T00:00:00+08:00', reason: 'sale' },
      { from: '2026-01-01T00:00:00Z', until: '2026-01-02T00:00:00Z', reason: 'past' },
    ];
    const at = (iso: string) => Date.parse(iso);
    expect(frozenNow(freezes, at('2026-11-09T16:00:00Z'))?.reason).toBe('sale');
    expect(frozenNow(freezes, at('2026-11-11T16:00:00Z'))).toBeUndefined();
    expect(freezesAhead(freezes, at('2026-06-01T00:00:00Z')).map(({ reason }) => reason)).toEqual(['sale']);
  });

  test('counts and shares are said as people say them', () => {
    expect(counted('{n} entry|{n} entries', 1)).toBe('1 entry');
    expect(counted('{n} entry|{n} entries', 10_000)).toBe('10,000 entries');
    expect([share(0.871), share(0.021), share(1)]).toEqual(['87%', '2.1%', '100%']);
    language.value = 'zh';
    expect(counted('共 {n} 条', 1)).toBe('共 1 条');
  });
});

describe('golden questions', () => {
  const cancel = { text: 'stop my order', intent: 'order.cancel' };
  const late = { text: '怎么还没到', intent: 'delivery.time', language: 'zh' } as const;

  test('an edit lands where it was made; what somebody else changed meanwhile stays theirs', () => {
    const after = { ...cancel, intent: 'none' };
    expect(applied([cancel, late], { before: cancel, after })).toEqual([after, late]);
    expect(applied([cancel, late], { before: cancel })).toEqual([late]);
    expect(applied([late], { after: cancel })).toEqual([late, cancel]);
    const theirs = { ...cancel, intent: 'order.change' };
    expect(applied([theirs, late], { before: cancel, after })).toEqual([theirs, late, after]);
    expect(applied([theirs, late], { before: cancel })).toEqual([theirs, late]);
    expect([holds([late, cancel], cancel), holds([theirs], cancel)]).toEqual([true, false]);
  });

  test('a refused write brings the list of now, any other failure does not', () => {
    const current = { items: [late], version: 4 };
    expect(currentIn(new ApiError(409, 'stale', { current }))).toBe(current);
    expect(currentIn(new ApiError(400, 'wrong', { current }))).toBeUndefined();
    expect(currentIn(new TypeError('fetch failed'))).toBeUndefined();
  });

  test('every word that is searched for stands in the question or the intent', () => {
    expect([fits(cancel, 'STOP cancel'), fits(cancel, 'stop late'), fits(late, '还没'), fits(late, '')]).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });
});

describe('the log', () => {
  test('says the server’s own words in the page’s language, and leaves people’s as they are', () => {
    const details = [
      'after rel_1; override: the lost one; is a twin',
      '12 before, 13 now',
      'from a@1.0.0: 4 added, 2 changed, 0 removed',
      'role supervisor, enabled',
      'written by somebody, somewhere',
    ];
    expect(details.map(detailWords)).toEqual([
      'before it: rel_1; in spite of the gate: the lost one; is a twin',
      '12 before, 13 now',
      'from version a@1.0.0: 4 added, 2 changed, 0 removed',
      'as supervisor; enabled',
      'written by somebody, somewhere',
    ]);
    language.value = 'zh';
    expect(details.map(detailWords)).toEqual([
      '此前为 rel_1；不顾门禁，理由：the lost one；is a twin',
      '原有 12 个，现有 13 个',
      '从版本 a@1.0.0 升级：新增 4，修改 2，删除 0',
      '角色：主管；启用',
      'written by somebody, somewhere',
    ]);
  });

  test('says of settings what their page says of them', () => {
    const detail = 'mode: assist -> auto; targetPrecision.autoReply: 0.95 -> 0.9; quietWindowMs: 2500 -> 4000; wording';
    language.value = 'zh';
    expect(detailWords(detail)).toBe(
      '参与方式: 辅助 → 自动；机器人独立回答应有百分之多少是对的: 95 → 90；等顾客说完的秒数: 2.5 → 4；机器人的话术',
    );
    language.value = 'en';
    expect(detailWords('callbackUrl; routing.capacity: unset -> 3')).toBe(
      'Address for replies (callback); Conversations at once: not set → 3',
    );
  });

  test('stands in the administration for who has that, else beside the knowledge', () => {
    const groupOf = (opens: { knowledge: boolean; team: boolean; admin: boolean }) =>
      pagesFor([{ id: 'log', group: 'admin', otherwise: 'know' }], opens)[0]?.group;
    expect(groupOf({ knowledge: true, team: true, admin: true })).toBe('admin');
    expect(groupOf({ knowledge: true, team: false, admin: false })).toBe('know');
    expect(groupOf({ knowledge: false, team: true, admin: false })).toBeUndefined();
  });
});
