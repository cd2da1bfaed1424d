import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { assist, conversation, head, message, suggestion } from '../support/desk-fixtures.ts';
import { type FakeDesk, SECRET, TOKEN } from '../support/fake-desk-api.ts';
import { deskPages, nothingSerious } from './desk-page.ts';

let desk: FakeDesk;
let page: Page;
const open = deskPages((started) => {
  desk = started;
});

/** Waits until the page shows it; `expect.poll` gives the last value when it never does. */
const text = async (testId: string) => (await page.getByTestId(testId).textContent()) ?? '';
const composer = () => page.getByTestId('composer').inputValue();
const see = (read: () => Promise<string>, wanted: string | RegExp) => expect.poll(read).toMatch(wanted);
const posted = (path: string | RegExp) => desk.calls.filter((call) => call.method === 'POST' && call.path.match(path));

async function openConversation(id: string): Promise<void> {
  await page.locator(`[data-conversation="${id}"]`).click();
  // On a phone the card is another column.
  await page.getByTestId('act').waitFor({ state: 'attached' });
}

describe('signing in', () => {
  test('by fragment: cleared at once, kept for this tab', async () => {
    page = await open(desk.url());
    await page.getByTestId('customer-input').waitFor();
    await expect.poll(() => page.url()).toBe(`${desk.base}/console`);
    await page.reload();
    await page.getByTestId('customer-input').waitFor();
    expect(desk.calls.every(({ path }) => !path.includes(TOKEN) && !path.includes(SECRET))).toBe(true);
  });

  test('by form, and a refused token says so', async () => {
    page = await open(`${desk.base}/console`, { locale: 'en-GB' });
    await page.getByTestId('with-token').click();
    await page.getByLabel('Tenant').fill('demo');
    await page.getByLabel('Token').fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Tenant').fill('demo');
    await page.getByLabel('Token').fill(TOKEN);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Nobody waits.', { exact: true }).waitFor();
    await expect.poll(() => page.getByTestId('customer-input').count()).toBe(0);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByTestId('sign-in').waitFor();
  });
});

describe('answering', () => {
  beforeEach(async () => {
    desk.put(conversation('c-1'));
    page = await open(desk.url());
    await openConversation('c-1');
  });

  test('the card says what the customer does and wants, and why', async () => {
    await expect.poll(() => text('act')).toBe('wants something done');
    await expect.poll(() => text('intent')).toMatch(/very likely\s+93%/);
    await expect.poll(() => text('decision')).toContain('an agent sends every reply');
    await expect.poll(() => text('suggestion-1')).toMatch(/怎么取消订单[\s\S]*91%[\s\S]*when order is shipped/);
    await expect.poll(() => text('suggestion-3')).toContain('If order is paid');
    await expect.poll(() => text('order-panel')).toMatch(/CC2026111900417[\s\S]*shipped[\s\S]*迅达快递/);
    await expect.poll(() => text('product-card')).toMatch(/逐风缓震跑步鞋[\s\S]*369\.00[\s\S]*In stock[\s\S]*viewed/);
  });

  test('key 1 inserts, the agent edits, Enter sends, and what became of it is told', async () => {
    await page.keyboard.press('1');
    await see(composer, '订单已经发出');
    await page.getByTestId('composer').press('End');
    await page.keyboard.type(' Anything else?');
    await page.keyboard.press('Enter');
    await page.getByTestId('message-agent').waitFor();
    await expect.poll(() => text('message-agent')).toMatch(/Anything else\?[\s\S]*Delivered/);
    await expect.poll(() => composer()).toBe('');
    const [reply] = posted('/c-1/messages$');
    expect(reply?.body).toMatchObject({ suggestionId: 'sug_1', assistId: 'ast_1' });
    expect(reply?.body['text']).toMatch(/Anything else\?$/);
    await expect.poll(() => posted('/ast_1/feedback$').map(({ body }) => body['event'])).toContain('edited');
    await see(() => text('owner'), 'Yours');
  });

  test('keys type digits in the reply, and insert there with Alt; 0 is the phrase', async () => {
    await page.getByTestId('composer').click();
    await page.keyboard.type('12');
    await expect.poll(() => composer()).toBe('12');
    await page.getByTestId('composer').fill('');
    await page.keyboard.press('Alt+2');
    await see(composer, '请问是哪一个订单');
    await page.getByTestId('composer').fill('');
    await page.getByTestId('conversation').getByRole('heading').click();
    await page.keyboard.press('0');
    await see(composer, '正在为您核实');
  });

  test('Enter that ends an input method’s composition does not send', async () => {
    await page.getByTestId('composer').fill('nihao');
    await page.getByTestId('composer').dispatchEvent('keydown', { key: 'Enter', code: 'Enter', isComposing: true });
    expect(posted('/messages$')).toEqual([]);
    await expect.poll(() => composer()).toBe('nihao');
  });

  test('a reply that could not be sent stays, and is the same message when sent again', async () => {
    desk.failures.set('/v1/desk/conversations/c-1/messages', [503]);
    await page.getByTestId('composer').fill('one moment');
    await page.getByTestId('send').click();
    await page.getByText('That did not work: As the test wants it').waitFor();
    await expect.poll(() => composer()).toBe('one moment');
    await page.getByTestId('send').click();
    await page.getByTestId('message-agent').waitFor();
    const [first, second] = posted('/messages$');
    expect(first?.body['clientId']).toBe(second?.body['clientId']);
  });

  test('a product goes into the reply with its price and link', async () => {
    await page.getByTestId('product-card').getByRole('button').click();
    await see(composer, /逐风缓震跑步鞋 .*369\.00 https:\/\/shop\.example\/p\/p1006/);
  });
});

