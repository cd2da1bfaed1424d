import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { GoldenList } from '../../lib/domain/contract/golden.ts';
import { ADMIN_TOKEN, type FakeDesk } from '../support/fake-desk-api.ts';
import { problem } from '../support/fake-knowledge-api.ts';
import { entry, importReport, manyEntries, release, releaseReport } from '../support/knowledge-fixtures.ts';
import { deskPages, goTo, nothingSerious } from './desk-page.ts';

const GOLDEN_RUN = {
  ...{ id: 'eva_1', name: 'Golden questions · 黄金问题', release: 'rel_8c1', by: 'lin', status: 'done' },
  ...{ createdAt: '2026-11-22T01:00:00.000Z', rejected: [], rejectedTotal: 0, figures: { rows: 3 }, missesTotal: 1 },
  misses: [
    { row: 1, question: 'stop my order', expected: 'order.cancel', got: 'order.change', confidence: 0.6, rank: 2 },
  ],
};

let desk: FakeDesk;
let page: Page;
const openPage = deskPages((started) => {
  desk = started;
});

const at = (testId: string) => page.getByTestId(testId);
const text = async (testId: string) => (await at(testId).first().textContent()) ?? '';
const see = (testId: string, wanted: string | RegExp) => expect.poll(() => text(testId)).toMatch(wanted);
const hash = () => new URL(page.url()).hash;
const asked = (method: string, path: string | RegExp) =>
  desk.calls.filter((call) => call.method === method && call.path.match(path));

/** Opens one of the knowledge pages as its manager would. */
async function open(place: string, options: BrowserContextOptions = {}, lang = 'en', token?: string): Promise<void> {
  page = await openPage(desk.manageUrl(lang, token), options);
  await page.locator('.manage-nav, .columns').first().waitFor();
  await goTo(page, place);
}

describe('who sees which side', () => {
  test('a manager has the pages and no desk; the address keeps no token', async () => {
    await open('#/releases');
    await at('release-row').first().waitFor();
    await expect.poll(() => page.url()).not.toContain('token');
    await expect.poll(() => page.getByRole('link', { name: 'Desk' }).count()).toBe(0);
    expect(asked('POST', '/v1/desk/ticket')).toHaveLength(0);
    await page.reload();
    await at('release-row').first().waitFor();
    await expect.poll(() => hash()).toBe('#/releases');
  });

  test('an agent has the desk alone and never loads the pages', async () => {
    page = await openPage(desk.url());
    await at('customer-input').waitFor();
    await goTo(page, '#/entries');
    await at('customer-input').waitFor();
    await expect.poll(() => page.locator('link[href="/console/manage.css"], .manage-nav').count()).toBe(0);
    const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    expect(loaded.some((name) => name.endsWith('/manage.js'))).toBe(false);
  });

  test('an admin goes from one to the other by link and by key', async () => {
    await open('#/', {}, 'en', ADMIN_TOKEN);
    await at('live').waitFor();
    await page.getByRole('link', { name: 'Knowledge' }).click();
    await at('entry-row').first().waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await at('live').waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await at('release-row').first().waitFor();
  });

  test('help names the keys, and closes where it was opened', async () => {
    await open('#/draft');
    await at('change').first().waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('go to Releases').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('g');
    await page.keyboard.press('e');
    await at('entry-row').first().waitFor();
  });
});

