import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildConsole } from '../../console/build.ts';
import type { DraftedReply, Summary } from '../../lib/domain/contract/drafts.ts';
import { launchBrowser } from '../support/browser.ts';
import { assist, conversation, head, message, suggestion } from '../support/desk-fixtures.ts';
import { type FakeDesk, startFakeDesk } from '../support/fake-desk-api.ts';
import { nothingSerious, openPage } from './desk-page.ts';

/** How the card, the drafts and the hand-off look and behave in a browser. */
let browser: Browser;
let desk: FakeDesk;
let page: Page;
let complaints: string[];

const text = async (testId: string) => (await page.getByTestId(testId).textContent()) ?? '';
const composer = () => page.getByTestId('composer').inputValue();
const see = (read: () => Promise<string>, wanted: string | RegExp) =>
  expect.poll(read, { timeout: 5_000 }).toMatch(wanted);
const posted = (path: RegExp) => desk.calls.filter((call) => call.method === 'POST' && path.test(call.path));

async function openConversation(id: string, language = 'en', options: BrowserContextOptions = {}): Promise<void> {
  page = await openPage(browser, desk.url(language), complaints, options);
  const width = page.viewportSize()?.width ?? 0;
  if (width < 800) await page.locator('.views .view-queue').click();
  await page.locator(`[data-conversation="${id}"]`).click();
  await page.getByTestId('act').waitFor();
}

beforeAll(async () => {
  const [files, launched] = await Promise.all([buildConsole(), launchBrowser()]);
  browser = launched;
  desk = await startFakeDesk(files);
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
  await page.context().close();
  expect(complaints).toEqual([]);
});

const understanding = assist('c-1').understanding;

/** Two questions in one turn; the second reply to the first one is a companion below the shown threshold. */
const several = (more: object = {}) =>
  assist('c-1', {
    understanding: {
      ...understanding,
      questions: [
        {
          text: '订单怎么取消？',
          intent: { name: 'order.cancel', confidence: 0.93 },
          suggestions: [
            suggestion('sug_1', '未发货的订单可以直接取消。'),
            suggestion('sug_2', '已发货的订单可以拒收。', { confidence: 0.21 }),
          ],
        },
        {
          text: '跑步鞋多少钱',
          intent: { name: 'product.price', confidence: 0.88 },
          suggestions: [
            suggestion('sug_3', '逐风缓震跑步鞋现在是 369 元。', {
              source: { kind: 'product', id: 'p1006', title: '逐风缓震跑步鞋', release: 'rel_1' },
            }),
          ],
        },
      ],
    },
    suggestions: [
      suggestion('sug_1', '未发货的订单可以直接取消。'),
      suggestion('sug_3', '逐风缓震跑步鞋现在是 369 元。'),
    ],
    ...more,
  });

