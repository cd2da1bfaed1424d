/** Signing in as people do, and what admins see of them, in a real browser over an API that the test answers for. */
import type { BrowserContextOptions, Page, Route } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { createBearer } from '../../console/bearer.ts';
import { tenantOfTicket, whyNot } from '../../console/sign-in-call.ts';
import { say } from '../../console/sign-in-words.ts';
import { pagesOf, type SignedIn } from '../../lib/domain/access.ts';
import { ADMIN_TOKEN, type FakeDesk, TOKEN } from '../support/fake-desk-api.ts';
import { deskPages, nothingSerious } from './desk-page.ts';

const TICKET = `cc_demo_${'a'.repeat(20)}_${'b'.repeat(64)}`;
const UNTIL = '2026-11-23T08:00:00.000Z';

let desk: FakeDesk;
let page: Page;
const openPage = deskPages((started) => {
  desk = started;
});
/** What was posted, by path. */
let asked: { path: string; body: Record<string, unknown> }[] = [];
let urls: string[] = [];

type Role = Parameters<typeof pagesOf>[0];
const signedIn = (role: Role = 'agent') => ({
  token: TOKEN,
  expiresAt: UNTIL,
  device: 'v1.k1.device',
  me: { tenant: 'demo', agentId: 'lin', name: 'Lin', role, pages: pagesOf(role) },
});
const problem = (status: number, detail: string, more: object = {}) => ({
  status,
  body: { status, detail, errors: [], ...more },
});

type Answer = { status: number; body: unknown };
type Answers = Record<string, (body: Record<string, unknown>) => Answer>;

async function answer(route: Route, answers: Answers): Promise<void> {
  const request = route.request();
  const key = `${request.method()} ${new URL(request.url()).pathname}`;
  const found = answers[key];
  if (found === undefined) return route.fallback();
  const body = JSON.parse(request.postData() ?? '{}') as Record<string, unknown>;
  asked.push({ path: key, body });
  const { status, body: told } = found(body);
  await route.fulfill({ status, contentType: 'application/json', body: JSON.stringify(told) });
}

async function open(answers: Answers, hash = '', options: BrowserContextOptions = {}): Promise<void> {
  asked = [];
  urls = [];
  page = await openPage('about:blank', { locale: 'en-GB', ...options });
  page.on('request', (request) => urls.push(request.url()));
  await page.route('**/v1/**', (route) => answer(route, answers));
  await page.goto(`${desk.base}/console${hash}`);
}

const alert = () => page.getByRole('alert').textContent();
const press = (name: string) => page.getByRole('button', { name, exact: true }).click();

describe('by login and password', () => {
  test('what is wrong is said in the page’s language, then somebody is in, and out', async () => {
    const told = [
      problem(401, 'no'),
      problem(429, 'later', { retryAfterSeconds: 7 }),
      { status: 200, body: signedIn() },
    ];
    await open({
      'POST /v1/sign-in': () => told.shift() ?? problem(500, ''),
      'POST /v1/sign-out': () => ({ status: 200, body: {} }),
    });
    await page.getByLabel('Tenant').fill(' demo ');
    await page.getByLabel('Login').fill('lin');
    await page.getByLabel('Password').fill(' a quiet harbour ');
    await press('Sign in');
    await expect.poll(alert).toBe('This tenant, login and password do not belong together.');
    await press('Sign in');
    await expect.poll(alert).toBe('Too many attempts. Try again in 7 s.');
    await press('Sign in');
    await page.getByText('Nobody waits.', { exact: true }).waitFor();
    // A password is taken as it was typed; what surrounds it is not.
    await expect.poll(() => asked[0]?.body).toEqual({ tenant: 'demo', login: 'lin', password: ' a quiet harbour ' });
    await press('Sign out');
    await page.getByTestId('sign-in').waitFor();
    await expect.poll(() => asked.at(-1)?.path).toBe('POST /v1/sign-out');
    // The device is known from now on, and the tenant remembered.
    await expect.poll(() => page.getByLabel('Tenant').inputValue()).toBe('demo');
    expect(urls.filter((url) => /token|cc_|password|harbour/.test(url))).toEqual([]);
  });

  test.each([
    ['en-GB', 'light', 1_100],
    ['zh-CN', 'dark', 375],
  ] as const)('is reachable and readable: %s, %s, %i px', async (locale, colorScheme, width) => {
    await open({}, '', { locale, colorScheme, viewport: { width, height: 760 } });
    await page.getByTestId('sign-in').waitFor();
    await nothingSerious(page);
    const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(wide).toBeLessThanOrEqual(0);
  });
});