describe('entries', () => {
  test('ten thousand are drawn a screen at a time and read as far as somebody looks', async () => {
    for (const one of manyEntries(10_000)) desk.knowledge.entries.set(one.id, one);
    await open('#/entries');
    await at('entry-row').first().waitFor();
    const list = page.locator('.virtual');
    let most = 0;
    for (let looks = 0; looks < 400; looks += 1) {
      const end = await list.evaluate((frame) => {
        frame.scrollTop = frame.scrollHeight;
        return frame.scrollHeight;
      });
      most = Math.max(most, await at('entry-row').count());
      if (end >= 10_006 * 56) break;
      await page.waitForTimeout(10);
    }
    await see('count', '10,006 entries');
    await page.getByText('Question number 9999 about parcels').waitFor();
    expect(most).toBeLessThan(60);
    await expect.poll(() => asked('GET', '/v1/knowledge/entries[?]')).toHaveLength(101);
    await list.evaluate((frame) => {
      frame.scrollTop = 0;
    });
    await page.getByText('How long does delivery take?').waitFor();
  });

  test('search and filters ask the server; nothing found says so', async () => {
    await open('#/entries');
    await at('search').fill('cancel');
    await see('count', '2 entries');
    await at('filter-language').selectOption('zh');
    await see('count', '1 entry');
    await at('search').fill('no such thing');
    await see('empty', 'No entry fits');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await see('count', '6 entries');
  });

  test('j and k move through the list, / goes to the search', async () => {
    await open('#/entries');
    await at('entry-row').first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await see('editor', '多久能送到');
    await page.keyboard.press('k');
    await see('editor', 'How long does delivery take');
    await page.keyboard.press('/');
    await page.keyboard.type('wool');
    await see('count', '1 entry');
  });

  test('an entry is edited: a slot completed, a condition built, questions pasted, then saved with its revision', async () => {
    await open('#/entries/delivery.time.en');
    await at('answer-0').fill('Sent {{shop.dis');
    await page.keyboard.press('Enter');
    await expect.poll(() => at('answer-0').inputValue()).toBe('Sent {{shop.dispatch_time}}');
    await see('preview', 'Sent within 48 hours');
    await at('build-0').click();
    await page.getByRole('button', { name: 'Add a condition' }).click();
    await expect.poll(() => at('when-0').inputValue()).toBe('order.status = shipped');
    await at('similar-input').fill('1. has it left\n2. has it left\n3. WHEN WILL IT GET HERE');
    await at('similar-add').click();
    await see('similar', /1 added · 2 were there already/);
    await page.keyboard.press('Control+s');
    await see('notice', /Saved in the draft/);
    const stored = desk.knowledge.entries.get('delivery.time.en');
    expect(stored?.answers).toEqual([{ text: 'Sent {{shop.dispatch_time}}', when: 'order.status = shipped' }]);
    expect(stored?.similarQuestions).toContain('has it left');
    await expect.poll(() => asked('PUT', '/entries/delivery')[0]?.body['revision']).toEqual(expect.any(String));
    await expect.poll(() => at('save').isDisabled()).toBe(true);
  });

  test('a condition that cannot be read is pointed out where it is wrong, and is not saved', async () => {
    await open('#/entries/delivery.time.en');
    await at('when-0').fill('order.state = sent');
    await page.getByText('At character 1: unknown fact "order.state"').waitFor();
    await at('save').click();
    expect(asked('PUT', '/entries/')).toHaveLength(0);
    await at('when-0').fill('order.status = shipped');
    await page.getByText('Reads: order is shipped').waitFor();
  });

  test('a shop fact that nobody set keeps an answer from being used, and the preview says so', async () => {
    await open('#/entries/invoice.how.en');
    await see('preview', /Not used while this is not known: shop.invoice_types, shop.invoice_days/);
  });

  test('dates are the tenant’s, whatever the browser’s zone', async () => {
    await open('#/entries/order.cancel.en', { timezoneId: 'America/New_York' });
    await page.getByLabel('Valid until').nth(1).waitFor();
    await expect.poll(() => page.getByLabel('Valid until').nth(1).inputValue()).toBe('2026-11-30T23:59');
  });

  test('two who save one entry: the second sees both and chooses, and nothing is lost', async () => {
    await open('#/entries/order.cancel.en');
    await at('question').fill('May I cancel?');
    desk.knowledge.entries.set('order.cancel.en', {
      ...entry('order.cancel.en', { question: 'Can an order be cancelled?', note: 'Theirs' }),
    });
    await at('save').click();
    await at('conflict').waitFor();
    await expect.poll(() => text('conflict')).toMatch(/Can an order be cancelled\?[\s\S]*May I cancel\?/);
    await expect.poll(() => at('conflict-save').isDisabled()).toBe(true);
    await nothingSerious(page);
    await at('mine-question').check();
    await at('conflict-save').click();
    await see('notice', /Saved/);
    const stored = desk.knowledge.entries.get('order.cancel.en');
    expect(stored).toMatchObject({ question: 'May I cancel?', note: 'Theirs' });
  });

  test('leaving what is not saved is asked about, and staying keeps it', async () => {
    await open('#/entries/order.cancel.zh');
    await at('question').fill('还能取消吗？');
    await at('nav-releases').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Stay here' }).click();
    await expect.poll(() => hash()).toBe('#/entries/order.cancel.zh');
    await expect.poll(() => at('question').inputValue()).toBe('还能取消吗？');
    await at('nav-releases').click();
    await at('leave').click();
    await at('release-row').first().waitFor();
    await expect.poll(() => desk.knowledge.entries.get('order.cancel.zh')?.question).toBe('可以取消订单吗？');
  });

  test('a new entry says what it lacks; saved, it is opened and listed', async () => {
    await open('#/entries');
    await at('entry-row').first().waitFor();
    await page.keyboard.press('n');
    await at('answer-0').fill('Yes, at checkout.');
    await at('save').click();
    await page.getByText('Write the question.').waitFor();
    await at('question').fill('Do you wrap presents?');
    await at('entry-id').fill('gift.wrap.en');
    await at('save').click();
    await expect.poll(hash).toBe('#/entries/gift.wrap.en');
    await expect
      .poll(() => desk.knowledge.entries.get('gift.wrap.en'))
      .toMatchObject({ intent: 'gift.wrap.en', policy: 'auto' });
    await page.getByTestId('entry-row').filter({ hasText: 'Do you wrap presents?' }).waitFor();
  });

  test('what the server refuses is shown with its places', async () => {
    await open('#/entries/order.cancel.zh');
    desk.knowledge.state.extra = [
      [
        'PUT',
        /entries/,
        () => ({
          status: 400,
          body: {
            detail: 'the entry promises more than it may',
            errors: [{ path: 'answers.0.text', message: 'names a day' }],
          },
        }),
      ],
    ];
    await at('question').fill('还能取消吗？');
    await at('save').click();
    await see('problem', /the entry promises more than it may\s*answers\.0\.text names a day/);
    await expect.poll(() => at('question').inputValue()).toBe('还能取消吗？');
  });

  test('off, on, and back to the pack’s words', async () => {
    await open('#/entries/delivery.time.en');
    await at('switch').click();
    await see('notice', /Switched off/);
    await expect.poll(() => desk.knowledge.entries.get('delivery.time.en')?.off).toBe(true);
    await at('switch').click();
    await see('notice', /Switched on/);
    await at('reset').click();
    await at('confirm').click();
    await expect.poll(() => asked('POST', '/entries/delivery.time.en/reset').length).toBe(1);
    await goTo(page, '#/entries/order.cancel.zh');
    await at('remove').click();
    await at('confirm').click();
    await expect.poll(() => desk.knowledge.entries.has('order.cancel.zh')).toBe(false);
    await expect.poll(hash).toBe('#/entries');
  });
});