describe('the card', () => {
  test('shows each question with its own replies, numbered as they stand', async () => {
    desk.put(conversation('c-1', { assists: [several()] }));
    await openConversation('c-1');
    expect(await text('intent')).toBe('Asks 2 things');
    expect(await text('question-1')).toContain('订单怎么取消？');
    const order = await page
      .locator('.suggestions')
      .locator('[data-testid^="question-"], [data-testid^="suggestion-"]')
      .evaluateAll((elements) => elements.map((element) => element.getAttribute('data-testid')));
    expect(order).toEqual(['question-1', 'suggestion-1', 'suggestion-2', 'question-2', 'suggestion-3']);
    expect(await text('suggestion-2')).toMatch(/maybe\s+21%/);
    expect(await text('suggestion-3')).toContain('Product · 逐风缓震跑步鞋');
    await page.keyboard.press('3');
    await see(composer, /^逐风缓震跑步鞋现在是 369 元。$/);
    await expect
      .poll(() => posted(/ast_1\/feedback$/).map(({ body }) => `${body['event']} ${body['suggestionId']}`))
      .toEqual(expect.arrayContaining(['shown sug_2', 'copied sug_3']));
  });

  test('keeps elements and numbers when a second question joins the first', async () => {
    const replies = [suggestion('sug_1', '未发货的订单可以直接取消。')];
    desk.put(conversation('c-1', { assists: [assist('c-1', { suggestions: replies })] }));
    await openConversation('c-1');
    const first = await page.getByTestId('suggestion-1').elementHandle();
    desk.put(conversation('c-1', { head: head('c-1', { version: 2 }), assists: [several({ revision: 2 })] }));
    await page.getByTestId('question-2').waitFor();
    const same = await page.evaluate(
      ([before, now]) => before === now,
      [first, await page.getByTestId('suggestion-1').elementHandle()],
    );
    expect(same).toBe(true);
    expect(await first?.textContent()).toContain('未发货的订单可以直接取消。');
  });

  test('a question that nothing answers says so under its own heading', async () => {
    const [one, two] = several().understanding.questions;
    const questions = [one, { ...two, suggestions: [] }];
    desk.put(conversation('c-1', { assists: [several({ understanding: { ...understanding, questions } })] }));
    await openConversation('c-1');
    expect(await text('no-suggestions')).toBe('No reply to suggest');
    expect(await page.getByTestId('suggestion-3').count()).toBe(0);
  });

  test('says how a follow-up was read, what was missing, and which needs a product meets', async () => {
    const [card] = assist('c-1').cards;
    const read = assist('c-1', {
      understanding: { ...understanding, resolved: { text: '跑步鞋多少钱', topic: 'order.cancel' } },
      degraded: ['embedding', 'something new'],
      cards: [{ ...card, reason: '符合：400 元以内、防滑（暂时缺货）', inStock: false }],
    });
    desk.put(conversation('c-1', { assists: [read] }));
    await openConversation('c-1');
    expect(await text('resolved')).toMatch(/^Read as “跑步鞋多少钱” · following /);
    expect(await text('resolved')).not.toContain('order.cancel');
    expect(await text('degraded')).toMatch(/words alone were compared[\s\S]*something new/);
    expect(await text('product-card')).toMatch(
      /Out of stock[\s\S]*matches: 400 元以内、防滑$|matches: 400 元以内、防滑Insert/,
    );
    await page.getByRole('button', { name: '中文' }).click();
    await see(() => text('degraded'), '仅按字词匹配');
    expect(await text('resolved')).toContain('理解为“跑步鞋多少钱”');
  });
});

describe('a draft', () => {
  const source = suggestion('sug_1', '').source as DraftedReply['sources'][number];
  const authored = assist('c-1').suggestions[0]?.text ?? '';
  const drafts = (...replies: Partial<DraftedReply>[]) => {
    desk.model.drafts = replies.map((reply) => ({ kind: 'authored', text: authored, sources: [source], ...reply }));
  };
  beforeEach(async () => {
    desk.put(conversation('c-1'));
    await openConversation('c-1');
  });

  test('shows its progress and goes into the reply, unsent, as words of that suggestion', async () => {
    let arrive = () => {};
    desk.model.wait = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    drafts({ kind: 'draft', text: '您好，订单已发出，收到时拒收即可退款。' });
    await page.getByTestId('draft-1').click();
    await see(() => text('draft-1'), 'Drafting…');
    expect(await text('draft-note')).toBe('Drafting…');
    await page.getByTestId('draft-2').click({ force: true });
    arrive();
    await see(composer, /^您好，订单已发出，收到时拒收即可退款。$/);
    expect(await text('draft-note')).toMatch(/Read it before you send it/);
    expect(posted(/\/draft$/).map(({ body }) => body)).toEqual([{ suggestionId: 'sug_1' }]);
    expect(posted(/\/messages$/)).toEqual([]);
    await page.getByTestId('send').click();
    await expect.poll(() => posted(/\/messages$/)[0]?.body['suggestionId']).toBe('sug_1');
    await expect.poll(() => posted(/feedback$/).map(({ body }) => body['event'])).toContain('edited');
  });

  test('by key: Shift and the number, with Alt also while typing', async () => {
    drafts({ kind: 'draft', text: 'first' }, { kind: 'draft', text: 'second' });
    await page.keyboard.press('Shift+Digit2');
    await see(composer, 'first');
    await page.getByTestId('composer').focus();
    await page.keyboard.press('Alt+Shift+Digit3');
    await see(composer, 'second');
    expect(posted(/\/draft$/).map(({ body }) => body['suggestionId'])).toEqual(['sug_2', 'sug_3']);
    await page.getByTestId('filter-all').focus();
    await page.keyboard.press('Shift+?');
    expect(await page.getByRole('dialog').textContent()).toContain('draft from that suggestion');
  });

  test('that was dropped says what it claimed, and the authored text stands', async () => {
    drafts({ reason: 'ungrounded', claims: [{ kind: 'number', text: '20%' }] });
    await page.getByTestId('draft-1').click();
    await see(() => text('draft-note'), 'it said “20%”, which no source says');
    expect(await composer()).toBe(authored);
    await page.getByTestId('composer').fill('something else');
    await see(() => text('draft-note'), /^$/);
  });

  test('over budget: said in both languages, and it can be tried again', async () => {
    drafts({ reason: 'over_budget' });
    await page.getByTestId('draft-1').click();
    await see(() => text('draft-note'), 'budget for today is used up');
    await page.getByRole('button', { name: '中文' }).click();
    await see(() => text('draft-note'), '今日额度已用完');
    expect(await page.getByTestId('draft-1').count()).toBe(1);
  });

  test('without a model it is not offered again', async () => {
    drafts({ reason: 'not_configured' });
    await page.getByTestId('composer').fill(`${authored} Anything else?`);
    await page.getByTestId('draft-1').click();
    await see(() => text('draft-note'), 'no language model is configured');
    expect(await composer()).toBe(`${authored} Anything else?`);
    expect(await page.getByTestId('draft-1').count()).toBe(0);
    await page.getByTestId('filter-all').focus();
    await page.keyboard.press('Shift+Digit1');
    expect(await text('suggestion-1')).toContain(authored);
    expect(posted(/\/draft$/)).toHaveLength(1);
  });

  test('comes to the conversation that it was asked for', async () => {
    desk.put(conversation('c-2'));
    let arrive = () => {};
    desk.model.wait = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    drafts({ kind: 'draft', text: 'for the first' });
    await page.getByTestId('draft-1').click();
    await page.locator('[data-conversation="c-2"]').click();
    arrive();
    await expect.poll(() => page.getByTestId('draft-1').getAttribute('aria-disabled')).toBe('false');
    expect(await composer()).toBe('');
    await page.locator('[data-conversation="c-1"]').click();
    await see(composer, 'for the first');
  });

  test('that fails says so and leaves the reply alone', async () => {
    desk.failures.set('/v1/desk/assists/ast_1/draft', [503]);
    await page.getByTestId('draft-1').click();
    await page.getByText('That did not work: As the test wants it').waitFor();
    expect(await composer()).toBe('');
  });
});