describe('by a one-time link', () => {
  test('the address is cleared at once, and looking uses nothing up', async () => {
    await open({ 'POST /v1/sign-in': () => ({ status: 200, body: signedIn() }) }, `#/sign-in/${TICKET}`);
    await page.getByTestId('landing').waitFor();
    await expect.poll(() => page.url()).toBe(`${desk.base}/console`);
    expect(asked).toEqual([]);
    await nothingSerious(page);
    await page.getByLabel('New password').fill('a quiet harbour');
    await page.getByLabel('Once more').fill('another');
    await press('Set password and sign in');
    await expect.poll(alert).toBe('The two passwords are not the same.');
    await page.getByLabel('Once more').fill('a quiet harbour');
    await press('Set password and sign in');
    await page.getByText('Nobody waits.', { exact: true }).waitFor();
    await expect.poll(() => asked[0]?.body).toEqual({ tenant: 'demo', link: TICKET, password: 'a quiet harbour' });
    expect(urls.filter((url) => url.includes(TICKET) && !url.includes('#'))).toEqual([]);
  });

  test('lets somebody in once, and says when it is used up, refused or broken', async () => {
    const told = [
      problem(400, 'this password is among those', { errors: [{ path: 'body.password', message: 'common' }] }),
      problem(401, 'used'),
    ];
    await open({ 'POST /v1/sign-in': () => told.shift() ?? problem(500, '') }, `#/sign-in/${TICKET}`, {
      locale: 'zh-CN',
    });
    await page.getByTestId('landing').waitFor();
    await page.getByLabel('新密码').fill('1234567890');
    await page.getByLabel('再输入一次').fill('1234567890');
    await press('设置密码并登录');
    await expect.poll(alert).toContain('太容易被猜到');
    await page.getByTestId('once').click();
    await expect.poll(alert).toContain('链接已失效');
    await expect.poll(() => asked[1]?.body).toEqual({ tenant: 'demo', link: TICKET });
    await page.context().close();
    await open({}, '#/sign-in/cc_demo_half');
    await page.getByTestId('broken-link').waitFor();
  });

  test('names its tenant, and only a whole one does', () => {
    expect(tenantOfTicket(TICKET)).toBe('demo');
    for (const broken of ['', 'cc_demo', TICKET.slice(0, -1), `${TICKET}0`, TICKET.replace('demo', 'DEMO')]) {
      expect(tenantOfTicket(broken)).toBeUndefined();
    }
    expect(whyNot(new TypeError('fetch failed'), say.value, false)).toBe(say.value.unreachable);
  });
});