describe('a newer revision', () => {
  const revised = (version: number) =>
    conversation('c-1', {
      head: head('c-1', { version }),
      assists: [assist('c-1', { revision: version, suggestions: [suggestion('sug_9', `第 ${version} 版`)] })],
    });

  test('replaces in place, and waits while the pointer rests on the card', async () => {
    desk.put(conversation('c-1'));
    page = await open(desk.url());
    await openConversation('c-1');
    await see(() => page.getByTestId('live').getAttribute('data-state').then(String), 'live');
    const place = await page.getByTestId('suggestion-1').elementHandle();
    desk.put(revised(2));
    await see(() => text('suggestion-1'), '第 2 版');
    await expect.poll(() => place?.textContent()).toContain('第 2 版');
    await expect.poll(() => page.getByTestId('suggestion-2').count()).toBe(0);

    await page.getByTestId('suggestion-1').hover();
    desk.put(revised(3));
    await see(() => text('update-waiting'), 'move away');
    await expect.poll(() => text('suggestion-1')).toContain('第 2 版');
    await page.mouse.move(600, 300);
    await see(() => text('suggestion-1'), '第 3 版');
    await expect.poll(() => text('announce')).toContain('第 3 版');
  });

  test('an older answer never overwrites a newer one', async () => {
    desk.put(revised(5));
    page = await open(desk.url());
    await openConversation('c-1');
    desk.put(revised(4));
    desk.put(conversation('c-2'));
    await page.locator('[data-conversation="c-2"]').waitFor();
    await expect.poll(() => text('suggestion-1')).toContain('第 5 版');
  });

  test('in shadow mode nothing is shown', async () => {
    const shadow = { ...assist('c-1').decision, kind: 'none', reason: 'mode_shadow' };
    desk.put(conversation('c-1', { assists: [assist('c-1', { decision: shadow })] }));
    page = await open(desk.url());
    await page.locator('[data-conversation="c-1"]').click();
    await page.getByTestId('message-customer').waitFor();
    await expect.poll(() => page.getByTestId('suggestion-1').count()).toBe(0);
  });
});

describe('the live link', () => {
  test('comes back by itself and rereads what was missed', async () => {
    desk.put(conversation('c-1'));
    page = await open(desk.url());
    await openConversation('c-1');
    const state = () => page.getByTestId('live').getAttribute('data-state').then(String);
    await see(state, 'live');
    desk.dropSockets();
    const next = conversation('c-1', { head: head('c-1', { version: 2 }) });
    desk.conversations.set('c-1', { ...next, messages: [...next.messages, message('m2', 'customer', '还在吗')] });
    await page.getByTestId('transcript').getByText('还在吗').waitFor();
    await see(state, 'live');
  });

  test('says so when nothing is reached, and recovers by itself', async () => {
    desk.failures.set(
      '/v1/desk/conversations',
      Array.from({ length: 9 }, () => 503),
    );
    page = await open(desk.url());
    const state = () => page.getByTestId('live').getAttribute('data-state').then(String);
    await see(state, 'offline');
    desk.failures.clear();
    desk.conversations.set('c-1', conversation('c-1'));
    await see(state, 'live');
    await page.getByTestId('queue-item').waitFor();
    await expect.poll(() => page.getByTestId('queue-item').count()).toBe(1);
  });

  test('without a ticket the page still follows, by asking', async () => {
    desk.failures.set(
      '/v1/desk/ticket',
      Array.from({ length: 50 }, () => 503),
    );
    page = await open(desk.url());
    await see(() => page.getByTestId('live').getAttribute('data-state').then(String), 'polling');
    desk.conversations.set('c-1', conversation('c-1'));
    await page.getByTestId('queue-item').waitFor();
    await expect.poll(() => page.getByTestId('queue-item').count()).toBe(1);
  });
});

