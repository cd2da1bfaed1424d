import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { buildConsole } from '../../console/build.ts';
import { launchBrowser } from '../support/browser.ts';
import { type FakeDesk, startFakeDesk } from '../support/fake-desk-api.ts';

/**
 * For a file of page tests: one browser, and one server of made-up conversations, handed to `started` and emptied before
 * each test. What this returns opens an address of it; each page is closed after its test, and the test fails with what
 * the browser complained about on it.
 */
export function deskPages(
  started: (desk: FakeDesk) => void,
): (url: string, options?: BrowserContextOptions) => Promise<Page> {
  let browser: Browser;
  let desk: FakeDesk;
  let complaints: string[] = [];
  const opened: Page[] = [];
  beforeAll(async () => {
    const [files, launched] = await Promise.all([buildConsole(), launchBrowser()]);
    browser = launched;
    desk = await startFakeDesk(files);
    started(desk);
  });
  afterAll(async () => {
    await browser.close();
    await desk.stop();
  });
  beforeEach(() => {
    complaints = [];
    desk.reset();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((page) => page.context().close()));
    expect(complaints).toEqual([]);
  });
  return async (url, options) => {
    const page = await openPage(browser, url, complaints, options);
    opened.push(page);
    return page;
  };
}

/**
 * Opens an address in a browser context of its own. What the browser complains about (script errors, anything that the
 * content security policy stopped) is added to `complaints`.
 */
export async function openPage(
  browser: Browser,
  url: string,
  complaints: string[],
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const opened = await context.newPage();
  opened.on('pageerror', (error) => complaints.push(error.message));
  opened.on('console', (line) => {
    if (/content security policy/i.test(line.text())) complaints.push(line.text());
  });
  await opened.goto(url);
  return opened;
}

/** To another page of the console, as a link would. */
export const goTo = (page: Page, hash: string): Promise<void> =>
  page.evaluate((next) => {
    location.hash = next;
  }, hash);

/** Fails with what axe found that keeps people out. */
export async function nothingSerious(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(', ')}`)).toEqual([]);
}
