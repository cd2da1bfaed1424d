import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_ROUTING as COPY } from '../../console/manage/routing/defaults.ts';
import { type Draft, draftOf as draftBy, patchOf as patchBy, wrongAt } from '../../console/manage/routing/form.ts';
import { SECTIONS, type Spec } from '../../console/manage/routing/sections.ts';
import type { Clock } from '../../console/manage/routing/values.ts';
import { en } from '../../console/manage/routing/words-en.ts';
import { zh } from '../../console/manage/routing/words-zh.ts';
import { SECTIONS as SETTINGS } from '../../console/manage/settings/sections.ts';
import { en as settingsEn } from '../../console/manage/settings/words-en.ts';
import { zh as settingsZh } from '../../console/manage/settings/words-zh.ts';
import { dayStart } from '../../console/manage/team/days.ts';
import { byNeed, byRoom, roomOf } from '../../console/manage/team/order.ts';
import { askFor } from '../../console/manage/team/read.ts';
import { Phase } from '../../lib/domain/assist.ts';
import { formatLocal, instantOf } from '../../lib/domain/local-time.ts';
import { DEFAULT_ROUTING, Routing } from '../../lib/domain/routing.ts';
import { DEFAULT_SETTINGS, Wording } from '../../lib/domain/tenant.ts';
import { PatchTenant } from '../../lib/domain/tenant-requests.ts';
import { teamNow } from '../support/team-fixtures.ts';

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

const SPECS: readonly Spec[] = Object.values(SECTIONS).flat();
const draftOf = (settings: unknown, specs = SPECS): Draft => draftBy(settings, specs, clock);
const patchOf = (draft: Draft, before: Draft, specs = SPECS) => patchBy(draft, before, specs, clock);

describe('the routing form', () => {
  test('gives back what it was given', () => {
    const draft = draftOf({ routing: ROUTING });
    const patch = patchOf(draft, draft);
    expect(patch['routing']).toEqual(ROUTING);
    expect(PatchTenant.safeParse(patch).error).toBeUndefined();
  });

  test('sets nothing that was not set: the product’s own stays the product’s', () => {
    const draft = draftOf({ routing: DEFAULT_ROUTING });
    const patch = patchOf(draft, draft);
    expect(patch['routing']).toEqual({ ...DEFAULT_ROUTING, peak: { topics: [] }, priorities: undefined });
    expect([patch['opening'], patch['wording']]).toEqual([undefined, undefined]);
  });

  test('leaves a weight that nobody has set to the product', () => {
    const lead = { perView: 1, viewedAgain: 2, inCart: 3, returning: 4, perTag: {}, cartValue: [] };
    const draft = draftOf({ opening: { lead } });
    expect(patchOf(draft, draft)['opening']).toEqual({ lead });
    const fields = { ...draft.fields, 'opening.lead.priceFell': '9' };
    expect(patchOf({ ...draft, fields }, draft)['opening']).toEqual({ lead: { ...lead, priceFell: 9 } });
  });

  test('keeps what the page has of the defaults what the server has', () => {
    expect(COPY).toEqual(DEFAULT_ROUTING);
  });

  test('empties a text that was emptied, and leaves one that never was', () => {
    const before = draftOf({ wording: { outOfHours: { zh: '打烊了', en: 'Closed' }, queueFull: 'Full' } });
    const fields = { ...before.fields, 'wording.outOfHours.en': '' };
    expect(patchOf({ ...before, fields }, before)['wording']).toEqual({
      outOfHours: { zh: '打烊了', en: '' },
    });
  });

  test('a holiday does not close a shop that is always open', () => {
    const before = draftOf({ routing: DEFAULT_ROUTING });
    const rows = { ...before.rows, 'routing.hours.holidays': [{ date: '2027-01-01', name: '', from: '', until: '' }] };
    expect(patchOf({ ...before, rows }, before)['routing']).toMatchObject({
      hours: {
        week: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', until: '24:00' }],
        holidays: [{ date: '2027-01-01' }],
      },
    });
  });

  test('sends what it cannot read, and finds the refusal’s place', () => {
    const before = draftOf({ routing: ROUTING });
    const sla = [...(before.rows['routing.sla'] ?? []), { skill: 'x', firstResponseMs: 'soon' }];
    const patch = patchOf({ ...before, rows: { ...before.rows, 'routing.sla': sla } }, before);
    const parsed = PatchTenant.safeParse(patch);
    const errors = (parsed.error?.issues ?? []).map(({ path, message }) => ({
      path: ['body', ...path].join('.'),
      message,
    }));
    expect(wrongAt(errors, 'routing.sla.2.firstResponseMs')).toMatch(/number/);
    expect(wrongAt(errors, 'routing.sla.1.firstResponseMs')).toBeUndefined();
  });

  test('has words in both languages for every place', () => {
    const placesOf = (specs: readonly Spec[]) =>
      specs.flatMap((spec) =>
        'columns' in spec ? [spec.key, ...spec.columns.map(({ key }) => `${spec.key}.${key}`)] : [spec.key],
      );
    const told = [
      [SPECS, en],
      [SPECS, zh],
      [SETTINGS_SPECS, settingsEn],
      [SETTINGS_SPECS, settingsZh],
    ] as const;
    for (const [specs, { label }] of told)
      expect(placesOf(specs).filter((place) => label[place] === undefined)).toEqual([]);
  });
});