describe('a hand-off', () => {
  const handoff = {
    reason: 'asked_for_person',
    skill: 'complaints',
    priority: 7,
    at: new Date().toISOString(),
  } as const;
  const waiting = () =>
    conversation('c-1', {
      head: head('c-1', { owner: 'queue', handoff }),
      package: {
        ...handoff,
        facts: [{ name: 'order_status', value: 'CC2026111900417: paid' }],
        transcript: [],
        summary: [],
        suggestions: [],
      },
    });

  test('waits in the queue with its reason, shows its package, is taken, given back, closed', async () => {
    desk.put(waiting());
    desk.put(conversation('c-bot'));
    page = await open(desk.url());
    await see(() => text('section-waiting'), /Waiting\s*1/);
    await see(() => text('section-bot'), /With the bot\s*1/);
    await expect
      .poll(() => page.getByTestId('queue-item').first().textContent())
      .toMatch(/waiting[\s\S]*asked for a person/);
    await openConversation('c-1');
    await expect.poll(() => text('handoff-banner')).toMatch(/Complaints[\s\S]*Priority 7[\s\S]*CC2026111900417 · paid/);
    await page.getByTestId('claim').click();
    await see(() => text('owner'), 'Yours');
    await page.getByTestId('release').click();
    await see(() => text('owner'), 'Bot answers');
    await page.getByTestId('close').click();
    await page.getByTestId('close-go').click();
    await see(() => text('owner'), 'Closed');
    await expect.poll(() => page.getByTestId('claim').count()).toBe(0);
  });

  test('somebody else was first: said, and read again', async () => {
    desk.put(waiting());
    page = await open(desk.url());
    await openConversation('c-1');
    desk.failures.set('/v1/desk/conversations/c-1/claim', [409]);
    const taken = head('c-1', { version: 2, owner: 'agent:lei', handoff });
    // Not before the claim is on its way: a page that has read it already has nothing left to press.
    await page.route('**/c-1/claim', async (route) => {
      desk.conversations.set('c-1', { ...waiting(), head: taken });
      await route.fallback();
    });
    await page.getByTestId('claim').click();
    await page.getByText('Somebody else changed this conversation first').waitFor();
    await see(() => text('owner'), 'With lei');
  });

  test('the newest line stays in sight as lines and banners come, unless the agent has scrolled up', async () => {
    const lines = Array.from({ length: 40 }, (_, n) =>
      message(`m${n}`, n % 2 === 0 ? 'customer' : 'agent', `line ${n}`),
    );
    desk.put(conversation('c-1', { messages: lines }));
    page = await open(desk.url());
    await openConversation('c-1');
    const inSight = async (words: string) => {
      const box = await page.getByTestId('transcript').boundingBox();
      const line = await page.getByTestId('transcript').getByText(words, { exact: true }).boundingBox();
      if (box === null || line === null) return false;
      return line.y >= box.y && line.y + line.height <= box.y + box.height;
    };
    await expect.poll(() => inSight('line 39')).toBe(true);
    const later = [...lines, message('m40', 'customer', 'line 40')];
    desk.put({ ...waiting(), head: head('c-1', { version: 2, owner: 'queue', handoff }), messages: later });
    await page.getByTestId('handoff-banner').waitFor();
    await expect.poll(() => inSight('line 40')).toBe(true);
    await page.getByTestId('transcript').hover();
    await page.mouse.wheel(0, -800);
    await expect.poll(() => inSight('line 40')).toBe(false);
    desk.put({
      ...conversation('c-1', { messages: [...later, message('m41', 'customer', 'line 41')] }),
      head: head('c-1', { version: 3 }),
    });
    await page.getByTestId('transcript').getByText('line 41').waitFor();
    await expect.poll(() => inSight('line 41')).toBe(false);
  });

  test('a promise runs and is overdue', async () => {
    const at = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
    const promised = (due: number, version: number) =>
      head('c-1', { version, promise: { at: at(-60), dueAt: at(due), text: '稍等' } });
    desk.put(conversation('c-1', { head: promised(600, 1) }));
    page = await open(desk.url());
    await openConversation('c-1');
    await expect.poll(() => text('promise')).toMatch(/稍等[\s\S]*\d:\d\d left/);
    desk.put(conversation('c-1', { head: promised(-30, 2) }));
    await see(() => text('promise'), 'overdue by');
  });
});

