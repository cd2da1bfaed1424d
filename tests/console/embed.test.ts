import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContextOptions, FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildConsole } from '../../console/build.ts';
import { readChatwoot, readInward } from '../../console/embed/messages.ts';
import { contentSecurityPolicy, frameFile } from '../../functions/support/page-file.ts';
import { launchBrowser } from '../support/browser.ts';
import { assist, conversation, head, suggestion } from '../support/desk-fixtures.ts';
import { type FakeDesk, startFakeDesk, TOKEN } from '../support/fake-desk-api.ts';
import { nothingSerious } from './desk-page.ts';

/** The card in a frame of a page on another origin, in a real browser. */
let browser: Browser;
let desk: FakeDesk;
let page: Page;
let host: { server: Server; origin: string };
let body = '';

/** A page of somebody else: what it shows is what a test puts there. */
async function startHost(): Promise<typeof host> {
  const server = createServer((_, response) =>
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(body),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, origin: `http://localhost:${(server.address() as AddressInfo).port}` };
}

const frameHtml = () => `<!doctype html><html lang="en"><title>Workbench</title><main><h1>Workbench</h1>
  <iframe title="Cuecard" style="width:300px;height:700px" src="${desk.base}/console/embed/demo"></iframe></main>
  <script>
    window.heard = [];
    addEventListener('message', (event) => heard.push({ origin: event.origin, data: event.data }));
    window.say = (data) => frames[0].postMessage(data, '*');
  </script>`;

type Heard = { origin: string; data: Record<string, unknown> | string };
const heard = () => page.evaluate<Heard[]>('window.heard');
const told = async (type: string) =>
  (await heard()).flatMap(({ data }) => (typeof data === 'object' && data['type'] === type ? [data] : []));
const say = (message: unknown) =>
  page.evaluate((data) => (globalThis as unknown as { say(of: unknown): void }).say(data), message);
const card = (): FrameLocator => page.frameLocator('iframe[title="Cuecard"]');

async function open(options: BrowserContextOptions = {}): Promise<void> {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  page = await context.newPage();
  await page.goto(host.origin);
}

async function signIn(): Promise<void> {
  await card().getByText('Or a personal token').click();
  await card().locator('input[name="token"]').fill(TOKEN);
  await card().getByRole('button', { name: 'Sign in' }).click();
  await card().getByRole('button', { name: 'Sign out' }).waitFor();
}

beforeAll(async () => {
  const [files, launched, started] = await Promise.all([buildConsole(), launchBrowser(), startHost()]);
  [browser, host] = [launched, started];
  desk = await startFakeDesk(files);
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
  host.server.closeAllConnections();
  await new Promise((resolve) => host.server.close(resolve));
});
beforeEach(() => {
  desk.reset();
  desk.embed.origins = [host.origin];
  body = frameHtml();
  desk.put(conversation('c-1'));
});
afterEach(() => page?.context().close());

describe('any workbench', () => {
  test('names the conversation, gets the words for its reply, and the size', async () => {
    await open();
    await expect.poll(() => told('cuecard:ready')).toEqual([{ type: 'cuecard:ready', version: 1 }]);
    await signIn();
    await say({ type: 'cuecard:conversation', conversationId: 'c-1', version: 1 });
    await card().getByTestId('suggestion-1').click();
    const inserted = await expect
      .poll(() => told('cuecard:insert'))
      .toHaveLength(1)
      .then(() => told('cuecard:insert'));
    expect(inserted).toEqual([
      { type: 'cuecard:insert', version: 1, suggestionId: 'sug_1', text: assist('c-1').suggestions[0]?.text },
    ]);
    expect((await told('cuecard:size')).at(-1)).toMatchObject({ version: 1, height: expect.any(Number) });
    expect((await heard()).every(({ origin }) => origin === desk.base)).toBe(true);
    expect(desk.calls.every(({ path }) => !path.includes(TOKEN))).toBe(true);
    await nothingSerious(page);
    await expect
      .poll(() => card().locator('body').evaluate('document.documentElement.scrollWidth'))
      .toBeLessThanOrEqual(300);
  });

  test('follows the conversation live, another one, the language and the theme; stays signed in across a reload', async () => {
    desk.put(conversation('c-2', { assists: [assist('c-2', { suggestions: [suggestion('sug_8', 'der andere')] })] }));
    await open();
    await signIn();
    await say({ type: 'cuecard:conversation', conversationId: 'c-1' });
    await card().getByTestId('suggestion-2').waitFor();
    // Where the pointer rests nothing changes.
    await page.mouse.move(900, 10);
    desk.put(
      conversation('c-1', {
        head: head('c-1', { version: 2 }),
        assists: [assist('c-1', { revision: 2, suggestions: [suggestion('sug_9', 'newer')] })],
      }),
    );
    await expect.poll(() => card().getByTestId('suggestion-1').textContent()).toContain('newer');
    await say({ type: 'cuecard:language', language: 'zh' });
    await say({ type: 'cuecard:theme', theme: 'dark' });
    await card().getByRole('heading', { name: '提示卡' }).waitFor();
    await expect.poll(() => card().locator('html').getAttribute('data-theme')).toBe('dark');
    await page.reload();
    await expect.poll(() => told('cuecard:ready')).toHaveLength(1);
    await card().getByTestId('frame-state').waitFor();
    await say({ type: 'cuecard:conversation', conversationId: 'c-2' });
    await expect.poll(() => card().getByTestId('suggestion-1').textContent()).toContain('der andere');
    await say({ type: 'cuecard:conversation', conversationId: 'nobody-knows' });
    await expect.poll(() => card().getByTestId('frame-state').getAttribute('data-state')).toBe('unknown');
  });

  test('by script tag: a side window, steered by window.cuecard, heard as events', async () => {
    body = `<!doctype html><html lang="en"><title>Workbench</title><h1>Workbench</h1>
      <script>window.inserted = []; addEventListener('cuecard:insert', (event) => inserted.push(event.detail));</script>
      <script src="${desk.base}/console/embed.js" data-tenant="demo" data-side="left"></script>
      <script>cuecard.conversation('c-1');</script>`;
    await open();
    await signIn();
    await card().getByTestId('next-phrase').click();
    await expect
      .poll(() => page.evaluate('window.inserted'))
      .toEqual([{ type: 'cuecard:insert', text: '亲，正在为您核实，请稍等～' }]);
    await expect.poll(() => page.evaluate("document.querySelector('iframe').style.left")).toBe('0px');
    await page.evaluate('cuecard.toggle()');
    await expect.poll(() => page.locator('iframe').isVisible()).toBe(false);
  });
});