describe('the summary of a hand-off', () => {
  const at = '2026-11-22T01:00:00.000Z';
  const handoff = { reason: 'asked_for_person', skill: 'complaints', priority: 7, at } as const;
  const lines = Array.from({ length: 30 }, (_, n) => message(`m${n}`, n % 2 === 0 ? 'customer' : 'bot', `line ${n}`));
  const summary: Summary = {
    kind: 'rules',
    reason: 'over_budget',
    points: [
      { kind: 'wanted', text: 'line 2 line 4', messageIds: ['m2', 'm4'] },
      { kind: 'tried', text: 'line 3', messageIds: ['m3'] },
      { kind: 'fact', text: 'order_number: CC2026111900417 (shipped)', messageIds: ['m2'] },
      { kind: 'mood', text: 'angry', messageIds: ['gone'] },
    ],
  };
  const facts = [
    { name: 'order_status', value: 'CC2026111900417: shipped' },
    { name: 'note', value: 'has called twice' },
  ];
  const handedOff = (more: object = {}) =>
    conversation('c-1', {
      head: head('c-1', { owner: 'queue', handoff }),
      messages: lines,
      package: { ...handoff, facts, transcript: [], summary: [], suggestions: [] },
      ...more,
    });
  beforeEach(() => {
    desk.model.summary = summary;
  });

  test('is there when the conversation is opened, grouped, in words, each fact once', async () => {
    desk.put(handedOff());
    await openConversation('c-1');
    await see(() => text('points-wanted'), 'Wantedline 2 line 4');
    expect(await text('points-fact')).toBe('FactsOrder CC2026111900417 · shipped');
    expect(await text('points-mood')).toBe('MoodAngry');
    expect(await text('summary')).toContain('budget for today is used up');
    const banner = await text('handoff-banner');
    expect(banner).toContain('has called twice');
    expect(banner.match(/CC2026111900417/g)).toHaveLength(1);
    expect(await page.getByTestId('points-mood').getByRole('button').count()).toBe(0);
    await page.getByRole('button', { name: '中文' }).click();
    await see(() => text('summary'), /诉求[\s\S]*已尝试[\s\S]*订单号 CC2026111900417 · 已发货[\s\S]*生气/);
  });

  test.each(['mouse', 'keyboard'])('a point leads by %s to its messages and marks them', async (by) => {
    desk.put(handedOff());
    await openConversation('c-1');
    const point = page.getByTestId('points-wanted').getByRole('button');
    if (by === 'mouse') await point.click();
    else await point.press('Enter');
    await expect.poll(() => page.locator('.marked').allTextContents()).toHaveLength(2);
    await expect
      .poll(async () => {
        const [box, line] = await Promise.all([
          page.getByTestId('transcript').boundingBox(),
          page.locator('#message-m2').boundingBox(),
        ]);
        return box !== null && line !== null && line.y >= box.y && line.y + line.height <= box.y + box.height;
      })
      .toBe(true);
    expect(await page.evaluate('document.activeElement.id')).toBe('message-m2');
    await expect.poll(() => page.locator('.marked').count(), { timeout: 6_000 }).toBe(0);
  });

  test('is asked for once, and again only by the agent when more was said', async () => {
    desk.put(handedOff());
    await openConversation('c-1');
    await page.getByTestId('points-wanted').waitFor();
    expect(await page.getByTestId('summary-again').count()).toBe(0);
    desk.put(
      handedOff({
        head: head('c-1', { version: 2, owner: 'queue', handoff }),
        messages: [...lines, message('m99', 'customer', 'still there?')],
      }),
    );
    await page.getByTestId('summary-again').click();
    await expect.poll(() => page.getByTestId('summary-again').count()).toBe(0);
    expect(posted(/\/summary$/)).toHaveLength(2);
  });

  test('without a model follows the conversation by itself', async () => {
    desk.model.summary = { ...summary, reason: 'not_configured' };
    desk.put(handedOff());
    await openConversation('c-1');
    await page.getByTestId('points-wanted').waitFor();
    desk.model.summary = {
      ...desk.model.summary,
      points: [{ kind: 'open', text: 'still there?', messageIds: ['m99'] }],
    };
    desk.put(
      handedOff({
        head: head('c-1', { version: 2, owner: 'queue', handoff }),
        messages: [...lines, message('m99', 'customer', 'still there?')],
      }),
    );
    await see(() => text('points-open'), 'still there?');
    expect(await page.getByTestId('summary-again').count()).toBe(0);
  });

  test('that fails can be asked for again; without a model no draft is offered', async () => {
    desk.failures.set('/v1/desk/conversations/c-1/summary', [503]);
    desk.model.summary = { ...summary, reason: 'not_configured' };
    desk.put(handedOff());
    await openConversation('c-1');
    await see(() => text('summary'), 'could not be read');
    expect(await page.getByTestId('draft-1').count()).toBe(1);
    await page.getByTestId('summary-again').click();
    await page.getByTestId('points-wanted').waitFor();
    expect(await text('summary')).not.toContain('without the language model');
    expect(await page.getByTestId('draft-1').count()).toBe(0);
  });

  test('is not made for the bot’s conversations', async () => {
    desk.put(conversation('c-1', { head: head('c-1', { handoff }) }));
    await openConversation('c-1');
    expect(posted(/\/summary$/)).toEqual([]);
  });

  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
  ] as const)('axe finds nothing serious with questions, note and summary: %s, %i wide', async (colorScheme, width) => {
    const source = suggestion('sug_1', '').source as DraftedReply['sources'][number];
    desk.model.drafts = [{ kind: 'authored', text: 'authored', sources: [source], reason: 'timeout' }];
    const read = several({
      degraded: ['embedding'],
      understanding: { ...several().understanding, resolved: { text: '跑步鞋多少钱', topic: 'order.cancel' } },
    });
    desk.put(handedOff({ assists: [read] }));
    await openConversation('c-1', 'en', { colorScheme, viewport: { width, height: 800 } });
    await page.getByTestId('points-wanted').waitFor();
    await page.getByTestId('draft-1').click();
    await see(() => text('draft-note'), 'took too long');
    expect(await page.getByTestId('draft-note').isVisible()).toBe(true);
    await nothingSerious(page);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    expect(await page.getByTestId('composer').isVisible()).toBe(true);
    if (process.env['PICTURES'] !== undefined) {
      await page.screenshot({ path: `${process.env['PICTURES']}/cue-${colorScheme}-${width}.png` });
    }
  });
});

test('a closed conversation says that personal data is masked', async () => {
  desk.put(conversation('c-1', { head: head('c-1', { owner: 'bot' }) }));
  await openConversation('c-1');
  await page.getByTestId('close').click();
  await page.getByText('personal data in it is masked').waitFor();
});
