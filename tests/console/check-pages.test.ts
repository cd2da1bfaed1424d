import type { BrowserContextOptions, Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { evaluation, explanation, gap, packUpdate, proposal, transcript } from '../support/check-fixtures.ts';
import { assist } from '../support/desk-fixtures.ts';
import type { FakeDesk } from '../support/fake-desk-api.ts';
import type { Answer } from '../support/fake-knowledge-api.ts';
import { release } from '../support/knowledge-fixtures.ts';
import { deskPages, goTo, nothingSerious } from './desk-page.ts';

let desk: FakeDesk;
let page: Page;
const openPage = deskPages((started) => {
  desk = started;
});

beforeEach(() => {
  serve();
});

const ok = (body: unknown): Answer => ({ status: 200, body });
const previewed = (release = 'rel_8c1', more: object = {}) => ({
  ...assist('preview', { release, ...more }),
  explanation: explanation(),
});

/** The routes that these pages read, beside those that the fake API has. */
function serve(): void {
  desk.knowledge.state.extra = [
    ['POST', /^\/v1\/assist\/preview$/, ({ raw }) => ok(previewed(JSON.parse(raw).release))],
    ['GET', /^\/v1\/knowledge\/evaluations$/, () => ok({ items: [evaluation('eva_2'), evaluation('eva_1')] })],
    ['POST', /^\/v1\/knowledge\/evaluations$/, () => ({ status: 202, body: { id: 'eva_3', status: 'queued' } })],
    ['GET', /^\/v1\/knowledge\/evaluations\/(\w+)$/, (_, id = '') => ok(evaluation(id))],
    [
      'GET',
      /^\/v1\/knowledge\/evaluations\/(\w+)\/misses$/,
      () => ({ status: 200, body: 'row,question\r\n', type: 'text/csv' }),
    ],
    ['GET', /^\/v1\/knowledge\/gaps$/, () => ok({ items: [gap('gap_1')], computedAt: new Date().toISOString() })],
    ['POST', /^\/v1\/knowledge\/gaps\/(\w+)\/draft$/, () => ok(gap('gap_1').proposal)],
    ['POST', /^\/v1\/knowledge\/gaps\/(\w+)\/dismiss$/, () => ({ status: 204 })],
    ['GET', /^\/v1\/knowledge\/proposals$/, () => ok({ items: [proposal('pro_1')] })],
    ['POST', /^\/v1\/knowledge\/proposals\/(\w+)\/(\w+)$/, () => ok(proposal('pro_1', { status: 'accepted' }))],
    ['GET', /^\/v1\/knowledge\/transcripts$/, () => ok({ items: [transcript('trs_1')] })],
    ['POST', /^\/v1\/knowledge\/transcripts$/, () => ({ status: 202, body: { id: 'trs_1', status: 'queued' } })],
    ['GET', /^\/v1\/knowledge\/transcripts\/(\w+)$/, (_, id = '') => ok(transcript(id))],
    ['POST', /^\/v1\/knowledge\/transcripts\/(\w+)\/drafts$/, () => ok({ items: [] })],
    ['PUT', /^\/v1\/knowledge\/facts$/, () => ok({ items: [] })],
    ['GET', /^\/v1\/packs$/, () => ok({ items: [PACK] })],
    ['POST', /^\/v1\/packs\/ecommerce\/update$/, updatePack],
  ];
}

const PACK = {
  name: 'ecommerce',
  version: '1.1.0',
  languages: ['zh', 'en'],
  entries: 272,
  installed: { version: '1.0.0', at: '2026-11-01T00:00:00.000Z' },
  update: '1.1.0',
};
const updatePack = ({ url }: { url: URL }): Answer =>
  url.searchParams.get('dryRun') === 'true'
    ? ok(packUpdate())
    : { status: 202, body: { id: 'imp_9', status: 'queued' } };

async function open(at: string, options: BrowserContextOptions = {}): Promise<void> {
  page = await openPage(desk.manageUrl(), options);
  await page.getByTestId('nav-entries').waitFor();
  await goTo(page, at);
}

const text = async (testId: string) => (await page.getByTestId(testId).first().textContent()) ?? '';
const posted = (path: RegExp) => desk.calls.filter((call) => call.method !== 'GET' && path.test(call.path));

describe('hit test', () => {
  test('says what would be done, which pieces of text carried it, and why each answer was or was not taken', async () => {
    await open('#/hit-test');
    await page.getByTestId('hit-test-text').fill('不想要了，能取消吗');
    await page.getByTestId('situation').locator('summary').first().click();
    await page.getByLabel('Order', { exact: true }).selectOption('paid');
    await page.getByLabel('Lines before it').fill('agent: 您好\n有货吗');
    await page.getByTestId('hit-test-ask').click();
    await page.getByTestId('candidate').first().waitFor();
    const [asked] = posted(/preview/);
    expect(asked?.body).toMatchObject({
      text: '不想要了，能取消吗',
      explain: true,
      owner: 'bot',
      history: [
        { author: 'agent', text: '您好' },
        { author: 'customer', text: '有货吗' },
      ],
      customer: { orders: [{ status: 'paid' }] },
    });
    await expect.poll(() => text('candidate')).toMatch(/可以取消订单吗？[\s\S]*不想要了，取消吧[\s\S]*71%[\s\S]*取消/);
    const verdicts = await page.getByTestId('verdict').allTextContents();
    expect(verdicts[0]).toMatch(/chosen[\s\S]*condition holds/);
    expect(verdicts[1]).toContain('(condition does not hold)');
    expect(verdicts[2]).toMatch(/not filled in[\s\S]*missing: shop\.dispatch_time/);
    await nothingSerious(page);
  });

  test('beside a release that is not live: both are asked, and whether they differ is said', async () => {
    desk.knowledge.state.releases.push(release('rel_new', 'ready', { snapshotKey: 's', note: 'sizes' }));
    const other = assist('preview', { release: 'rel_new', suggestions: [] });
    desk.knowledge.state.extra.unshift([
      'POST',
      /^\/v1\/assist\/preview$/,
      ({ raw }) => ok(JSON.parse(raw).release === 'rel_new' ? other : previewed()),
    ]);
    await open('#/hit-test?release=rel_new&text=hello');
    await page.getByTestId('beside').waitFor();
    await expect.poll(() => page.getByTestId('outcome').count()).toBe(2);
    await expect.poll(() => text('beside')).toContain('Differs from live');
  });

  test('a live message is reopened by its replay id, as it was', async () => {
    await open('#/hit-test/rpl_1');
    await page.getByTestId('outcome').waitFor();
    await expect.poll(() => posted(/preview/).map(({ body }) => body)).toEqual([{ replay: 'rpl_1', explain: true }]);
    await expect.poll(() => page.getByTestId('hit-test-text').count()).toBe(0);
  });

  test('a refusal is shown in the server’s words, and what was typed stays', async () => {
    await open('#/hit-test');
    desk.failures.set('/v1/assist/preview', [503]);
    await page.getByTestId('hit-test-text').fill('where is it');
    await page.keyboard.press('Control+Enter');
    await page.getByText('As the test wants it').first().waitFor();
    await expect.poll(() => page.getByTestId('hit-test-text').inputValue()).toBe('where is it');
  });
});

describe('batch test', () => {
  test('a file is sent as it is, and the run opens', async () => {
    await open('#/evaluations');
    await page.getByTestId('runs').waitFor();
    const buffer = Buffer.from('question,expected\n');
    await page.getByTestId('run-file').setInputFiles({ name: 'fifty.csv', mimeType: 'text/csv', buffer });
    await page.getByTestId('run').click();
    await page.getByTestId('figures').waitFor();
    await expect.poll(() => posted(/evaluations/)[0]?.path).toBe('/v1/knowledge/evaluations?name=fifty.csv');
    await expect.poll(() => page.url()).toContain('#/evaluations/eva_3');
    await expect.poll(() => text('figures')).toMatch(/84%[\s\S]*First right[\s\S]*96%/);
    await expect.poll(() => text('misses')).toMatch(/8[\s\S]*please stop my order/);
    await nothingSerious(page);
  });

  test('all misses are kept as a file', async () => {
    await open('#/evaluations/eva_1');
    const kept = page.waitForEvent('download');
    await page.getByRole('button', { name: 'All 8 as a file' }).click();
    expect((await kept).suggestedFilename()).toBe('misses-eva_1.csv');
  });

  test('beside an earlier run: what was gained and what was lost', async () => {
    const [one] = evaluation('x').misses;
    const against = { id: 'eva_1', shared: 48, gained: [], lost: [one], gainedTotal: 0, lostTotal: 1 };
    desk.knowledge.state.extra.unshift([
      'GET',
      /^\/v1\/knowledge\/evaluations\/eva_2$/,
      ({ url }) => ok(evaluation('eva_2', url.searchParams.get('against') === 'eva_1' ? { against } : {})),
    ]);
    await open('#/evaluations/eva_2?against=eva_1');
    await page.getByTestId('against').waitFor();
    await expect
      .poll(() => text('against'))
      .toMatch(/48 questions in both[\s\S]*Wrong now, right then: 1[\s\S]*please stop my order/);
  });

  test('a run that failed says why', async () => {
    desk.knowledge.state.extra.unshift([
      'GET',
      /^\/v1\/knowledge\/evaluations\/eva_9$/,
      () => ok(evaluation('eva_9', { status: 'failed', error: 'no column is called expected' })),
    ]);
    await open('#/evaluations/eva_9');
    await page.getByRole('alert').waitFor();
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('no column is called expected');
  });
});

describe('gaps', () => {
  test('one click makes a draft entry of what agents answered', async () => {
    await open('#/gaps');
    await page.getByTestId('gap').waitFor();
    await expect.poll(() => text('gap')).toMatch(/gift wrap[\s\S]*23 times[\s\S]*\[name_1\][\s\S]*tick “gift wrap”/);
    await nothingSerious(page);
    await page.getByTestId('gap-draft').click();
    await expect.poll(() => page.url()).toContain('#/entries/gift.wrap.en');
    await expect.poll(() => posted(/gaps/)[0]?.path).toBe('/v1/knowledge/gaps/gap_1/draft');
  });

  test('is narrowed by how it showed, and put aside', async () => {
    await open('#/gaps');
    await page.getByLabel('How it showed').selectOption('search');
    const narrowed = '/v1/knowledge/gaps?status=open&kind=search';
    await expect.poll(() => desk.calls.map(({ path }) => path)).toContain(narrowed);
    await page.getByTestId('gap').waitFor();
    await page.getByRole('button', { name: 'Put aside' }).last().click();
    await expect.poll(() => posted(/dismiss/).length).toBe(1);
  });

  test('what agents changed is reviewed word by word', async () => {
    await open('#/gaps/proposals');
    await page.getByTestId('proposal').waitFor();
    await expect.poll(() => page.getByTestId('proposal').locator('ins').textContent()).toBe('added: working ');
    await nothingSerious(page);
    await page.getByTestId('accept').click();
    await expect.poll(() => posted(/proposals/)[0]?.path).toBe('/v1/knowledge/proposals/pro_1/accept');
  });
});

describe('transcripts', () => {
  test('the history says what is covered, and picked topics become drafts', async () => {
    await open('#/transcripts');
    await page.getByRole('link', { name: 'October' }).click();
    await page.getByTestId('topic').waitFor();
    await expect.poll(() => text('transcript-figures')).toMatch(/1,204[\s\S]*35%[\s\S]*Nothing fits/);
    await expect.poll(() => page.getByTestId('topic').count()).toBe(1);
    await page.getByLabel('Only what is not answered').uncheck();
    await expect.poll(() => page.getByTestId('topic').count()).toBe(2);
    await nothingSerious(page);
    await page.getByLabel('Make a draft of this topic: 可以礼品包装吗').check();
    await page.getByTestId('make-drafts').click();
    await expect.poll(() => posted(/drafts/)[0]?.body).toEqual({ topics: ['top_1'] });
  });
});

describe('shop facts', () => {
  test('only what was changed is saved; one text for both languages stays one', async () => {
    await open('#/facts');
    await page.getByTestId('fact-invoice_days').waitFor();
    await expect.poll(() => text('facts-filled')).toBe('1 of 3 filled in');
    await nothingSerious(page);
    for (const field of await page.getByTestId('fact-invoice_days').locator('input').all()) await field.fill('3');
    await page.getByTestId('save-facts').click();
    await expect.poll(() => posted(/facts/)[0]?.body).toEqual({ facts: { invoice_days: '3' } });
  });

  test('what is typed is not lost by going elsewhere', async () => {
    await open('#/facts');
    await page.getByTestId('fact-dispatch_time').locator('input').first().fill('');
    await page.getByTestId('nav-packs').click();
    await page.getByRole('heading', { name: 'Leave without saving?' }).waitFor();
    await page.getByRole('button', { name: 'Stay here' }).click();
    await expect.poll(() => page.url()).toContain('#/facts');
  });
});

describe('packs', () => {
  test('an update shows what it would do, wants a choice for each conflict, then writes', async () => {
    desk.knowledge.state.extra.unshift([
      'GET',
      /^\/v1\/knowledge\/imports\/imp_9$/,
      () => ok({ id: 'imp_9', status: 'done', added: 1, changed: 1, removed: 0 }),
    ]);
    await open('#/packs');
    await page.getByRole('button', { name: 'Update to 1.1.0' }).click();
    await page.getByTestId('pack-plan').waitFor();
    await expect
      .poll(() => text('conflict-delivery.time.en'))
      .toMatch(/2 to 4 days\.[\s\S]*Two days\.[\s\S]*2 to 5 days\./);
    await expect.poll(() => page.getByTestId('apply-update').isDisabled()).toBe(true);
    await nothingSerious(page);
    await page.getByTestId('conflict-delivery.time.en').getByLabel('Mine').check();
    await page.getByTestId('apply-update').click();
    await page.getByText('ecommerce: 1 added, 1 changed').waitFor();
    const written = posted(/update\?dryRun=false/);
    expect(written.map(({ body }) => body)).toEqual([{ choices: { 'delivery.time.en': 'mine' } }]);
  });
});

describe('everywhere', () => {
  const PLACES = ['hit-test', 'evaluations', 'evaluations/eva_1', 'gaps', 'transcripts/trs_1', 'facts', 'packs'];

  test.each(PLACES)('%s fits a telephone, in the dark, in Chinese', async (place) => {
    page = await openPage(desk.manageUrl('zh'), {
      viewport: { width: 390, height: 844 },
      colorScheme: 'dark',
    });
    await page.getByTestId('nav-entries').waitFor();
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `#/${place}`);
    await page.locator('.page-head').waitFor();
    await nothingSerious(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(wide).toBe(false);
  });
});