describe('the customer you play', () => {
  beforeEach(async () => {
    page = await open(desk.url('zh'));
    await page.getByTestId('customer-input').waitFor();
  });
  const said = () => posted('/v1/webhooks/generic/demo').map(({ body }) => body['data'] as Record<string, unknown>);

  test('speaks through the signed webhook, and the desk opens the conversation', async () => {
    await page.getByTestId('customer-input').fill('什么时候发货');
    await page.getByTestId('customer-send').click();
    await page.getByTestId('message-customer').waitFor();
    await expect.poll(() => text('message-customer')).toContain('什么时候发货');
    await expect
      .poll(() => said()[0])
      .toMatchObject({ text: '什么时候发货', author: { type: 'customer', id: 'cust-lin' } });
    await expect.poll(() => said()[0]?.['customer']).toMatchObject({ orders: [{ number: 'CC2026111900417' }, {}] });
  });

  test('sends pieces, an order, a product and a picture without words', async () => {
    await page.getByTestId('customer-input').fill('在吗\n我的快递呢');
    await page.getByTestId('customer-pieces').click();
    await expect.poll(() => said().length).toBe(2);
    await page.getByTestId('customer-order').selectOption({ index: 1 });
    await page.getByTestId('customer-product').selectOption({ index: 1 });
    await page.getByTestId('customer-image').click();
    await expect.poll(() => said().length).toBe(5);
    await expect
      .poll(() => said().map(({ text: words, parts }) => words ?? parts))
      .toMatchObject([
        '在吗',
        '我的快递呢',
        [{ kind: 'order_card', orderNumber: 'CC2026111900417' }],
        [{ kind: 'product_card', productId: 'p1006' }],
        [{ kind: 'image' }],
      ]);
    expect(new Set(said().map(({ conversationId }) => conversationId)).size).toBe(1);
  });

  test('sees the bot’s reply and taps one of its choices', async () => {
    await page.getByTestId('customer-input').fill('订单');
    await page.getByTestId('customer-input').press('Enter');
    await page.getByTestId('message-customer').waitFor();
    const [id] = [...desk.conversations.keys()];
    const before = desk.conversations.get(String(id));
    if (before === undefined) throw new Error('the message did not arrive');
    const parts = [
      { kind: 'text', text: '请问您想问哪一个？' },
      { kind: 'button', text: '取消订单', value: '怎么取消订单' },
      { kind: 'button', text: '修改地址', value: '怎么修改地址' },
    ];
    const asked = message('bot:1', 'bot', '请问您想问哪一个？', { parts });
    desk.put({ ...before, head: { ...before.head, version: 9 }, messages: [...before.messages, asked] });
    await page.getByTestId('choices').getByRole('button', { name: '取消订单' }).click();
    await expect
      .poll(() => said().at(-1)?.['parts'])
      .toEqual([{ kind: 'button', text: '取消订单', value: '怎么取消订单' }]);
    await expect.poll(() => page.getByTestId('choices').count()).toBe(0);
  });

  test('a message that was refused says so and can be sent again', async () => {
    desk.failures.set('/v1/webhooks/generic/demo', [503]);
    await page.getByTestId('customer-input').fill('在吗');
    await page.getByTestId('customer-send').click();
    await page.getByRole('button', { name: /未发出/ }).click();
    await page.getByTestId('message-customer').waitFor();
    expect(new Set(said().map(({ messageId }) => messageId)).size).toBe(1);
  });
});

