import { signal } from '@preact/signals';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { asCsv, clashes } from '../../console/desk/phrases/phrases-store.ts';
import { filled, knownFacts, knownValue, parametersOf } from '../../console/desk/slash/parameters.ts';
import { byShortcut, phraseScore, rank } from '../../console/desk/slash/rank.ts';
import { createSlash } from '../../console/desk/slash/slash-store.ts';
import type { ReplyWarning } from '../../lib/domain/contract/desk-tools.ts';
import type { Product } from '../../lib/domain/product.ts';
import { assist, conversation, suggestion } from '../support/desk-fixtures.ts';
import type { FakeDesk } from '../support/fake-desk-api.ts';
import { deskPages, nothingSerious } from './desk-page.ts';

/** The agent's tools around the reply: searched, filled in, looked at before it goes. */
let desk: FakeDesk;
let page: Page;
const openPage = deskPages((started) => {
  desk = started;
});

const composer = () => page.getByTestId('composer').inputValue();
const text = async (testId: string) => (await page.getByTestId(testId).textContent()) ?? '';
const see = (read: () => Promise<string>, wanted: string | RegExp) => expect.poll(read).toMatch(wanted);
const called = (method: string, path: RegExp) =>
  desk.calls.filter((call) => call.method === method && path.test(call.path));
const titles = () => page.getByTestId('slash-item').locator('.slash-title').allTextContents();

const own = [
  { id: 'o1', shortcut: 'hi', title: 'Greeting', text: 'Hello, how can I help?' },
  { id: 'o2', shortcut: 'where', title: 'Where it is', text: 'Order {{ask.order_number}} left with {{ask.carrier}}.' },
  { id: 'o3', shortcut: 'call', title: 'Call back', text: 'We call you at {{ask.time}} on {{ask.day}}.' },
];
const team = [{ id: 't1', shortcut: 'bye', title: 'Goodbye', text: 'You are welcome. Hello again soon!' }];
const product = {
  id: 'p7',
  title: 'Trail shoe',
  price: { amount: '369.00', currency: 'CNY' },
  stock: 3,
  aliases: [],
  attributes: {},
  updatedAt: '2026-11-21T09:30:00.000Z',
} as unknown as Product;

async function open(language = 'en', options: BrowserContextOptions = {}): Promise<void> {
  page = await openPage(desk.url(language), {
    viewport: { width: 1440, height: 900 },
    ...options,
  });
  if ((page.viewportSize()?.width ?? 0) < 800) await page.locator('.views .view-queue').click();
  await page.locator('[data-conversation="c-1"]').click();
  await page.getByTestId('composer').waitFor();
}

beforeEach(() => {
  desk.tools.phrases = { own, team };
  desk.tools.found = { suggestions: [suggestion('sug_s', 'Returns are free for 30 days.')], products: [product] };
  desk.put(conversation('c-1'));
});

