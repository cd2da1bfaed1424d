import type { BrowserContextOptions, Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../lib/domain/tenant.ts';
import { PatchTenant } from '../../lib/domain/tenant-requests.ts';
import { ADMIN_TOKEN, type FakeDesk } from '../support/fake-desk-api.ts';
import { type Answer, type Asked, problem } from '../support/fake-knowledge-api.ts';
import { teamHours, teamNow } from '../support/team-fixtures.ts';
import { deskPages, goTo, nothingSerious } from './desk-page.ts';

let desk: FakeDesk;
let page: Page;
const openPage = deskPages((started) => {
  desk = started;
});
let now = teamNow();
let settings: Settings = DEFAULT_SETTINGS;

const at = (testId: string) => page.getByTestId(testId);
const see = (testId: string, wanted: string | RegExp) =>
  expect.poll(async () => (await at(testId).first().textContent()) ?? '').toMatch(wanted);
const asked = (method: string, path: RegExp) =>
  desk.calls.filter((call) => call.method === method && path.test(call.path));
const ok = (body: unknown): Answer => ({ status: 200, body });

/** The tenant's settings as the server takes them: what has the wrong shape is named. */
function patch({ raw }: Asked): Answer {
  const parsed = PatchTenant.safeParse(JSON.parse(raw));
  if (!parsed.success) {
    const errors = parsed.error.issues.map(({ path, message }) => ({ path: ['body', ...path].join('.'), message }));
    return problem(400, 'the body does not have the right shape', { errors });
  }
  const { rotate, name, languages, targetPrecision, ...rest } = parsed.data;
  const precision = { ...settings.targetPrecision, ...targetPrecision } as Settings['targetPrecision'];
  settings = { ...settings, ...(rest as Partial<Settings>), targetPrecision: precision };
  return ok({ tenant: { settings }, ...(rotate === undefined ? {} : { secret: `whsec_new-${rotate}` }) });
}

async function open(place: string, { lang = 'en', ...options }: BrowserContextOptions & { lang?: string } = {}) {
  page = await openPage(desk.manageUrl(lang, ADMIN_TOKEN), options);
  await page.locator('.columns, .manage-nav').first().waitFor();
  await goTo(page, place);
}

beforeEach(() => {
  now = teamNow();
  settings = DEFAULT_SETTINGS;
  const pages = { desk: true, knowledge: true, team: true, admin: true };
  desk.knowledge.state.extra = [
    ['GET', /^\/v1\/me$/, () => ok({ tenant: 'demo', agentId: 'boss', role: 'admin', pages })],
    ['GET', /^\/v1\/team\/now$/, () => ok(now)],
    [
      'GET',
      /^\/v1\/team\/hours$/,
      ({ url }) => ok(url.searchParams.get('by') === 'day' ? teamHours(7, 86_400_000) : teamHours()),
    ],
    ['GET', /^\/v1\/team\/agents$/, () => ok({ items: now.agents })],
    ['PUT', /^\/v1\/team\/agents\/([^/]+)$/, () => ok({})],
    ['GET', /^\/v1\/tenants\/demo$/, () => ok({ tenant: { name: 'Demo', languages: ['zh', 'en'], settings } })],
    ['PATCH', /^\/v1\/tenants\/demo$/, patch],
  ];
});

describe('the team', () => {
  test('is shown as it is: how many within a minute of how many, who waits, who is full, what is promised', async () => {
    await open('#/team');
    await see('headline', /83%.*86 of 103/);
    await see('team-queue', /After-sales.*nobody.*1 late/);
    await expect.poll(() => at('waiter').first().textContent()).toContain('first words late by 35 s');
    await see('team-agents', /林涛.*6 of 5/);
    await see('sla-table', /Logistics/);
    await see('would', /would have answered 48 of 144 turns alone \(33%\)/);
    await see('suggestion-use', /120 were answered with one \(71%\)/);
    await see('warned-sent', /24 of 264 agents' messages went out in spite/);
  });

  test('is looked at again by itself', async () => {
    now = teamNow({ withinMinute: { count: 0, of: 0 } });
    await open('#/team');
    await see('headline', 'Who waits is not answered yet');
    now = teamNow({ waiting: [], queues: [], withinMinute: { count: 0, of: 0 } });
    await see('headline', 'Nobody has had to wait');
    await see('team-queue', 'Nobody waits.');
  });

  test('says so when it cannot be looked at, and goes on showing what it knew', async () => {
    await open('#/team');
    await see('headline', /86 of 103/);
    desk.failures.set(
      '/v1/team/now',
      Array.from({ length: 50 }, () => 503),
    );
    await page.getByText('Not up to date').waitFor();
    await see('headline', /86 of 103/);
  });

  test('a conversation is taken over, or taken and handed to somebody who is there', async () => {
    await open('#/team');
    desk.failures.set('/v1/desk/conversations/c-held/take-over', [409]);
    await at('holds').locator('summary').click();
    await page.getByLabel('Take over: 赵敏').click();
    await page.getByText('As the test wants it').waitFor();
    expect(asked('POST', /c-held\/transfer/)).toHaveLength(0);
    await page.getByLabel('Hand to… Tom Baker').selectOption('mei');
    await expect
      .poll(() => asked('POST', /c-Tom-Baker\/transfer$/).map(({ body }) => body))
      .toEqual([{ agentId: 'mei' }]);
  });

  test('an agent’s skills and room are set in words', async () => {
    await open('#/team');
    await page.getByRole('button', { name: 'Edit Mei' }).click();
    await page.getByLabel('Skills').fill('logistics， returns');
    await page.getByLabel('Chinese').check();
    await page.getByLabel('Conversations at once').fill('7');
    await at('save-agent').click();
    await expect
      .poll(() => asked('PUT', /team\/agents\/mei$/).map(({ body }) => body))
      .toEqual([{ name: 'Mei', skills: ['logistics', 'returns'], languages: ['zh'], capacity: 7 }]);
  });

  test('other days are asked for by the shop’s midnights', async () => {
    await open('#/team');
    await at('period-week').click();
    await expect.poll(() => asked('GET', /team\/hours.*by=day/).length).toBe(1);
    await see('sla-table', /All/);
  });
});

describe('routing', () => {
  test('hours, a skill and a promise are set without reading JSON', async () => {
    await open('#/routing');
    await at('add-routing.hours.week').click();
    await page.getByLabel('Monday').check();
    await page.getByLabel('Open 1: From').fill('09:00');
    await page.getByLabel('Open 1: Until').fill('21:00');
    await at('add-routing.skills').click();
    await page.getByLabel('Skill 1: Skill').fill('returns');
    await page.getByLabel('Skill 1: Intents').fill('return.*, refund.money');
    await page.getByLabel('Promise 1: Seconds to first words').fill('45');
    await at('save-routing').click();
    await page.getByText('Saved.').waitFor();
    await expect
      .poll(() => settings.routing)
      .toMatchObject({
        hours: { week: [{ days: [1], from: '09:00', until: '21:00' }] },
        skills: [{ skill: 'returns', intents: ['return.*', 'refund.money'] }],
        sla: [{ firstResponseMs: 45_000, warnBeforeMs: 20_000 }],
      });
    await expect.poll(() => at('save-routing').isDisabled()).toBe(true);
  });

  test('what is refused stands at its place, and nothing typed is lost', async () => {
    await open('#/routing');
    await at('add-routing.hours.week').click();
    await page.getByLabel('Monday').check();
    await page.getByLabel('Open 1: From').fill('nine');
    await page.getByLabel('Open 1: Until').fill('21:00');
    await at('save-routing').click();
    await page.getByText('a time of day such as 09:00').waitFor();
    await expect.poll(() => page.getByLabel('Open 1: From').getAttribute('aria-invalid')).toBe('true');
    await expect.poll(() => page.getByLabel('Open 1: From').inputValue()).toBe('nine');
    await page.getByLabel('Open 1: From').fill('09:00');
    await at('save-routing').click();
    await page.getByText('Saved.').waitFor();
  });
});

describe('settings', () => {
  test('the bot is let speak only after a question that says what it will do; what is refused stands at its place', async () => {
    await open('#/settings');
    await page.getByRole('radio', { name: /^Auto:/ }).check();
    await page.getByLabel('Answers it gives alone should be right').fill('40');
    await at('save-settings').click();
    await page.getByRole('dialog').getByText('Let the bot answer customers?').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    expect(asked('PATCH', /tenants/)).toEqual([]);
    await at('save-settings').click();
    await at('confirm').click();
    await expect
      .poll(() => page.getByLabel('Answers it gives alone should be right').getAttribute('aria-invalid'))
      .toBe('true');
    expect(settings.mode).toBe('assist');
    await page.getByLabel('Answers it gives alone should be right').fill('90');
    await at('save-settings').click();
    await expect.poll(() => page.getByRole('dialog').textContent()).toMatch(/90% of such answers.*About 1 in 10/s);
    await nothingSerious(page);
    await at('confirm').click();
    await page.getByText('Saved.').waitFor();
    await expect
      .poll(() => settings)
      .toMatchObject({ mode: 'auto', targetPrecision: { autoReply: 0.9, suggest: 0.5 } });
    await at('rotate-webhookSecret').click();
    await at('confirm').click();
    await expect.poll(() => at('new-secret').inputValue()).toBe('whsec_new-webhookSecret');
  });
});

describe('for everybody', () => {
  const looks = [
    ['#/team', 'en', 'light', 1_440],
    ['#/team', 'zh', 'dark', 390],
    ['#/routing', 'zh', 'light', 390],
    ['#/routing', 'en', 'dark', 1_440],
    ['#/settings', 'zh', 'dark', 390],
    ['#/settings', 'en', 'light', 1_440],
  ] as const;
  test.each(looks)(
    '%s in %s, %s, %i wide, keeps nobody out and nothing outside',
    async (place, lang, colorScheme, width) => {
      await open(place, { lang, colorScheme, viewport: { width, height: 844 } });
      const shown: Record<string, string> = { '#/team': 'sla-table', '#/routing': 'section-sla' };
      await at(shown[place] ?? 'section-bot').waitFor();
      await nothingSerious(page);
      await expect
        .poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth))
        .toBeLessThanOrEqual(0);
    },
  );
});