describe('one’s own account', () => {
  const own = { id: 's1', personId: 'p1', agentId: 'lin', createdAt: UNTIL, expiresAt: UNTIL, current: true };
  const fresh = { ...signedIn(), token: ADMIN_TOKEN, me: { ...signedIn().me, expiresAt: UNTIL } };

  test('another password ends the other sign-ins and keeps this one; they can be ended without it', async () => {
    const told = [
      problem(400, 'no', { errors: [{ path: 'body.current', message: 'no' }] }),
      { status: 200, body: fresh },
    ];
    const sessions = [own, { ...own, id: 's2', current: false }, { ...own, id: 's3', personId: 'p9', current: false }];
    await open(
      {
        'GET /v1/me': () => ({ status: 200, body: fresh.me }),
        'GET /v1/sessions': () => ({ status: 200, body: { items: sessions } }),
        'DELETE /v1/sessions/s2': () => ({ status: 200, body: { items: sessions.splice(1) } }),
        'PUT /v1/me/password': () => told.shift() ?? problem(500, ''),
      },
      `#tenant=demo&token=${TOKEN}`,
    );
    await page.getByTestId('account').click();
    await page.getByTestId('end-others').click();
    await page.getByText('Nowhere else.').waitFor();
    await expect
      .poll(() => asked.filter(({ path }) => path.startsWith('DELETE')).map(({ path }) => path))
      .toEqual(['DELETE /v1/sessions/s2']);
    await page.getByLabel('Password of now').fill('an old harbour');
    await page.getByLabel('New password').fill('a quiet harbour');
    await page.getByLabel('Once more').fill('a quiet harbour');
    await press('Change password');
    await expect.poll(alert).toBe('This is not your password of now.');
    await press('Change password');
    await page.getByText('Your password is changed.').waitFor();
    await expect.poll(() => asked.at(-1)?.body).toEqual({ current: 'an old harbour', password: 'a quiet harbour' });
    await nothingSerious(page);
    await press('Close');
    await expect.poll(() => page.evaluate(() => sessionStorage.getItem('cuecard.session'))).toContain(ADMIN_TOKEN);
    await page.getByText('Nobody waits.', { exact: true }).waitFor();
  });

  test('what was refused while the token was being replaced is asked again with the fresh one', async () => {
    const used: string[] = [];
    let give = (_: Response): void => undefined;
    const bearer = createBearer('old', (path, init) => {
      const token = new Headers(init?.headers).get('authorization') ?? '';
      used.push(`${path} ${token}`);
      if (path === '/password') return new Promise((resolve) => (give = resolve));
      return Promise.resolve(Response.json({}, { status: token === 'Bearer new' ? 200 : 401 }));
    });
    await expect(bearer.call('GET', '/a')).rejects.toThrow();
    const renewed = bearer.renew((call) => call('PUT', '/password') as Promise<SignedIn>);
    const meanwhile = bearer.call('GET', '/b');
    give(Response.json({ ...fresh, token: 'new' }));
    await Promise.all([renewed, meanwhile]);
    expect(used.slice(-2)).toEqual(['/b Bearer old', '/b Bearer new']);
  });
});