describe('hostile content', () => {
  test('stays text, and never loads or runs', async () => {
    const hostile = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
    const parts = [
      { kind: 'text', text: hostile },
      { kind: 'image', url: 'javascript:alert(1)' },
      { kind: 'link', url: 'javascript:window.hacked=1', text: 'free gift' },
      { kind: 'link', url: 'https://shop.example/x', text: 'the shop' },
    ];
    desk.put(
      conversation('c-1', {
        head: head('c-1', { customerName: hostile, lastText: hostile }),
        messages: [message('m1', 'customer', hostile, { parts })],
        assists: [assist('c-1', { suggestions: [suggestion('sug_1', hostile)] })],
      }),
    );
    page = await open(desk.url());
    await openConversation('c-1');
    await expect.poll(() => text('message-customer')).toContain(hostile);
    await expect.poll(() => text('suggestion-1')).toContain('onerror');
    await expect.poll(() => page.getByTestId('transcript').locator('img, script').count()).toBe(0);
    await expect.poll(() => page.evaluate('window.hacked')).toBeUndefined();
    const links = page.getByTestId('transcript').locator('a');
    await expect.poll(() => links.count()).toBe(1);
    await expect.poll(() => links.first().getAttribute('rel')).toBe('noopener noreferrer');
  });
});

describe('for everybody', () => {
  test('the whole page changes its language, and says so to the browser', async () => {
    desk.put(conversation('c-1'));
    page = await open(desk.url('en'));
    await openConversation('c-1');
    await page.getByRole('button', { name: '中文' }).click();
    await see(() => text('act'), '要求办理');
    await expect.poll(() => text('decision')).toContain('所有回复由客服发送');
    await expect.poll(() => text('suggestion-1')).toContain('条件：订单为已发货');
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('zh-CN');
    const left = await text('cue-card');
    expect(left).not.toMatch(/Suggest|likely|shipped/);
  });

  test('? opens the help, which keeps the focus and gives it back', async () => {
    page = await open(desk.url());
    await page.getByTestId('section-waiting').focus();
    await page.keyboard.press('Shift+?');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    await expect.poll(() => page.evaluate("document.activeElement.dataset['testid']")).toBe('section-waiting');
  });

  test.each(['light', 'dark'] as const)('axe finds nothing serious in %s', async (colorScheme) => {
    const handoff = { reason: 'safety', skill: 'complaints', priority: 9, at: new Date().toISOString() } as const;
    const understanding = { ...assist('c-1').understanding, flags: ['threat'] };
    const angry = { ...understanding, sentiment: { label: 'negative', score: -1, angry: true } };
    desk.put(
      conversation('c-1', {
        head: head('c-1', { owner: 'queue', handoff }),
        assists: [assist('c-1', { understanding: angry })],
      }),
    );
    page = await open(desk.url(), { colorScheme });
    await page.getByTestId('customer-input').fill('hello');
    await page.getByTestId('customer-input').press('Enter');
    await nothingSerious(page);
    await openConversation('c-1');
    await nothingSerious(page);
    await page.context().close();
    page = await open(desk.url(), { colorScheme, viewport: { width: 390, height: 800 } });
    await page.getByTestId('customer-input').waitFor();
    await nothingSerious(page);
    await page.locator('.view-queue').click();
    await nothingSerious(page);
    await openConversation('c-1');
    await nothingSerious(page);
    await page.locator('.view-card').click();
    await nothingSerious(page);
  });

  test('nothing is wider than a phone', async () => {
    desk.put(conversation('c-1'));
    page = await open(desk.url('en'), { viewport: { width: 390, height: 800 } });
    await page.locator('.view-queue').click();
    await openConversation('c-1');
    const width = () => page.evaluate('document.documentElement.scrollWidth');
    await expect.poll(() => width()).toBe(390);
    await expect.poll(() => page.getByTestId('cue-card').isVisible()).toBe(false);
    await page.getByTestId('quick').getByRole('button').first().click();
    await see(composer, '订单已经发出');
    await page.locator('.view-card').click();
    await expect.poll(() => page.getByTestId('suggestion-2').isVisible()).toBe(true);
    await expect.poll(() => width()).toBe(390);
    // What is put into the reply is looked at there.
    await page.getByTestId('suggestion-2').click();
    await page.getByTestId('composer').waitFor();
    await expect.poll(() => page.getByTestId('cue-card').isVisible()).toBe(false);
  });
});
