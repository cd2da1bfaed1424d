import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Demo } from '../../scripts/local/seed.ts';
import { launchBrowser } from '../support/browser.ts';
import { PATIENCE_MS, type Shop, shop } from '../support/shop.ts';
import { startTestStack, type TestStack } from '../support/stack.ts';

/** The page as the stack serves it, played from both sides. */
let stack: TestStack;
let demo: Demo;
let store: Shop;
let browser: Browser;
let page: Page;
let complaints: string[];

const SHIPPED = 'CC2026111900417';
const PICTURE = fileURLToPath(new URL('../../console/screenshot.png', import.meta.url));

beforeAll(async () => {
  [stack, browser] = await Promise.all([startTestStack(), launchBrowser()]);
  demo = await stack.demo();
  store = shop(stack.baseUrl, demo.tenant, demo);
  await store.change({ quietWindowMs: 300 });
}, 600_000);
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

beforeEach(async () => {
  complaints = [];
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1.5 });
  page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (line) => {
    // That an agent may not see the knowledge pages is found out by asking.
    const isAsked = line.location().url.includes('/v1/knowledge/releases');
    if (line.type() === 'error' && !isAsked) complaints.push(line.text());
  });
});
afterEach(async () => {
  await page.context().close();
  expect(complaints).toEqual([]);
});

const see = (testId: string, wanted: string | RegExp) =>
  expect
    .poll(
      () =>
        page
          .getByTestId(testId)
          .last()
          .textContent({ timeout: 1_000 })
          .catch(() => ''),
      { timeout: PATIENCE_MS },
    )
    .toMatch(wanted);

async function open(language: 'zh' | 'en'): Promise<void> {
  await page.goto(`${demo.consoleUrl}&lang=${language}`);
  await page.getByTestId('customer-input').waitFor();
  await expect.poll(() => page.getByTestId('live').getAttribute('data-state'), { timeout: PATIENCE_MS }).toBe('live');
}

async function customerSays(text: string): Promise<void> {
  await page.getByTestId('customer-input').fill(text);
  await page.getByTestId('customer-input').press('Enter');
  await page.getByTestId('transcript').getByText(text, { exact: true }).waitFor();
}

const conversationShown = async (): Promise<string> =>
  (await page.locator('[data-conversation][aria-current="true"]').getAttribute('data-conversation')) ?? '';

/** Leaves what has the focus, so that digits are keys of the desk. */
const leaveFields = () => page.getByTestId('conversation').getByRole('heading').first().click();

async function nothingSerious(): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(', ')}`)).toEqual([]);
}

test('a customer asks, a bot answers; they ask for a person, who claims, inserts by key and sends', async () => {
  await open('zh');
  await expect.poll(() => page.url()).not.toContain('token');
  await customerSays('你们发什么快递');
  await page.getByTestId('message-bot').waitFor();
  await see('act', '提问');
  await see('decision', /./);

  await page.getByTestId('customer-order').selectOption({ index: 1 });
  await see('order-panel', SHIPPED);
  await customerSays('转人工');
  await see('handoff-banner', /要求人工|人工/);
  await page.getByTestId('claim').click();
  await see('owner', '我的');
  await see('next-phrase', '稍等');
  await leaveFields();
  await page.keyboard.press('0');
  await page.getByTestId('send').click();
  await see('promise', '还剩');

  await customerSays('收到货不合适可以退吗');
  await see('intent', '退货');
  await see('suggestion-1', /1[\s\S]*\d+%/);
  await leaveFields();
  await page.keyboard.press('1');
  const composer = page.getByTestId('composer');
  await expect.poll(() => composer.inputValue(), { timeout: PATIENCE_MS }).toMatch(/退/);
  const inserted = await composer.inputValue();
  await nothingSerious();
  if (process.env['UPDATE_SCREENSHOT'] === '1') {
    await page.getByRole('status').filter({ hasText: '接入' }).waitFor({ state: 'hidden' });
    await writeFile(PICTURE, await page.screenshot());
  }

  await composer.press('Enter');
  await see('message-agent', inserted);
  await page.getByTestId('customer-chat').getByText(inserted).waitFor();
  await expect.poll(() => composer.inputValue(), { timeout: PATIENCE_MS }).toBe('');
  const { head, messages } = await store.detail(await conversationShown());
  expect(head.owner).toBe('agent:agent');
  expect(messages.at(-1)).toMatchObject({ author: { type: 'agent' }, text: inserted });
});

test('in English: fragments become one turn, the conversation is given back and closed', async () => {
  await store.change({ quietWindowMs: 4_000 });
  await open('en');
  await page.getByTestId('customer-select').selectOption({ label: 'Emma Hartley' });
  await page.getByTestId('customer-input').fill('hi there\nhow long do refunds take to arrive?');
  await page.getByTestId('customer-pieces').click();
  await see('suggestion-1', /refund/i);
  const conversation = await conversationShown();
  const { assists, messages } = await store.until(
    conversation,
    (now) => now.assists.some(({ revision }) => revision === 2),
    'one turn of both pieces',
  );
  const pieces = messages.filter(({ author }) => author.type === 'customer').map(({ id }) => id);
  expect(assists).toHaveLength(1);
  expect(assists[0]).toMatchObject({ revision: 2, messageIds: pieces });
  await store.change({ quietWindowMs: 300 });

  await customerSays('let me talk to a real person');
  await see('handoff-banner', /person/);
  await page.getByTestId('claim').click();
  await see('owner', 'Yours');
  await page.getByTestId('release').click();
  await expect.poll(() => page.getByTestId('claim').count(), { timeout: PATIENCE_MS }).toBe(1);
  await page.getByTestId('claim').click();
  await see('owner', 'Yours');
  await page.getByTestId('close').click();
  await page.getByTestId('wrap-up-note').fill('Refund times explained.');
  await page.getByTestId('close-go').click();
  await see('owner', 'Closed');
  expect((await store.detail(conversation)).head.owner).toBe('closed');
  await nothingSerious();
});

test('what another desk does is seen without asking', async () => {
  await open('zh');
  await customerSays('可以开发票吗');
  const conversation = await conversationShown();
  await store.agentWrites(conversation, '您好，我是小林，发票我来帮您开');
  await page.getByTestId('transcript').getByText('我是小林').waitFor();
  await page.getByTestId('customer-chat').getByText('我是小林').waitFor();
  await see('owner', 'lei');
});