describe('a Chatwoot dashboard app', () => {
  test('asks where it stands, and copies what is inserted', async () => {
    desk.put(conversation('chatwoot:42'));
    await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await expect
      .poll(async () => (await heard()).map(({ data }) => data))
      .toContain('chatwoot-dashboard-app:fetch-info');
    await signIn();
    const data = { conversation: { id: 42 }, contact: { name: '林小满' }, currentAgent: { id: 7 } };
    await say(JSON.stringify({ event: 'appContext', data }));
    await card().getByTestId('suggestion-1').click();
    await expect.poll(() => card().getByTestId('note').textContent()).toMatch(/Copied/);
    await expect.poll(() => told('cuecard:insert')).toEqual([]);
  });
});

describe('a page that is not named', () => {
  const refusals = () => {
    const found: string[] = [];
    page.on('console', (line) => void found.push(line.text()));
    return found;
  };

  test.each([
    ['none are named', () => []],
    ['another one is', () => ['https://desk.example']],
  ])('does not get the card into a frame where %s', async (_, origins) => {
    desk.embed.origins = origins();
    await open();
    const said = refusals();
    await page.reload();
    await expect.poll(() => said.join('\n')).toMatch(/frame-ancestors/);
    await expect.poll(() => told('cuecard:ready')).toEqual([]);
    expect(desk.calls).toEqual([]);
  });

  test('is not listened to either: a frame inside the allowed page cannot steer the card', async () => {
    await open();
    await signIn();
    // A sibling on another origin reaches the card's window as well, and is not its parent.
    await page.evaluate((source) => {
      const sibling = document.createElement('iframe');
      sibling.srcdoc = source;
      document.body.append(sibling);
    }, `<script>parent.frames[0].postMessage({ type: 'cuecard:conversation', conversationId: 'c-1' }, '*')</script>`);
    await say({ type: 'cuecard:conversation', conversationId: 'c-1', version: 2 });
    await say({ type: 'cuecard:language', language: 'zh' });
    await card().getByText('等待所在页面').waitFor();
    expect(desk.calls.filter(({ path }) => path.startsWith('/v1/desk/conversations/'))).toEqual([]);
  });
});

describe('what is written down', () => {
  test('nothing of the console may be framed but the card, and that by those who are named', () => {
    const origins = ['https://desk.example', 'https://chat.example'];
    const framed = frameFile('<meta content="%TENANT%"><meta content="%ORIGINS%">', 'demo', origins);
    expect(framed.headers['content-security-policy']).toMatch(
      /frame-ancestors https:\/\/desk\.example https:\/\/chat\.example$/,
    );
    expect(framed.headers).not.toHaveProperty('x-frame-options');
    expect(frameFile('', 'demo', []).headers).toMatchObject({ 'x-frame-options': 'DENY' });
    const stored = ['https://desk.example;script-src-elem', 'https://evil.example', 'https://*'];
    expect(frameFile('', 'demo', stored).headers['content-security-policy']).toMatch(
      /; frame-ancestors https:\/\/evil\.example$/,
    );
    expect(contentSecurityPolicy({ connect: [], framedBy: [] })).toMatch(/frame-ancestors 'none'$/);
    expect(frameFile('<meta content="%TENANT%">', '"><script>', []).text).toBe(
      '<meta content="&#34;&#62;&#60;script&#62;">',
    );
  });

  test.each([
    [{ type: 'cuecard:conversation', conversationId: '' }],
    [{ type: 'cuecard:conversation', conversationId: 'x'.repeat(201) }],
    [{ type: 'cuecard:conversation', conversationId: 'c', version: 2 }],
    [{ type: 'cuecard:theme', theme: 'javascript:' }],
    [{ type: 'constructor' }],
    [null],
    ['{"event":"appContext"}'],
  ])('not a message: %j', (data) => {
    expect(readInward(data)).toBeUndefined();
    expect(readChatwoot(data)).toBeUndefined();
  });

  test('Chatwoot’s context names the conversation as its webhook does', () => {
    const context = (id: unknown) => JSON.stringify({ event: 'appContext', data: { conversation: { id } } });
    expect(readChatwoot(context(42))).toEqual({ type: 'cuecard:conversation', conversationId: 'chatwoot:42' });
    expect(readChatwoot(context('../42'))).toBeUndefined();
    expect(readChatwoot(context({}))).toBeUndefined();
  });
});