describe('in the browser', () => {
  test('/ lists phrases at once and answers and products beside them; arrows choose, Enter inserts, Esc closes', async () => {
    await open();
    await page.getByTestId('composer').click();
    await page.keyboard.type('/hello');
    await expect.poll(() => page.getByTestId('slash-item').count()).toBe(4);
    const chosen = page.locator('[role="option"][aria-selected="true"]');
    await expect.poll(() => chosen.textContent()).toContain('/hi');
    const active = await page.getByTestId('composer').getAttribute('aria-activedescendant');
    expect(active).toBe(await chosen.getAttribute('id'));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await see(composer, /^Hello, how can I help\?$/);
    expect(called('POST', /messages$/)).toEqual([]);
    await page.getByTestId('composer').fill('/nothing like it');
    await page.getByTestId('slash').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByTestId('slash').count()).toBe(0);
    await expect.poll(() => composer()).toBe('/nothing like it');
  });

  test('a code and a space expand at once; what is known of the conversation is filled in', async () => {
    await open();
    await page.getByTestId('composer').click();
    await page.keyboard.type('/where ');
    await see(composer, /^Order CC2026111900417 left with 迅达快递\.$/);
    await expect.poll(() => page.getByTestId('parameters').count()).toBe(0);
  });

  test('what is not known is asked for in order, and goes into the reply', async () => {
    await open();
    await page.getByTestId('composer').click();
    await page.keyboard.type('/call ');
    await page.getByTestId('parameter-time').waitFor();
    await page.keyboard.type('5 pm');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Friday');
    await page.keyboard.press('Enter');
    await see(composer, /^We call you at 5 pm on Friday\.$/);
    expect(called('POST', /messages$/)).toEqual([]);
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('composer');
  });

  test('Ctrl+K searches beside what is written; Tab opens the fields of a phrase that needs none asked', async () => {
    await open();
    await page.getByTestId('composer').fill('Good day.');
    await page.keyboard.press('Control+k');
    await page.getByTestId('slash-query').fill('where');
    await expect.poll(titles).toContainEqual(expect.stringContaining('/where'));
    await page.keyboard.press('Tab');
    await expect.poll(() => page.getByTestId('parameter-order_number').inputValue()).toBe('CC2026111900417');
    await page.getByTestId('parameter-carrier').fill('SF');
    await page.keyboard.press('Enter');
    await see(composer, /^Good day\. Order CC2026111900417 left with SF\.$/);
  });

  test('an answer to an older query is dropped; without a server there are still phrases', async () => {
    await open();
    let arrive = () => {};
    desk.tools.wait = {
      path: '/v1/desk/search',
      until: new Promise<void>((resolve) => {
        arrive = resolve;
      }),
    };
    await page.getByTestId('composer').click();
    await page.keyboard.type('/zzz');
    await expect.poll(() => called('GET', /desk\/search/).length).toBe(1);
    await page.getByTestId('composer').fill('/hi');
    arrive();
    await see(() => text('slash-state'), /4 found|3 found/);
    desk.failures.set('/v1/desk/search', [503]);
    await page.getByTestId('composer').fill('/bye');
    await see(() => text('slash-state'), 'phrases only');
    expect((await titles())[0]).toContain('/bye');
  });

  test('an input method that is composing neither searches, expands nor chooses', async () => {
    await open();
    const field = page.getByTestId('composer');
    await field.click();
    await field.dispatchEvent('compositionstart');
    await field.fill('/hi ');
    await field.dispatchEvent('keydown', { key: 'Enter', code: 'Enter', isComposing: true });
    await expect.poll(() => composer()).toBe('/hi ');
    await expect.poll(() => page.getByTestId('slash').count()).toBe(0);
    await field.dispatchEvent('compositionend');
    await see(composer, /^Hello, how can I help\?$/);
  });

  test('a product found goes along as a card; when its price has changed that is shown before it goes', async () => {
    const card = assist('c-1').cards[0];
    desk.tools.products =
      card === undefined ? [] : [{ ...card, title: 'Trail shoe', productId: 'p7' as typeof card.productId }];
    await open();
    await page.getByTestId('find-product').fill('shoe');
    await page.getByRole('button', { name: 'Insert: Trail shoe' }).click();
    await see(composer, /Trail shoe .*369\.00/);
    const changes = [{ productId: 'p7', title: 'Trail shoe', field: 'price', was: '¥369', is: '¥399' }];
    await page.route('**/messages', (route) => route.fulfill({ status: 409, json: { changes } }), { times: 1 });
    await page.getByTestId('composer').press('Enter');
    await see(() => text('facts-changed'), /¥369[\s\S]*¥399/);
    expect(called('POST', /messages$/)).toEqual([]);
    await page.getByTestId('composer').press('Enter');
    await expect.poll(() => called('POST', /messages$/).length).toBe(1);
    await expect
      .poll(() => called('POST', /messages$/)[0]?.body)
      .toMatchObject({
        cards: [{ productId: 'p7', price: { amount: '369.00', currency: 'CNY' }, inStock: true }],
        confirmed: true,
      });
  });

  const warning: ReplyWarning = {
    kind: 'price',
    text: '299',
    start: 10,
    end: 13,
    message: { zh: '价格与商品不符', en: 'The catalogue has another price.' },
    expected: '369.00',
  };

  test('a warning keeps a reply back once, at its words; Enter again sends it as it is', async () => {
    desk.tools.warnings = [warning];
    await open();
    await page.getByTestId('composer').fill('They cost 299 today');
    await page.getByTestId('composer').press('Enter');
    await see(() => text('warning-price'), /another price[\s\S]*369\.00[\s\S]*/);
    expect(called('POST', /messages$/)).toEqual([]);
    await page.getByTitle('Show it in the reply').click();
    const marked =
      'document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)';
    await expect.poll(() => page.evaluate(marked)).toBe('299');
    await page.getByTestId('composer').press('Enter');
    await expect.poll(() => called('POST', /messages$/).length).toBe(1);
    await expect.poll(() => page.getByTestId('guard').count()).toBe(0);
    await expect.poll(() => called('POST', /check$/)).toHaveLength(1);
  });

  test('a digit typed into the reply is asked about; its key puts the suggestion in its place', async () => {
    await open();
    await page.getByTestId('composer').fill('1');
    await page.getByTestId('composer').press('Enter');
    await see(() => text('lone-digit'), /would get “1”/);
    await page.getByTestId('composer').press('Alt+1');
    await expect.poll(() => page.getByTestId('composer').inputValue()).not.toMatch(/^1/);
    await expect.poll(() => page.getByTestId('guard').count()).toBe(0);
    await page.getByTestId('composer').fill('1');
    await page.getByTestId('composer').press('Enter');
    await page.getByTestId('lone-digit').waitFor();
    expect(called('POST', /messages$/)).toEqual([]);
    await page.getByTestId('composer').press('Enter');
    await expect.poll(() => called('POST', /messages$/).length).toBe(1);
  });

  test('another text is looked at anew; a check that fails or does not come holds nobody up', async () => {
    desk.tools.warnings = [warning];
    await open();
    await page.getByTestId('composer').fill('They cost 299 today');
    await page.getByTestId('composer').press('Enter');
    await page.getByTestId('guard').waitFor();
    await page.getByTestId('composer').fill('They cost 369 today');
    await expect.poll(() => page.getByTestId('guard').count()).toBe(0);
    desk.tools.wait = { path: '/check', until: new Promise(() => undefined) };
    await page.getByTestId('composer').press('Enter');
    await expect.poll(() => called('POST', /messages$/).length).toBe(1);
    await expect.poll(() => called('POST', /check$/)).toHaveLength(2);
  });

  test('phrases are written, moved, deleted, and a code that is taken says so', async () => {
    await open();
    await page.getByTestId('phrases-open').click();
    await page.getByTestId('phrase-new').click();
    await page.getByLabel('Title').fill('Sorry');
    await page.getByLabel('Shortcut code').fill('bye');
    await see(() => text('phrase-code-hint'), /team has \/bye too/);
    await page.getByTestId('phrase-form').getByLabel('Text').fill('We are sorry.');
    await page.getByTestId('phrase-save').click();
    await see(() => text('phrases-said'), 'Saved');
    await expect
      .poll(() => called('PUT', /phrases$/)[0]?.body['own'])
      .toMatchObject([{}, {}, {}, { title: 'Sorry', shortcut: 'bye' }]);
    await see(() => text('phrase-clashes'), /\/bye stands 2 times: in Mine · Team/);
    await page.getByRole('button', { name: 'Move up: Sorry' }).click();
    await expect.poll(() => desk.tools.phrases.own.map(({ title }) => title).at(2)).toBe('Sorry');
    await page.getByRole('button', { name: 'Delete: Sorry' }).click();
    await expect.poll(() => desk.tools.phrases.own.length).toBe(3);
    const href = (await page.getByTestId('phrases-export').getAttribute('href')) ?? '';
    expect(decodeURIComponent(href)).toContain('"hi","Greeting","Hello, how can I help?"');
  });

  test('a file shows what it would change and its bad rows before it is taken in', async () => {
    desk.tools.imported = {
      ...{ added: 2, changed: 1, unchanged: 0, removed: 0 },
      rejected: [{ row: 4, column: 'text', value: '', reason: 'is empty' }],
    };
    await open();
    await page.getByTestId('phrases-open').click();
    await page.getByTestId('phrases-import').click();
    const file = { name: 'phrases.csv', mimeType: 'text/csv', buffer: Buffer.from('shortcut,text\nhi,Hello') };
    await page.getByTestId('phrase-file').setInputFiles(file);
    await see(() => text('import-preview'), '2 new, 1 changed, 0 the same, 0 removed, 1 bad rows');
    await expect.poll(() => page.locator('.bad-rows tbody').textContent()).toContain('4textis empty');
    await page.getByTestId('import-go').click();
    await expect
      .poll(() => called('POST', /import/).map(({ path }) => path.split('?')[1]))
      .toEqual(['list=own&mode=merge&dryRun=true', 'list=own&mode=merge&dryRun=false']);
  });

  test.each([
    ['light', 1440, 'en'],
    ['dark', 390, 'zh'],
  ] as const)(
    'axe finds nothing serious with list, warning and phrases open: %s, %i wide, %s',
    async (colorScheme, width, language) => {
      desk.tools.warnings = [warning];
      await open(language, { colorScheme, viewport: { width, height: 844 } });
      await page.getByTestId('composer').fill('They cost 299 today');
      await page.getByTestId('composer').press('Enter');
      await page.getByTestId('guard').waitFor();
      await page.keyboard.press('Control+k');
      await page.getByTestId('slash-item').first().waitFor();
      await nothingSerious(page);
      await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      const picture = (name: string) =>
        process.env['PICTURES'] === undefined
          ? undefined
          : page.screenshot({ path: `${process.env['PICTURES']}/tools-${name}-${width}.png` });
      await picture('list');
      await page.keyboard.press('Escape');
      await page.getByTestId('phrases-open').click();
      await page.getByTestId('phrase-new').click();
      await nothingSerious(page);
      await picture('phrases');
    },
  );
});

