import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_ROUTING as COPY } from '../../console/manage/routing/defaults.ts';
import { draftOf, patchOf, wrongAt } from '../../console/manage/routing/form.ts';
import { SECTIONS } from '../../console/manage/routing/sections.ts';
import type { Clock } from '../../console/manage/routing/values.ts';
import { en } from '../../console/manage/routing/words-en.ts';
import { zh } from '../../console/manage/routing/words-zh.ts';
import { dayStart } from '../../console/manage/team/days.ts';
import { askFor } from '../../console/manage/team/read.ts';
import { formatLocal, instantOf } from '../../lib/domain/local-time.ts';
import { DEFAULT_ROUTING } from '../../lib/domain/routing.ts';
import { PatchTenant } from '../../lib/domain/tenant-requests.ts';

const ZONE = 'Asia/Shanghai';
const clock: Clock = {
  show: (iso) => formatLocal(Date.parse(iso), ZONE),
  read: (text) => {
    const at = instantOf(text, ZONE);
    return at === undefined ? text : new Date(at).toISOString();
  },
};

const ROUTING = {
  ...DEFAULT_ROUTING,
  hours: {
    week: [{ days: [1, 2, 5], from: '09:00', until: '24:00' }],
    holidays: [
      { date: '2027-02-06', name: '春节' },
      { date: '2027-02-07', from: '10:00', until: '16:00' },
    ],
  },
  skills: [{ skill: 'returns', intents: ['return.*', 'refund.money'], languages: ['zh'], tags: ['VIP'] }],
  sla: [
    { firstResponseMs: 60_000, warnBeforeMs: 20_000 },
    { skill: 'returns', resolutionMs: 1_800_000 },
  ],
  priorities: { tags: { VIP: 3 }, angry: 2, value: [{ atLeast: 999.5, points: 2 }], waitMs: 90_000 },
  peak: {
    waitingPerAgent: 4,
    topics: ['logistics.*'],
    schedule: [{ from: '2026-11-10T12:00:00.000Z', until: '2026-11-11T16:00:00.000Z', topics: ['promotion.*'] }],
  },
  selfService: ['logistics.when_ship'],
};

describe('the routing form', () => {
  test('what stands by itself goes only where it was touched, and emptied pages that may frame are none', () => {
    const kept = {
      routing: ROUTING,
      visibility: 'all',
      sessionHours: 12,
      embed: { origins: ['https://desk.example'] },
    };
    const before = draftOf(kept, clock);
    const untouched = patchOf(before, before, clock);
    expect(['visibility', 'sessionHours', 'embed'].filter((name) => name in untouched)).toEqual([]);
    const fields = { ...before.fields, visibility: 'skills', sessionHours: '8', 'embed.origins': '' };
    expect(patchOf({ ...before, fields }, before, clock)).toMatchObject({
      visibility: 'skills',
      sessionHours: 8,
      embed: { origins: [] },
    });
  });

  test('gives back what it was given', () => {
    const draft = draftOf({ routing: ROUTING }, clock);
    const patch = patchOf(draft, draft, clock);
    expect(patch['routing']).toEqual(ROUTING);
    expect(PatchTenant.safeParse(patch).error).toBeUndefined();
  });

  test('sets nothing that was not set: the product’s own stays the product’s', () => {
    const draft = draftOf({ routing: DEFAULT_ROUTING }, clock);
    const patch = patchOf(draft, draft, clock);
    expect(patch['routing']).toEqual({ ...DEFAULT_ROUTING, peak: { topics: [] }, priorities: undefined });
    expect([patch['opening'], patch['wording']]).toEqual([undefined, {}]);
  });

  test('leaves a weight that nobody has set to the product', () => {
    const lead = { perView: 1, viewedAgain: 2, inCart: 3, returning: 4, perTag: {}, cartValue: [] };
    const draft = draftOf({ opening: { lead } }, clock);
    expect(patchOf(draft, draft, clock)['opening']).toEqual({ lead });
    const fields = { ...draft.fields, 'opening.lead.priceFell': '9' };
    expect(patchOf({ ...draft, fields }, draft, clock)['opening']).toEqual({ lead: { ...lead, priceFell: 9 } });
  });

  test('keeps what the page has of the defaults what the server has', () => {
    expect(COPY).toEqual(DEFAULT_ROUTING);
  });

  test('empties a text that was emptied, and leaves one that never was', () => {
    const before = draftOf({ wording: { outOfHours: { zh: '打烊了', en: 'Closed' }, queueFull: 'Full' } }, clock);
    const fields = { ...before.fields, 'wording.outOfHours.en': '' };
    expect(patchOf({ ...before, fields }, before, clock)['wording']).toEqual({
      outOfHours: { zh: '打烊了', en: '' },
      queueFull: { zh: 'Full', en: 'Full' },
    });
  });

  test('a holiday does not close a shop that is always open', () => {
    const before = draftOf({ routing: DEFAULT_ROUTING }, clock);
    const rows = { ...before.rows, 'routing.hours.holidays': [{ date: '2027-01-01', name: '', from: '', until: '' }] };
    expect(patchOf({ ...before, rows }, before, clock)['routing']).toMatchObject({
      hours: {
        week: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', until: '24:00' }],
        holidays: [{ date: '2027-01-01' }],
      },
    });
  });

  test('sends what it cannot read, and finds the refusal’s place', () => {
    const before = draftOf({ routing: ROUTING }, clock);
    const sla = [...(before.rows['routing.sla'] ?? []), { skill: 'x', firstResponseMs: 'soon' }];
    const patch = patchOf({ ...before, rows: { ...before.rows, 'routing.sla': sla } }, before, clock);
    const parsed = PatchTenant.safeParse(patch);
    const errors = (parsed.error?.issues ?? []).map(({ path, message }) => ({
      path: ['body', ...path].join('.'),
      message,
    }));
    expect(wrongAt(errors, 'routing.sla.2.firstResponseMs')).toMatch(/number/);
    expect(wrongAt(errors, 'routing.sla.1.firstResponseMs')).toBeUndefined();
  });

  test('has words in both languages for every place', () => {
    const places = Object.values(SECTIONS)
      .flat()
      .flatMap((spec) =>
        'columns' in spec ? [spec.key, ...spec.columns.map(({ key }) => `${spec.key}.${key}`)] : [spec.key],
      );
    for (const words of [en, zh]) expect(places.filter((place) => words.label[place] === undefined)).toEqual([]);
  });
});

describe('the days of the team’s page', () => {
  test('begin at midnight where the shop is, whatever the clocks do', () => {
    const zones = fc.constantFrom('Asia/Shanghai', 'America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'UTC');
    const moments = fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2028-01-01') });
    fc.assert(
      fc.property(moments, zones, fc.integer({ min: -1, max: 29 }), (now, zone, back) => {
        const start = dayStart(now, zone, back);
        expect(formatLocal(start, zone).slice(11)).toBe('00:00');
        const days = Math.round((dayStart(now, zone, 0) - start) / 86_400_000);
        expect(days).toBe(back);
      }),
    );
  });

  test('are asked for by hour over one, by day over many', () => {
    const noon = Date.parse('2026-11-22T04:00:00Z');
    expect(Object.fromEntries(askFor('yesterday', noon, ZONE))).toEqual({
      from: '2026-11-20T16:00:00.000Z',
      until: '2026-11-21T16:00:00.000Z',
    });
    expect(askFor('week', noon, ZONE).get('by')).toBe('day');
  });
});