describe('import', () => {
  const small = { name: '知识.csv', mimeType: 'text/csv', buffer: Buffer.from('问题,答案\n怎么退货,七天内\n') };

  test('a file is checked first; its mapping is changed and checked again; then it is imported', async () => {
    await open('#/import');
    await at('file').setInputFiles(small);
    await at('check-file').click();
    await see('outcome', /Checked, nothing changed yet[\s\S]*12/);
    await see('rejected', /37[\s\S]*order\.state = sent[\s\S]*did you mean order\.status\?/);
    await see('warnings', /promises a time/);
    await see('mapping', /Not read: 负责人/);
    await page.getByLabel('Read as: 负责人').selectOption('note');
    await at('check-again').click();
    await expect.poll(() => asked('POST', '/v1/knowledge/imports').length).toBe(2);
    const [first, second] = asked('POST', '/v1/knowledge/imports').map(
      ({ path }) => new URL(path, desk.base).searchParams,
    );
    expect([first?.get('dryRun'), first?.get('format'), first?.get('mapping')]).toEqual(['true', 'auto', null]);
    expect(JSON.parse(second?.get('mapping') ?? '{}')).toEqual({ 负责人: 'note' });
    await at('import-now').click();
    await see('outcome', /Imported into the draft/);
    const last = new URL(asked('POST', '/v1/knowledge/imports').at(-1)?.path ?? '', desk.base).searchParams;
    expect([last.get('dryRun'), last.get('mapping')]).toEqual(['false', '{"负责人":"note"}']);
  });

  test('a large file goes by upload, unseen; progress is followed to its end', async () => {
    const running = importReport('', { status: 'running', progress: { stage: 'writing', done: 300, total: 1_000 } });
    desk.knowledge.state.reports = [[running, running, importReport('')]];
    await open('#/import');
    const buffer = Buffer.alloc(4 * 1024 * 1024 + 1, 'a');
    await at('file').setInputFiles({ name: 'big.csv', mimeType: 'text/csv', buffer });
    await at('check-file').click();
    await see('progress', /300 \/ 1,000/);
    await see('outcome', /Checked/);
    await expect.poll(() => desk.knowledge.state.uploads[0]?.length).toBeGreaterThan(buffer.length);
    const [started] = asked('POST', /imports\?/);
    expect(started?.path).toMatch(/upload=true&bytes=4194305/);
    await expect.poll(() => asked('POST', /\/start$/)).toHaveLength(1);
  });

  test('a file that cannot be read says why, and all bad rows can be had as a file', async () => {
    desk.knowledge.state.reports = [
      [importReport('', { status: 'failed', error: 'the workbook is protected by a password' })],
    ];
    await open('#/import');
    await at('file').setInputFiles(small);
    await at('check-file').click();
    await see('outcome', /protected by a password[\s\S]*Nothing of it was kept/);
    const download = page.waitForEvent('download');
    await at('rejected-download').click();
    expect((await download).suggestedFilename()).toMatch(/\.csv$/);
    await at('another').click();
    await see('history', /failed/);
  });
});