describe('how well a phrase fits', () => {
  const phrase = { shortcut: 'ret', title: '退货地址', text: '亲，退货请寄到仓库，运费我们承担哦～' };

  test.each([
    ['ret', 100],
    ['RE', 90],
    ['退货', 80],
    ['地址', 70],
    ['仓库', 50],
    ['运费 仓库', 40],
    ['', 1],
    ['发票', 0],
  ])('%s: %i', (query, score) => {
    expect(phraseScore(query, phrase)).toBe(score);
  });

  test('with a character more, by its pairs', () => {
    expect(phraseScore('退货请寄到', phrase)).toBe(50);
    expect(phraseScore('退货请寄往仓库', phrase)).toBe(30 * (4 / 6));
  });

  test('what was named stands before a sure answer, and that before what only contains the words', () => {
    const found = { suggestions: [suggestion('s1', 'free returns', { confidence: 0.9 })], products: [] };
    const ids = rank('hello', { own, team }, found as never).map(({ id }) => id);
    expect(ids).toEqual(['entry-s1', 'own-o1', 'team-t1']);
    expect(rank('hi', { own, team }, found as never)[0]?.id).toBe('own-o1');
    expect(byShortcut('HI', { own: [], team: own })?.id).toBe('o1');
  });
});

describe('a code typed out', () => {
  test('before the phrases are here is understood when they come, unless the reply has gone on', () => {
    const phrases = signal({ own: [] as typeof own, team: [] as typeof team });
    const put: string[] = [];
    const slash = createSlash({
      api: { search: () => new Promise(() => undefined) },
      phrases,
      known: () => ({}),
      later: () => undefined,
      put: (text) => put.push(text),
      putCard: () => undefined,
    });
    slash.follow('/hi ');
    expect(put).toEqual([]);
    phrases.value = { own, team };
    expect(put).toEqual(['Hello, how can I help?']);
    phrases.value = { own: [], team: [] };
    slash.follow('/hi and more');
    phrases.value = { own, team };
    expect(put).toHaveLength(1);
  });
});

