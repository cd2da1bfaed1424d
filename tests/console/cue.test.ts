import type { BrowserContextOptions, Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import type { DraftedReply, Summary } from '../../lib/domain/contract/drafts.ts';
import { assist, conversation, head, message, suggestion } from '../support/desk-fixtures.ts';
import type { FakeDesk } from '../support/fake-desk-api.ts';
import { deskPages, nothingSerious } from './desk-page.ts';

/** How the card, the drafts and the hand-off look and behave in a browser. */
let desk: FakeDesk;
let page: Page;
const openPage = deskPages((started) => {
  desk = started;
});

const text = async (testId: string) => (await page.getByTestId(testId).textContent()) ?? '';
const composer = () => page.getByTestId('composer').inputValue();
const see = (read: () => Promise<string>, wanted: string | RegExp) => expect.poll(read).toMatch(wanted);
const posted = (path: RegExp) => desk.calls.filter((call) => call.method === 'POST' && path.test(call.path));

async function openConversation(id: string, language = 'en', options: BrowserContextOptions = {}): Promise<void> {
  page = await openPage(desk.url(language), options);
  const isPhone = (page.viewportSize()?.width ?? 0) < 800;
  if (isPhone) await page.locator('.views .view-queue').click();
  await page.locator(`[data-conversation="${id}"]`).click();
  await page.getByTestId('act').waitFor({ state: isPhone ? 'attached' : 'visible' });
}

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
    await expect.poll(() => text('intent')).toBe('Asks 2 things');
    await expect.poll(() => text('question-1')).toContain('订单怎么取消？');
    const order = await page
      .locator('.suggestions')
      .locator('[data-testid^="question-"], [data-testid^="suggestion-"]')
      .evaluateAll((elements) => elements.map((element) => element.getAttribute('data-testid')));
    expect(order).toEqual(['question-1', 'suggestion-1', 'suggestion-2', 'question-2', 'suggestion-3']);
    await expect.poll(() => text('suggestion-2')).toMatch(/maybe\s+21%/);
    await expect.poll(() => text('suggestion-3')).toContain('Product · 逐风缓震跑步鞋');
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
    await expect.poll(() => first?.textContent()).toContain('未发货的订单可以直接取消。');
  });

  test('a question that nothing answers says so under its own heading', async () => {
    const [one, two] = several().understanding.questions;
    const questions = [one, { ...two, suggestions: [] }];
    desk.put(conversation('c-1', { assists: [several({ understanding: { ...understanding, questions } })] }));
    await openConversation('c-1');
    await expect.poll(() => text('no-suggestions')).toBe('No reply to suggest');
    await expect.poll(() => page.getByTestId('suggestion-3').count()).toBe(0);
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
    await expect.poll(() => text('resolved')).toMatch(/^Read as “跑步鞋多少钱” · following /);
    await expect.poll(() => text('resolved')).not.toContain('order.cancel');
    await expect.poll(() => text('degraded')).toMatch(/words alone were compared[\s\S]*something new/);
    await expect
      .poll(() => text('product-card'))
      .toMatch(/Out of stock[\s\S]*matches: 400 元以内、防滑$|matches: 400 元以内、防滑Insert/);
    await page.getByRole('button', { name: '中文' }).click();
    await see(() => text('degraded'), '仅按字词匹配');
    await expect.poll(() => text('resolved')).toContain('理解为“跑步鞋多少钱”');
  });
});