describe('draft and releases', () => {
  test('the draft is shown word by word, and released with a note', async () => {
    await open('#/draft');
    await at('change').nth(3).waitFor();
    await expect.poll(() => page.locator('[data-kind="changed"] ins').allTextContents()).toContain('added: assist');
    await at('kind-removed').click();
    await expect.poll(() => at('change').count()).toBe(1);
    await at('release').click();
    await at('release-note').fill('Gift wrap');
    await at('publish-later').check();
    await at('release-go').click();
    await at('stages').waitFor();
    await expect
      .poll(() => asked('POST', '/v1/knowledge/releases$')[0]?.body)
      .toEqual({ publish: false, note: 'Gift wrap' });
  });

  test('progress is followed until it is live', async () => {
    await open('#/draft');
    await at('release').click();
    await at('release-go').click();
    await see('stages', /Train/);
    const [made] = desk.knowledge.state.releases;
    desk.knowledge.state.releases[0] = release(made?.id ?? '', 'live', { report: releaseReport({ blockers: [] }) });
    await see('status', /^live$/);
    await at('report').waitFor();
  });

  test('a freeze asks for a reason, and none goes without', async () => {
    desk.knowledge.state.settings = {
      ...desk.knowledge.state.settings,
      freezes: [{ from: '2020-01-01T00:00:00Z', until: '2099-01-01T00:00:00Z', reason: 'The big sale' }],
    };
    await open('#/releases');
    await see('freezes', /The big sale · now/);
    await goTo(page, '#/draft');
    await at('release').click();
    await page.getByRole('dialog').getByText('The big sale').waitFor();
    await at('release-go').click();
    await page.getByText('Write the reason.').waitFor();
    await at('override-reason').fill('Warehouse closed');
    await at('release-go').click();
    await expect.poll(() => asked('POST', '/v1/knowledge/releases$').length).toBe(1);
    await expect
      .poll(() => asked('POST', '/v1/knowledge/releases$')[0]?.body['override'])
      .toEqual({ reason: 'Warehouse closed' });
  });

  test('one entry goes live by itself', async () => {
    await open('#/draft');
    await page.getByRole('button', { name: 'Make only this live' }).first().click();
    await at('release-go').click();
    await expect.poll(() => asked('POST', '/v1/knowledge/releases$').length).toBe(1);
    await expect
      .poll(() => asked('POST', '/v1/knowledge/releases$')[0]?.body)
      .toMatchObject({
        publish: true,
        urgent: { entryId: 'gift.wrap.en' },
      });
  });

  test('a blocked release says why in words and goes live only with a reason', async () => {
    await open('#/releases/rel_9d2');
    await see('blockers', /Golden questions lost[\s\S]*Unresolved conflict/);
    await see('pairs', /order\.cancel and order\.change[\s\S]*stop the order, wrong size/);
    await see('examples', /lost[\s\S]*can u stop my order pls/);
    await see('expiring', /order\.cancel\.en answer 2/);
    await expect.poll(() => page.locator('figure.chart svg').count()).toBe(2);
    await at('go-live').click();
    await at('go-live-now').click();
    expect(asked('POST', /activate$/)).toHaveLength(0);
    await at('reason').fill('The question is a duplicate');
    await at('go-live-now').click();
    await see('status', /^live$/);
    await expect
      .poll(() => asked('POST', /activate$/)[0]?.body)
      .toEqual({ override: { reason: 'The question is a duplicate' } });
  });

  test('going back is asked about, and says what is live', async () => {
    await open('#/releases');
    await page.getByRole('link', { name: 'no note' }).click();
    await at('go-live').click();
    await page.getByRole('dialog').getByText('The draft stays as it is').waitFor();
    await at('go-live-now').click();
    await see('notice', 'It is live.');
    await see('status', /^live$/);
    await expect.poll(() => asked('POST', /rel_7b0\/activate$/)).toHaveLength(1);
  });

  test('a failure of the server stays to be read and can be put away', async () => {
    await open('#/draft');
    await at('release').click();
    desk.failures.set('/v1/knowledge/releases', [409]);
    await at('release-go').click();
    await see('dialog-problem', /As the test wants it/);
    await page.keyboard.press('Escape');
    await see('notice', /As the test wants it/);
    await page.getByRole('button', { name: 'Close this notice' }).click();
    await at('notice').waitFor({ state: 'detached' });
    desk.failures.set('/v1/knowledge/diff', [503]);
    await page.reload();
    await see('problem', /As the test wants it/);
    await page.getByRole('button', { name: 'Try again' }).click();
    await at('change').first().waitFor();
  });
});