describe('an admin', () => {
  const person = {
    id: 'p1',
    login: 'lin',
    name: 'Lin',
    role: 'agent',
    agentId: 'lin',
    createdAt: UNTIL,
    hasPassword: true,
  };
  const ada = {
    ...person,
    id: 'p2',
    login: 'ada@shop.example',
    name: 'Ada',
    agentId: 'ada',
    role: 'admin',
    hasPassword: false,
    linkUntil: UNTIL,
  };
  /** Of a log that is narrowed: two pages in which nothing is, and one that is the last. */
  const narrowedPages: object[] = [];
  const narrowedLog = () =>
    urls.findLast((url) => url.includes('/v1/access-log'))?.includes('action=') ? narrowedPages.shift() : undefined;
  const answers: Answers = {
    'GET /v1/me': () => ({ status: 200, body: signedIn('admin').me }),
    'GET /v1/people': () => ({ status: 200, body: { items: [ada, person] } }),
    'POST /v1/people': () => ({ status: 201, body: { person, link: { ticket: TICKET, expiresAt: UNTIL } } }),
    'PATCH /v1/people/p1': () => ({ status: 200, body: person }),
    'PATCH /v1/people/p2': () => problem(409, 'Ada is the last admin who can sign in; make another one first'),
    'GET /v1/sessions': () => ({
      status: 200,
      body: {
        items: [
          { id: 's1', personId: 'p1', agentId: 'lin', name: 'Lin', createdAt: UNTIL, expiresAt: UNTIL, current: false },
        ],
      },
    }),
    'DELETE /v1/sessions/s1': () => ({ status: 200, body: { revoked: true } }),
    'GET /v1/tokens': () => ({ status: 200, body: { items: [{ id: 't1', role: 'agent', agentId: 'agent' }] } }),
    'GET /v1/erasures': () => ({
      status: 200,
      body: {
        items: [
          {
            id: 'e1',
            subject: 'cus_1',
            requestedAt: UNTIL,
            requestedBy: 'ada',
            status: 'done',
            conversations: 2,
            items: 31,
          },
        ],
      },
    }),
    'GET /v1/audit': () => ({
      status: 200,
      body: {
        items: [
          {
            at: UNTIL,
            by: 'ada',
            action: 'settings.changed',
            subject: 'demo',
            detail: 'mode: assist -> auto; wording',
          },
        ],
      },
    }),
    'GET /v1/access-log': () => ({
      status: 200,
      body: narrowedLog() ?? {
        items: [
          { at: UNTIL, by: 'lin', action: 'conversation.read', conversation: 'c-1' },
          { at: UNTIL, by: 'ada', action: 'sign_in.bad' },
          { at: UNTIL, by: 'lin', action: 'conversation.claim', outcome: 'refused', conversation: 'c-2' },
        ],
      },
    }),
    'POST /v1/customers/buyer%201/erase': () => ({ status: 202, body: {} }),
  };
  const enter = async (hash: string, options: BrowserContextOptions = {}) => {
    await open(answers, `#tenant=demo&token=${TOKEN}`, options);
    await page.evaluate((to) => {
      location.hash = to;
    }, hash);
  };

  test('makes a person and hands over a link, changes a role after a question, ends a sign-in', async () => {
    await enter('#/people', { viewport: { width: 1_280, height: 900 } });
    await page.getByTestId('person-lin').waitFor();
    await nothingSerious(page);
    await page.getByTestId('add-person').click();
    await page.getByLabel('Name', { exact: true }).fill('Lin');
    await page.getByLabel('Login', { exact: true }).fill('lin');
    await press('Add');
    await expect
      .poll(() => page.getByTestId('one-time-link').inputValue())
      .toBe(`${desk.base}/console#/sign-in/${TICKET}`);
    await press('Done');
    await expect
      .poll(() => asked.find(({ path }) => path === 'POST /v1/people')?.body)
      .toEqual({
        login: 'lin',
        name: 'Lin',
        role: 'agent',
      });
    await page.getByLabel('Role: Lin').selectOption('supervisor');
    await page.getByTestId('confirm').click();
    await expect
      .poll(() => asked.find(({ path }) => path === 'PATCH /v1/people/p1')?.body)
      .toEqual({ role: 'supervisor' });
    await page.getByTestId('person-ada@shop.example').getByRole('button', { name: 'Disable' }).click();
    await page.getByText('Ada is the last admin who can sign in').waitFor();
    await press('End');
    await expect.poll(() => asked.some(({ path }) => path === 'DELETE /v1/sessions/s1')).toBe(true);
  });

  test('erases a customer after a question, and reads the log', async () => {
    await enter('#/privacy', { viewport: { width: 1_280, height: 900 } });
    await page.getByText('2 conversations, 31 items').waitFor();
    await nothingSerious(page);
    await page.getByLabel("Customer's id").fill('buyer 1');
    await page.getByTestId('erase').click();
    await page.getByTestId('confirm').click();
    await expect.poll(() => asked.some(({ path }) => path.endsWith('/erase'))).toBe(true);
    await page.getByRole('link', { name: 'Who saw and did what' }).click();
    await page.getByText('Lin read the conversation c-1').waitFor();
    await page.getByText('Refused: Lin, took a conversation, the conversation c-2').waitFor();
    await nothingSerious(page);
    narrowedPages.push(
      { items: [], cursor: 'one' },
      { items: [], cursor: 'two' },
      { items: [{ at: UNTIL, by: 'lin', action: 'conversation.read', conversation: 'c-2' }] },
    );
    await page.getByLabel('Person').fill('lin');
    await page.getByLabel('What', { exact: true }).selectOption('person');
    await page.getByLabel('On whom').fill('ada@shop.example');
    await page.getByLabel('From').fill('2026-11-01');
    await page.getByLabel('Until').fill('2026-11-22');
    await press('Show');
    const midnight = (day: string) => encodeURIComponent(new Date(`${day}T00:00`).toISOString());
    await expect
      .poll(() => urls.find((url) => url.includes('action=')) ?? '')
      .toContain(
        `?person=lin&action=person&subject=ada%40shop.example&from=${midnight('2026-11-01')}&until=${midnight('2026-11-23')}`,
      );
    await page.getByText('Lin read the conversation c-2').waitFor();
    await page.getByRole('link', { name: 'Knowledge and settings' }).click();
    await page.getByText('Ada changed the settings').waitFor();
    await page.getByText('How it takes part: Assist → Auto').waitFor();
  });
});