describe('what a phrase asks for', () => {
  test('each name once, in the order of the text; a value that is missing keeps its name', () => {
    const phrase = '{{ask.b}} {{ ask.a }} {{ask.b}} {{address}}';
    expect(parametersOf(phrase)).toEqual(['b', 'a', 'address']);
    expect(filled(phrase, { b: '1', a: ' ' })).toBe('1 {{ ask.a }} 1 {{address}}');
  });

  test('is known by the name that people use for it, from the order that is meant', () => {
    const known = knownFacts(conversation('c-1'), assist('c-1'));
    expect(['订单号', 'order', 'carrier', '姓名', 'colour'].map((name) => knownValue(name, known))).toEqual([
      'CC2026111900417',
      'CC2026111900417',
      '迅达快递',
      '林小满',
      '',
    ]);
  });
});

test('codes that stand twice are found whatever their case; a list is given out as cells that nothing runs', () => {
  expect(
    clashes({ own: [{ id: '1', shortcut: 'Hi', text: 'x' }], team: [{ id: '2', shortcut: 'hi', text: 'y' }] }),
  ).toEqual([{ code: 'hi', lists: ['own', 'team'] }]);
  expect(asCsv([{ id: '1', text: '=1+1 "x"' }])).toContain('"","","\'=1+1 ""x""",""');
});