describe('the right card for each act', () => {
  const acted = (act: string, more: object = {}) =>
    assist('c-1', {
      ...{ understanding: { ...understanding, act, entities: [] }, suggestions: [], cards: [], order: undefined },
      ...more,
    });
  const kind = () => page.getByTestId('suggestions').getAttribute('data-kind');

  test.each(['acknowledge', 'close', 'confirm'])('%s: the closing phrase by one key, and no FAQ', async (act) => {
    const next = { phase: 'close', text: '不客气，有问题随时联系我们。' };
    const suggestions = [suggestion('sug_1', 'nobody asked for this')];
    desk.put(conversation('c-1', { assists: [acted(act, { next, suggestions })] }));
    await openConversation('c-1');
    await expect.poll(() => kind()).toBe('closing');
    await expect.poll(() => page.getByTestId('suggestion-1').isVisible()).toBe(false);
    await expect.poll(() => page.getByTestId('no-suggestions').count()).toBe(0);
    await page.keyboard.press('0');
    await see(composer, /^不客气，有问题随时联系我们。$/);
  });

  test('thanks while an answer is owed are no goodbye; a greeting is greeted back', async () => {
    desk.put(conversation('c-1', { assists: [acted('acknowledge')] }));
    await openConversation('c-1');
    expect([await kind(), await text('act-note')]).toEqual(['thanks', expect.stringContaining('still owed')]);
    await page.mouse.move(600, 10);
    const greeting = acted('greet', { revision: 2, next: { phase: 'greet', text: '您好' } });
    desk.put(conversation('c-1', { head: head('c-1', { version: 2 }), assists: [greeting] }));
    await expect.poll(kind).toBe('greeting');
  });

  test('a chase: what is left of the promise runs, above the holding phrase', async () => {
    const dueAt = new Date(Date.now() + 600_000).toISOString();
    const promise = { at: dueAt, dueAt, text: '请稍等十分钟' };
    desk.put(conversation('c-1', { head: head('c-1', { promise }), assists: [acted('chase')] }));
    await openConversation('c-1');
    await expect.poll(() => text('chase')).toMatch(/^9:5\d left of what was promised请稍等十分钟$/);
    const before = await text('chase');
    await expect.poll(() => text('chase')).not.toBe(before);
    await page.getByTestId('next-phrase').click();
    await see(composer, '正在为您核实');
  });

  test('an order card: its state, parcel and items first, and likely questions answered for this order', async () => {
    const order = { number: 'CC2026111900417', known: true, likely: [{ entryId: 'e1', question: '什么时候能到' }] };
    desk.tools.preview = { suggestions: [suggestion('sug_p', '预计明天送达。')] };
    desk.put(conversation('c-1', { assists: [acted('reference', { order })] }));
    await openConversation('c-1');
    await expect.poll(() => text('order-panel')).toMatch(/shipped[\s\S]*In transit · 迅达快递[\s\S]*×1/);
    const places = await page.locator('.orders, .suggestions').evaluateAll((all) => all.map((one) => one.className));
    expect(places[0]).toContain('orders');
    await page.getByTestId('ahead').click();
    await page.getByTestId('insert-line').click();
    await see(composer, /^预计明天送达。$/);
    const [asked] = posted(/assist\/preview$/);
    expect(asked?.body).toMatchObject({
      parts: [
        { kind: 'order_card', orderNumber: 'CC2026111900417' },
        { kind: 'text', text: '什么时候能到' },
      ],
      customer: { id: 'cust-lin' },
    });
  });

  test('a request: the procedure to tick off, and the missing fact with its question', async () => {
    const steps = [{ text: 'Find the order', done: true }, { text: 'Stop the parcel' }];
    const missing = [{ fact: 'order_number', ask: 'Which order is it?' }];
    desk.put(conversation('c-1', { assists: [assist('c-1', { procedure: { steps, missing } })] }));
    await openConversation('c-1');
    await expect.poll(() => text('missing')).toMatch(/Still missing: Order/);
    await expect.poll(() => page.getByTestId('step').nth(0).isDisabled()).toBe(true);
    await page.getByTestId('step').nth(1).check();
    await page.getByTestId('ask-missing').click();
    await see(composer, /^Which order is it\?$/);
    await expect.poll(() => page.getByTestId('suggestion-1').count()).toBe(1);
  });

  test('a picture: please look, the picture, and what its sender probably wants', async () => {
    const url = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E";
    const picture = message('m1', 'customer', '', { parts: [{ kind: 'image', url }] });
    desk.tools.preview = { suggestions: [suggestion('sug_p', '收到图片了，这就为您办理。')] };
    desk.put(conversation('c-1', { messages: [picture], assists: [acted('reference')] }));
    await openConversation('c-1');
    await expect.poll(() => text('look')).toMatch(/Please look[\s\S]*Probably about/);
    await expect.poll(() => page.getByTestId('look').locator('img').getAttribute('src')).toBe(url);
    await page.getByTestId('ahead').click();
    await page.getByTestId('insert-line').click();
    await see(composer, '收到图片了');
    const heard = message('m1', 'customer', '', { parts: [{ kind: 'image', url, transcript: 'a torn box' }] });
    await page.mouse.move(600, 10);
    desk.put(
      conversation('c-1', { head: head('c-1', { version: 2 }), messages: [heard], assists: [acted('reference')] }),
    );
    await expect.poll(kind).toBe('replies');
  });

  test('before the first word: likely questions with answers, products with reasons, a lead that opens to its parts', async () => {
    desk.tools.opening = {
      likely: [
        {
          question: 'When does it arrive?',
          reason: 'shipped two days ago',
          suggestion: suggestion('sug_o', 'Tomorrow.'),
        },
        { question: 'Is it in stock?', reason: 'Kettle: viewed 2 times, back in stock in M' },
      ],
      cards: assist('c-1').cards,
      lead: {
        score: 62,
        parts: [
          { name: 'in_cart', value: 1, points: 30 },
          { name: 'back_in_stock', value: 1, points: 10 },
        ],
      },
    };
    desk.put(conversation('c-1', { messages: [], assists: [] }));
    page = await openPage(desk.url('en'));
    await page.locator('[data-conversation="c-1"]').click();
    await see(() => text('opening-1'), /When does it arrive\?shipped two days ago/);
    await expect.poll(() => text('product-card')).toContain('viewed');
    await expect.poll(() => page.getByTestId('lead').locator('table').isVisible()).toBe(false);
    await page.getByTestId('lead').locator('summary').click();
    await expect
      .poll(() => page.getByTestId('lead').locator('table').textContent())
      .toContain('In the cart1+30Back in stock1+10');
    await expect.poll(() => text('opening-2')).toContain('back in stock in M');
    await nothingSerious(page);
    await page.getByTestId('insert-line').first().click();
    await see(composer, /^Tomorrow\.$/);
  });
});