const SETTINGS_SPECS: readonly Spec[] = Object.values(SETTINGS).flat();
const SHOP = {
  ...DEFAULT_SETTINGS,
  name: 'Shop',
  languages: ['zh', 'en'],
  targetPrecision: { autoReply: 0.95, suggest: 0.07 },
};
const settingsDraft = (kept: object): Draft => draftOf(kept, SETTINGS_SPECS);
/** The change that typing these makes. */
function settingsPatch(typed: Record<string, string>, kept: object = SHOP) {
  const before = settingsDraft(kept);
  return patchOf({ ...before, fields: { ...before.fields, ...typed } }, before, SETTINGS_SPECS);
}

describe('the settings form', () => {
  test('what stands by itself goes only where it was touched, and emptied pages that may frame are none', () => {
    const kept = { ...SHOP, visibility: 'all', sessionHours: 12, embed: { origins: ['https://desk.example'] } };
    const before = settingsDraft(kept);
    expect(settingsPatch({}, kept)).toEqual({});
    const fields = { visibility: 'skills', sessionHours: '8', 'embed.origins': '' };
    expect(Object.keys(before.fields)).toEqual(expect.arrayContaining(Object.keys(fields)));
    expect(settingsPatch(fields, kept)).toEqual({ visibility: 'skills', sessionHours: 8, embed: { origins: [] } });
  });

  test('shares are typed in percent and seconds in seconds; what stands together goes together', () => {
    expect(settingsPatch({ 'targetPrecision.autoReply': '97.5', quietWindowMs: '4' })).toEqual({
      targetPrecision: { autoReply: 0.975, suggest: 0.07 },
      quietWindowMs: 4_000,
    });
    expect(settingsDraft(SHOP).fields).toMatchObject({ 'targetPrecision.suggest': '7', quietWindowMs: '2.5' });
    const gate = { goldenLost: 2, recentLost: 0.2 };
    expect(settingsPatch({ 'gate.recentLost': '' }, { ...SHOP, gate })).toEqual({ gate: { goldenLost: 2 } });
    expect(settingsPatch({ 'gate.goldenLost': '' }, { ...SHOP, gate: { goldenLost: 2 } })).toEqual({ gate: {} });
  });

  test('the callback is taken away by emptying it; what cannot be empty is refused by the server at its place', () => {
    expect(settingsPatch({ callbackUrl: '' }, { ...SHOP, callbackUrl: 'https://shop.example/' })).toEqual({
      callbackUrl: null,
    });
    const patch = settingsPatch({ name: '', quietWindowMs: '', 'targetPrecision.autoReply': '20' });
    const paths = PatchTenant.safeParse(patch).error?.issues.map(({ path }) => path.join('.'));
    expect(paths?.toSorted()).toEqual(['name', 'quietWindowMs', 'targetPrecision.autoReply']);
  });

  test('a text goes alone, in its languages, and a window of no releases with its reason', () => {
    const kept = { ...SHOP, wording: { clarify: 'Which?' }, phrases: { hold: { zh: '稍等' } } };
    expect(settingsPatch({ 'phrases.hold.en': 'One moment' }, kept)).toEqual({
      phrases: { hold: { zh: '稍等', en: 'One moment' } },
    });
    const before = settingsDraft(kept);
    const rows = { freezes: [{ from: '2026-12-11 20:00', until: '2026-12-12 02:00', reason: '' }] };
    const patch = patchOf({ ...before, rows }, before, SETTINGS_SPECS);
    expect(patch).toEqual({
      freezes: [{ from: '2026-12-11T12:00:00.000Z', until: '2026-12-11T18:00:00.000Z', reason: '' }],
    });
    expect(PatchTenant.safeParse(patch).error).toBeUndefined();
  });

  test('every setting that the API takes has its place on a page', () => {
    const elsewhere = ['rotate', 'shopFacts'];
    const heads = new Set([...SPECS, ...SETTINGS_SPECS].map(({ key }) => key.split('.')[0]));
    expect(Object.keys(PatchTenant.shape).filter((name) => !heads.has(name) && !elsewhere.includes(name))).toEqual([]);
    const places = [...SPECS, ...SETTINGS_SPECS].map(({ key }) => key);
    const under = (head: string, parts: readonly string[]) => parts.map((part) => `${head}.${part}`);
    const wanted = [
      ...under('wording', Object.keys(Wording.shape)),
      ...under('phrases', Phase.options),
      ...under('routing', Object.keys(Routing.shape)),
    ];
    expect(wanted.filter((place) => !places.some((one) => one === place || one.startsWith(`${place}.`)))).toEqual([]);
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
    expect(Object.fromEntries(askFor('hour', noon + 90_000, 'Asia/Kolkata'))).toEqual({
      from: '2026-11-22T03:00:00.000Z',
      until: '2026-11-22T04:01:30.000Z',
    });
  });

  test('show first who needs a look, and offer first who has room', () => {
    const { agents, at } = teamNow();
    expect(byNeed(agents.toReversed(), at).map(({ agentId }) => agentId)).toEqual(['mei', 'lin', 'kai']);
    expect(byRoom(agents.toReversed()).map(({ agentId }) => [agentId])).toEqual([['mei'], ['lin']]);
    expect(agents.map(roomOf)).toEqual([2, 0, 0]);
  });
});
