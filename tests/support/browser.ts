import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

/**
 * A headless browser from npm: nothing is downloaded, and it needs no graphics. The package's own flags are for
 * Lambda (one process, no web security); a test wants the browser that people have, only without its sandbox, which
 * containers do not allow.
 */
export async function launchBrowser(): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    headless: true,
  });
}