describe('golden questions', () => {
  test('a stale edit shows their list and waits; saved again it lands; asked, those that fail say how', async () => {
    let golden: GoldenList = { items: [{ text: 'stop my order', intent: 'order.cancel' }], version: 1 };
    const theirs = { text: 'theirs', intent: 'none' };
    desk.knowledge.state.extra = [
      ['GET', /golden$/, () => ({ status: 200, body: golden })],
      [
        'PUT',
        /golden$/,
        ({ raw }) => {
          const wish = JSON.parse(raw) as GoldenList;
          if (wish.version !== golden.version) return problem(409, 'changed meanwhile', { current: golden });
          golden = { ...wish, version: wish.version + 1 };
          return { status: 200, body: golden };
        },
      ],
      [
        'GET',
        /evaluations$/,
        () => ({ status: 200, body: { items: asked('POST', /evaluations$/).map(() => GOLDEN_RUN) } }),
      ],
      ['POST', /evaluations$/, () => ({ status: 202, body: { id: 'eva_1', status: 'queued' } })],
      ['GET', /evaluations\/eva_1$/, () => ({ status: 200, body: GOLDEN_RUN })],
    ];
    await open('#/golden');
    await see('golden-count', '1 question');
    await at('add-golden').click();
    await page.getByLabel('Question', { exact: true }).fill('where is my parcel');
    await page.getByLabel('Must come').fill('order');
    await expect.poll(() => page.locator('#golden-names option').count()).toBeGreaterThan(1);
    await page.getByLabel('Must come').fill('delivery.time');
    golden = { items: [...golden.items, theirs], version: 2 };
    await page.getByRole('button', { name: 'Save' }).click();
    await see('dialog-problem', /Nothing of yours is saved yet/);
    await expect.poll(() => golden.items).toHaveLength(2);
    await page.getByRole('button', { name: 'Save' }).click();
    await see('golden-count', '3 questions');
    await expect
      .poll(() => golden.items)
      .toEqual([
        { text: 'stop my order', intent: 'order.cancel' },
        theirs,
        { text: 'where is my parcel', intent: 'delivery.time' },
      ]);
    await at('ask-golden').click();
    await see('golden-result', '2 of 3 come out right.');
    await page.getByRole('cell', { name: 'order.change' }).waitFor();
    await nothingSerious(page);
    await page.getByRole('button', { name: 'Remove: theirs' }).click();
    await at('confirm').click();
    await see('golden-count', '2 questions');
  });
});

describe('for everybody', () => {
  const places = ['#/entries', '#/entries/order.cancel.en', '#/import', '#/draft', '#/releases', '#/releases/rel_9d2'];

  test.each([
    ['light', 1440, 'en'],
    ['dark', 390, 'zh'],
  ] as const)('axe finds nothing serious: %s, %i wide, %s', async (colorScheme, width, lang) => {
    await open('#/entries', { colorScheme, viewport: { width, height: 844 } }, lang);
    for (const place of places) {
      await goTo(page, place);
      await page.waitForFunction(() => document.querySelector('.loading') === null);
      await nothingSerious(page);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect([place, wider]).toEqual([place, 0]);
    }
    await goTo(page, '#/import');
    await at('file').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('a') });
    await at('check-file').click();
    await at('rejected').waitFor();
    await nothingSerious(page);
  });

  test('the pages speak Chinese whole, and switch at once', async () => {
    await open('#/releases/rel_9d2', {}, 'zh');
    await see('blockers', /黄金问题变差/);
    await page.getByRole('button', { name: 'English' }).click();
    await see('blockers', /Golden questions lost/);
  });
});