describe('a suggestion', () => {
  const told = (event: string) =>
    posted(/feedback$/).flatMap(({ body }) => (body['event'] === event ? [body['suggestionId']] : []));

  test('says why: source, question, condition and confidence at once; what matched only when asked', async () => {
    const [first] = assist('c-1').suggestions;
    const candidate = {
      ...{ entryId: 'order.cancel', intent: 'order.cancel', question: '怎么取消订单', confidence: 0.91, exact: false },
      matched: { question: '帮我取消订单', similarity: 0.87, ngrams: [{ text: '取消订单', weight: 2 }] },
      answers: [],
    };
    const explanation = { asked: [{ text: '帮我取消订单', candidates: [candidate] }] };
    desk.tools.preview = { suggestions: [], explanation } as never;
    desk.put(conversation('c-1', { assists: [assist('c-1', { suggestions: [first] })] }));
    await openConversation('c-1');
    await page.getByTestId('why-1').click();
    await expect
      .poll(() => text('explanation'))
      .toMatch(/怎么取消订单[\s\S]*order\.cancel[\s\S]*order is shipped[\s\S]*very likely · 91 %/);
    expect(posted(/preview$/)).toEqual([]);
    await page.getByTestId('show-match').click();
    await see(() => text('explanation'), /Nearest question帮我取消订单 · 87 %[\s\S]*“取消订单”/);
    await expect.poll(() => posted(/preview$/)[0]?.body).toEqual({ replay: 'rpl_1', explain: true });
  });

  test('of a passage leads to its page', async () => {
    const source = {
      kind: 'passage',
      id: 'doc#3',
      title: 'Returns',
      url: 'https://shop.example/returns',
      release: 'rel_1',
    };
    desk.put(
      conversation('c-1', {
        assists: [assist('c-1', { suggestions: [suggestion('sug_1', 'Thirty days.', { source })] })],
      }),
    );
    await openConversation('c-1');
    await page.getByTestId('why-1').click();
    const link = page.getByTestId('explanation').getByRole('link');
    expect([await link.getAttribute('href'), await link.getAttribute('rel')]).toEqual([
      source.url,
      'noopener noreferrer',
    ]);
  });

  test('counts as shown once it is in view, and only then', async () => {
    desk.put(conversation('c-1'));
    await openConversation('c-1', 'en', { viewport: { width: 1280, height: 420 } });
    await expect.poll(() => told('shown')).toContain('sug_1');
    expect(told('shown')).not.toContain('sug_3');
    await page.getByTestId('suggestion-3').scrollIntoViewIfNeeded();
    await expect.poll(() => told('shown')).toContain('sug_3');
    await expect.poll(() => told('shown').filter((id) => id === 'sug_1')).toHaveLength(1);
  });

  test('is rated in passing, without taking the focus from the reply', async () => {
    desk.put(conversation('c-1'));
    await openConversation('c-1');
    await page.getByTestId('composer').click();
    await page.getByTestId('rate-bad-1').click();
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('composer');
    await expect.poll(() => page.getByTestId('rate-bad-1').getAttribute('aria-pressed')).toBe('true');
    await expect
      .poll(() => posted(/feedback$/).map(({ body }) => body))
      .toContainEqual({
        ...{ suggestionId: 'sug_1', event: 'rated', rating: -1 },
      });
  });

  test('is put aside by tap or key, keeps its place, and can be taken back', async () => {
    desk.put(conversation('c-1'));
    await openConversation('c-1');
    await page.getByTestId('dismiss-1').click();
    await expect.poll(() => text('dismissed-1')).toMatch(/1 ?Put aside/);
    await page.getByTestId('undo-1').click();
    await page.getByTestId('suggestion-2').focus();
    await page.keyboard.press('Delete');
    await expect.poll(() => page.getByTestId('suggestion-1').count()).toBe(1);
    await expect.poll(() => told('dismissed')).toEqual(['sug_2']);
  });

  test('stays under the focus of who goes by keyboard', async () => {
    desk.put(conversation('c-1'));
    await openConversation('c-1');
    await page.getByTestId('suggestion-1').focus();
    const newer = assist('c-1', { revision: 2, suggestions: [suggestion('sug_9', 'newer')] });
    desk.put(conversation('c-1', { head: head('c-1', { version: 2 }), assists: [newer] }));
    await expect.poll(() => text('update-waiting')).toContain('ready');
    await expect.poll(() => text('suggestion-1')).not.toContain('newer');
    await page.getByTestId('composer').focus();
    await expect.poll(() => text('suggestion-1')).toContain('newer');
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
    await expect.poll(() => text('draft-note')).toBe('Drafting…');
    await page.getByTestId('draft-2').click({ force: true });
    arrive();
    await see(composer, /^您好，订单已发出，收到时拒收即可退款。$/);
    await expect.poll(() => text('draft-note')).toMatch(/Read it before you send it/);
    await expect.poll(() => posted(/\/draft$/).map(({ body }) => body)).toEqual([{ suggestionId: 'sug_1' }]);
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
    await expect.poll(() => posted(/\/draft$/).map(({ body }) => body['suggestionId'])).toEqual(['sug_2', 'sug_3']);
    await page.getByTestId('transcript').focus();
    await page.keyboard.press('Shift+?');
    await expect.poll(() => page.getByRole('dialog').textContent()).toContain('draft from that suggestion');
  });

  test('that was dropped says what it claimed, and the authored text stands', async () => {
    drafts({ reason: 'ungrounded', claims: [{ kind: 'number', text: '20%' }] });
    await page.getByTestId('draft-1').click();
    await see(() => text('draft-note'), 'it said “20%”, which no source says');
    await expect.poll(() => composer()).toBe(authored);
    await page.getByTestId('composer').fill('something else');
    await see(() => text('draft-note'), /^$/);
  });

  test('over budget: said in both languages, and it can be tried again', async () => {
    drafts({ reason: 'over_budget' });
    await page.getByTestId('draft-1').click();
    await see(() => text('draft-note'), 'budget for today is used up');
    await page.getByRole('button', { name: '中文' }).click();
    await see(() => text('draft-note'), '今日额度已用完');
    await expect.poll(() => page.getByTestId('draft-1').count()).toBe(1);
  });

  test('without a model it is not offered again', async () => {
    drafts({ reason: 'not_configured' });
    await page.getByTestId('composer').fill(`${authored} Anything else?`);
    await page.getByTestId('draft-1').click();
    await see(() => text('draft-note'), 'no language model is configured');
    await expect.poll(() => composer()).toBe(`${authored} Anything else?`);
    await expect.poll(() => page.getByTestId('draft-1').count()).toBe(0);
    await page.getByTestId('transcript').focus();
    await page.keyboard.press('Shift+Digit1');
    await expect.poll(() => text('suggestion-1')).toContain(authored);
    await expect.poll(() => posted(/\/draft$/)).toHaveLength(1);
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
    await expect.poll(() => composer()).toBe('');
    await page.locator('[data-conversation="c-1"]').click();
    await see(composer, 'for the first');
  });

  test('that fails says so and leaves the reply alone', async () => {
    desk.failures.set('/v1/desk/assists/ast_1/draft', [503]);
    await page.getByTestId('draft-1').click();
    await page.getByText('That did not work: As the test wants it').waitFor();
    await expect.poll(() => composer()).toBe('');
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
    await expect.poll(() => text('points-fact')).toBe('FactsOrder CC2026111900417 · shipped');
    await expect.poll(() => text('points-mood')).toBe('MoodAngry');
    await expect.poll(() => text('summary')).toContain('budget for today is used up');
    const banner = await text('handoff-banner');
    expect(banner).toContain('has called twice');
    expect(banner.match(/CC2026111900417/g)).toHaveLength(1);
    await expect.poll(() => page.getByTestId('points-mood').getByRole('button').count()).toBe(0);
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
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('message-m2');
    await expect.poll(() => page.locator('.marked').count(), { timeout: 6_000 }).toBe(0);
  });

  test('is asked for once, and again only by the agent when more was said', async () => {
    desk.put(handedOff());
    await openConversation('c-1');
    await page.getByTestId('points-wanted').waitFor();
    await expect.poll(() => page.getByTestId('summary-again').count()).toBe(0);
    desk.put(
      handedOff({
        head: head('c-1', { version: 2, owner: 'queue', handoff }),
        messages: [...lines, message('m99', 'customer', 'still there?')],
      }),
    );
    await page.getByTestId('summary-again').click();
    await expect.poll(() => page.getByTestId('summary-again').count()).toBe(0);
    await expect.poll(() => posted(/\/summary$/)).toHaveLength(2);
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
    await expect.poll(() => page.getByTestId('summary-again').count()).toBe(0);
  });

  test('that fails can be asked for again; without a model no draft is offered', async () => {
    desk.failures.set('/v1/desk/conversations/c-1/summary', [503]);
    desk.model.summary = { ...summary, reason: 'not_configured' };
    desk.put(handedOff());
    await openConversation('c-1');
    await see(() => text('summary'), 'could not be read');
    await expect.poll(() => page.getByTestId('draft-1').count()).toBe(1);
    await page.getByTestId('summary-again').click();
    await page.getByTestId('points-wanted').waitFor();
    await expect.poll(() => text('summary')).not.toContain('without the language model');
    await expect.poll(() => page.getByTestId('draft-1').count()).toBe(0);
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
    if (width < 800) {
      await page.locator('.views .view-card').click();
      await nothingSerious(page);
      await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    }
    await page.getByTestId('draft-1').click();
    await see(() => text('draft-note'), 'took too long');
    if (width < 800) await page.locator('.views .view-chat').click();
    await expect.poll(() => page.getByTestId('draft-note').isVisible()).toBe(true);
    await nothingSerious(page);
    await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    await expect.poll(() => page.getByTestId('composer').isVisible()).toBe(true);
    if (process.env['PICTURES'] !== undefined) {
      await page.screenshot({ path: `${process.env['PICTURES']}/cue-${colorScheme}-${width}.png` });
    }
  });
});

test('a closed conversation says that personal data is masked', async () => {
  desk.put(conversation('c-1', { head: head('c-1', { owner: 'bot' }) }));
  await openConversation('c-1');
  await page.getByTestId('close').click();
  await page.getByTestId('close-go').click();
  await page.getByText('personal data in it is masked').waitFor();
});
