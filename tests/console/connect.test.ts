import type { Page, Route } from 'playwright-core';
import { expect, test } from 'vitest';
import type { ChatwootView, PutChatwoot } from '../../lib/domain/chatwoot.ts';
import { ADMIN_TOKEN, type FakeDesk } from '../support/fake-desk-api.ts';
import { deskPages, goTo, nothingSerious } from './desk-page.ts';

let desk: FakeDesk;
let page: Page;
const openPage = deskPages((started) => {
  desk = started;
});
let view: ChatwootView | undefined;
let ok = true;
const puts: PutChatwoot[] = [];
const at = (testId: string) => page.getByTestId(testId);

const NOT_FOUND = {
  type: 'about:blank',
  title: 'Not found',
  status: 404,
  detail: 'no Chatwoot is connected',
  errors: [],
};

function saved(body: PutChatwoot): ChatwootView {
  const { baseUrl, accountId } = body;
  const settings = {
    ...{ baseUrl, accountId, verify: body.verify ?? 'required', botAnswers: body.botAnswers ?? 'pending' },
    ...{ inboxes: body.inboxes ?? [], agents: body.agents ?? {}, skills: body.skills ?? {} },
    notes: { handoff: true, wrapUp: true, suggestions: false, ...body.notes },
  } as ChatwootView['settings'];
  const has = {
    accessToken: true,
    botToken: typeof body.botToken === 'string',
    webhookSecret: typeof body.webhookSecret === 'string',
    botSecret: false,
  };
  const noon = Date.UTC(2026, 10, 22, 12);
  const events: ChatwootView['events'] = [
    { at: noon, event: 'message_created', outcome: 'accepted', signed: true },
    { at: noon - 2_000, event: 'message_created', outcome: 'accepted', fetched: 2 },
    { at: noon - 4_000, event: 'conversation_typing_on', outcome: 'ignored', signed: true },
    { at: noon - 9_000, event: '?', outcome: 'refused', why: 'the signature does not match' },
  ];
  return { settings, has, webhookPath: '/v1/webhooks/chatwoot/demo', events };
}

async function platform(route: Route): Promise<void> {
  const request = route.request();
  const json = (status: number, body: unknown) => route.fulfill({ status, json: body });
  if (request.url().endsWith('/check')) {
    const problem = {
      code: 'no_secret',
      message: { zh: '还没有填写 webhook 密钥', en: 'no webhook secret is set yet' },
    };
    return json(200, {
      ok,
      user: { id: 9, name: 'Cuecard', role: 'agent' },
      inboxes: [{ id: 1, name: 'Acme Support' }],
      problems: ok ? [] : [problem],
    });
  }
  if (request.method() === 'PUT') {
    const body = request.postDataJSON() as PutChatwoot;
    puts.push(body);
    view = saved(body);
  }
  if (request.method() === 'DELETE') {
    view = undefined;
    return json(200, { removed: true });
  }
  return view === undefined ? json(404, NOT_FOUND) : json(200, view);
}

async function open(lang: string, dark: boolean): Promise<void> {
  page = await openPage(desk.manageUrl(lang, ADMIN_TOKEN), {
    colorScheme: dark ? 'dark' : 'light',
    viewport: { width: 1280, height: 1100 },
  });
  await page.route('**/v1/platforms/chatwoot**', platform);
  await page.locator('.manage-nav, .columns').first().waitFor();
  await goTo(page, '#/connect');
}

test('an admin connects Chatwoot: address, token, check, the webhook to paste, what came', async () => {
  await open('en', false);
  await at('address').fill('https://chat.acme.example/app/accounts/12/dashboard');
  await expect.poll(() => at('account-number').inputValue()).toBe('12');
  await expect.poll(() => at('address').inputValue()).toBe('https://chat.acme.example');
  await expect.poll(() => at('save-connection').isDisabled()).toBe(true);
  await at('accessToken').fill('user-token');
  ok = false;
  await at('save-connection').click();
  await expect.poll(() => at('problems').textContent()).toContain('no webhook secret');
  expect(puts).toEqual([
    {
      baseUrl: 'https://chat.acme.example',
      accountId: 12,
      verify: 'required',
      botAnswers: 'pending',
      inboxes: [],
      notes: { handoff: true, wrapUp: true, suggestions: false },
      agents: {},
      skills: {},
      accessToken: 'user-token',
    },
  ]);
  await expect
    .poll(() => at('webhook-url').textContent())
    .toBe(`${new URL(page.url()).origin}/v1/webhooks/chatwoot/demo`);
  await expect.poll(() => at('accessToken').inputValue()).toBe('');
  ok = true;
  await at('webhookSecret').fill('whs');
  await at('save-connection').click();
  await expect.poll(() => at('works').textContent()).toContain('Cuecard');
  expect(puts[1]).not.toHaveProperty('accessToken');
  await expect.poll(() => at('came').textContent()).toContain('the signature does not match');
  await at('add-people').click();
  await at('person-email').fill('mei@acme.example');
  await expect.poll(() => at('save-connection').isDisabled()).toBe(true);
  await at('person-agent').fill('mei');
  await at('add-skills').click();
  await at('skill-name').fill('refunds');
  await at('skill-labels').fill('refund, urgent');
  await at('skill-team').fill('eight');
  await expect.poll(() => at('save-connection').isDisabled()).toBe(true);
  await at('skill-team').fill('8');
  await at('save-connection').click();
  await expect.poll(() => puts.length).toBe(3);
  await expect
    .poll(() => puts[2])
    .toMatchObject({
      agents: { 'mei@acme.example': 'mei' },
      skills: { refunds: { labels: ['refund', 'urgent'], teamId: 8 } },
    });
  await nothingSerious(page);
});

test('it reads in Chinese and in the dark, and is disconnected', async () => {
  await open('zh', true);
  await at('came').waitFor();
  await nothingSerious(page);
  await at('disconnect').click();
  await expect.poll(() => at('webhook-url').count()).toBe(0);
  await expect.poll(() => at('address').inputValue()).toBe('');
});
