import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { sharedStack } from '../support/shared-stack.ts';
import { PATIENCE_MS, type Shop } from '../support/shop.ts';
import type { SharedStack } from '../support/stack.ts';
import { goTo, nothingSerious, openPage } from './desk-page.ts';

/** The knowledge pages as the stack serves them, over its own API: from a spreadsheet to a release and back. */
let stack: SharedStack;
let store: Shop;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  stack = sharedStack();
  browser = await launchBrowser();
  store = await stack.newShop({ packs: [], languages: ['en', 'zh'] });
  page = await openPage(browser, 'about:blank', complaints, { viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(PATIENCE_MS);
  const signIn = new URLSearchParams({ token: store.keys.managerToken, tenant: store.id, lang: 'en' });
  await page.goto(`${stack.baseUrl}/console#${signIn}`);
}, 600_000);
afterAll(async () => {
  await browser?.close();
});
afterEach(() => {
  expect(complaints).toEqual([]);
});

const at = (testId: string) => page.getByTestId(testId);
const see = (testId: string, wanted: string | RegExp) =>
  expect
    .poll(
      () =>
        at(testId)
          .first()
          .textContent({ timeout: 1_000 })
          .catch(() => ''),
      { timeout: 3 * PATIENCE_MS },
    )
    .toMatch(wanted);

/** A machine that does much else compiles slowly. */
vi.setConfig({ testTimeout: 10 * PATIENCE_MS });

const ROWS = [
  ['How long does parcel delivery take?', 'when does it arrive|how many days', 'Two to four days.', ''],
  ['Can I send a thing back?', 'return policy|return it', 'Within 30 days, yes.', ''],
  ['Do you wrap presents?', 'gift wrapping|wrap it as a gift', 'Choose gift wrap at checkout.', ''],
  ['May I cancel what I ordered?', 'cancel my order|stop the order', 'Tap Cancel in the order.', 'order.state = sent'],
];
const csv = (rows: readonly (readonly string[])[]): Buffer =>
  Buffer.from(
    [['question', 'similar questions', 'answer', 'condition', 'owner'], ...rows.map((row) => [...row, 'Lin'])]
      .map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
      .join('\r\n'),
  );

async function importFile(name: string, buffer: Buffer): Promise<void> {
  await goTo(page, '#/import');
  await at('file').setInputFiles({ name, mimeType: 'text/csv', buffer });
  await at('check-file').click();
  await see('outcome', /Checked, nothing changed yet/);
}

test('a spreadsheet is checked: its bad row, its unknown column; then it is imported', async () => {
  await page.getByText('No entries yet').waitFor();
  await importFile('faq.csv', csv(ROWS));
  await see('mapping', /owner/);
  await see('rejected', /order\.state/);
  await nothingSerious(page);
  await at('import-now').click();
  await see('outcome', /Imported into the draft/);
  await goTo(page, '#/entries');
  await see('count', '3 entries');
});

test('the draft is released and goes live with its report', async () => {
  await goTo(page, '#/draft');
  await expect.poll(() => at('change').count(), { timeout: PATIENCE_MS }).toBe(3);
  await at('release').click();
  await at('release-note').fill('First answers');
  await at('release-go').click();
  await see('status', /^live$/);
  await at('report').waitFor();
  await nothingSerious(page);
  await expect.poll(() => store.live()).toBeDefined();
});

test('an entry is edited, a second editor is not overwritten, and the change is seen word by word', async () => {
  await goTo(page, '#/entries');
  await at('search').fill('presents');
  await see('count', '1 entry');
  await page.getByTestId('entry-row').click();
  await at('answer-0').fill('Choose gift wrap when you pay.');
  const id = decodeURIComponent(new URL(page.url()).hash.replace('#/entries/', ''));
  const path = `/v1/knowledge/entries/${encodeURIComponent(id)}`;
  const { revision: _, ...theirs } = (await store.manage('GET', path)) as Record<string, unknown>;
  await store.manage('PUT', path, { ...theirs, note: 'Paper is in the back room.' });
  await at('save').click();
  await at('conflict').waitFor();
  await at('conflict-save').click();
  await see('notice', /Saved/);
  await expect
    .poll(() => store.manage('GET', path))
    .toMatchObject({
      note: 'Paper is in the back room.',
      answers: [{ text: 'Choose gift wrap when you pay.' }],
    });
  await goTo(page, '#/draft');
  await see('change', /Do you wrap presents\?/);
  expect((await page.locator('ins').allTextContents()).join(' ')).toContain('when you pay');
});

test('prepared first, then made live, then taken back', async () => {
  const first = await store.live();
  await goTo(page, '#/draft');
  await at('release').click();
  await at('publish-later').check();
  await at('release-go').click();
  await see('status', 'ready');
  await expect.poll(() => store.live()).toBe(first);
  await at('go-live').click();
  await at('go-live-now').click();
  await see('status', /^live$/);
  await expect.poll(() => store.live()).not.toBe(first);
  await goTo(page, `#/releases/${first}`);
  await at('go-live').click();
  await at('go-live-now').click();
  await see('status', /^live$/);
  await expect.poll(() => store.live()).toBe(first);
});

test('a file too large for the gateway comes by upload all the same', async () => {
  const long = 'Please tell us the colour, the size and where you live. '.repeat(30);
  const rows = Array.from({ length: 2_600 }, (_, index) => [
    `What about matter ${index} of list ${index * 7}?`,
    '',
    long,
    '',
  ]);
  const file = csv(rows);
  expect(file.length).toBeGreaterThan(4 * 1024 * 1024);
  await importFile('large.csv', file);
  await see('outcome', /2,600/);
});
