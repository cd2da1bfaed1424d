import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { AgentView } from '../../lib/domain/routing.ts';
import { conversation, head, message } from '../support/desk-fixtures.ts';
import { ADMIN_TOKEN, type FakeDesk, TOKEN } from '../support/fake-desk-api.ts';
import { deskPages, nothingSerious } from './desk-page.ts';

/** The desk as an agent works at it: the list, offers, presence, passing on, closing, a network that fails. */
let desk: FakeDesk;
let page: Page;
const openPage = deskPages((started) => {
  desk = started;
});

const deskUrl = (token = TOKEN) => `${desk.base}/console#${new URLSearchParams({ token, tenant: 'demo', lang: 'en' })}`;
const open = async (width = 1440, token = TOKEN): Promise<Page> => {
  page = await openPage(deskUrl(token), { viewport: { width, height: 900 } });
  await page.getByTestId('queue').waitFor();
  return page;
};
const text = async (testId: string, on = page) => (await on.getByTestId(testId).first().textContent()) ?? '';
const see = (testId: string, wanted: string | RegExp, on = page) => expect.poll(() => text(testId, on)).toMatch(wanted);
const posted = (path: RegExp) => desk.calls.filter((call) => call.method === 'POST' && path.test(call.path));
const composer = () => page.getByTestId('composer').inputValue();
const pick = async (id: string) => {
  await page.locator(`[data-conversation="${id}"]`).click();
  await page.getByTestId('composer').waitFor();
};
const isLive = () => expect.poll(() => page.getByTestId('live').getAttribute('data-state')).toBe('live');

const now = () => Date.now();
const ago = (seconds: number) => new Date(now() - seconds * 1_000).toISOString();
const handoff = (priority = 5, more: object = {}) =>
  ({ reason: 'asked_for_person', skill: 'complaints', priority, at: ago(20), ...more }) as const;
const offered = (id: string, ms = 25_000) =>
  conversation(id, {
    head: head(id, {
      owner: 'queue',
      handoff: handoff() as never,
      offer: { agentId: 'mei' as never, at: now(), until: now() + ms },
    }),
  });
const mine = (id: string, more: object = {}) => conversation(id, { head: head(id, { owner: 'agent:mei', ...more }) });

describe('three columns', () => {
  test('list, conversation, card, and no customer to play on a normal desk', async () => {
    desk.put(conversation('c-1'));
    await open();
    await pick('c-1');
    await expect.poll(() => page.locator('main.columns > *').count()).toBe(3);
    await expect.poll(() => page.getByTestId('play-customer').count()).toBe(0);
    await expect.poll(() => page.url()).toMatch(/#\/desk\/c-1$/);
    await page.reload();
    await see('transcript', '帮我取消订单');
  });

  test('in a demonstration the customer stands at the side until put away', async () => {
    page = await openPage(desk.url('en'));
    await page.getByTestId('customer-input').waitFor();
    await page.getByTestId('play-customer').click();
    await expect.poll(() => page.getByTestId('customer-input').count()).toBe(0);
  });

  test('what /v1/me opens is where one may go, and a supervisor may take over', async () => {
    desk.team.me = { role: 'supervisor', pages: { desk: true, team: true, knowledge: false, admin: false } };
    desk.put(conversation('c-1', { head: head('c-1', { owner: 'agent:lei' }) }));
    desk.team.agents = [
      { agentId: 'lei', name: 'Lei', presence: 'online', at: ago(1), load: 1, capacity: 5 } as AgentView,
    ];
    await open(1440, ADMIN_TOKEN);
    await page.getByTestId('section-others').click();
    await pick('c-1');
    await see('owner', 'With Lei');
    await page.getByTestId('take-over').click();
    await see('owner', 'Yours');
    await expect.poll(() => posted(/take-over$/)).toHaveLength(1);
  });
});

describe('the list', () => {
  test('says who is offered, who is late, what is promised and what is new, and finds by words', async () => {
    desk.put(offered('c-offer'));
    const late = handoff(9, { sla: { firstResponseBy: now() - 5_000 } });
    desk.put(conversation('c-late', { head: head('c-late', { owner: 'queue', handoff: late as never }) }));
    desk.put(mine('c-mine', { promise: { at: ago(60), dueAt: ago(-90), text: '稍等' }, customerName: 'Emma' }));
    await open();
    await see('section-offered', /Offered to you\s*1/);
    await expect.poll(() => text('offer-left')).toMatch(/0:\d\d left/);
    await expect
      .poll(() => page.locator('[data-conversation="c-late"]').textContent())
      .toMatch(/Complaints.*0:\d\d late/);
    await expect
      .poll(() => page.locator('[data-conversation="c-mine"]').textContent())
      .toMatch(/new.*promised in 1:\d\d/);
    await expect.poll(() => page.title()).toBe('(3) Cuecard');
    await page.keyboard.press('q');
    await page.keyboard.type('emma');
    await expect.poll(() => page.getByTestId('queue-item').count()).toBe(1);
    await page.keyboard.press('Enter');
    await see('owner', 'Yours');
    await nothingSerious(page);
  });

  test('an offer is taken by key and let pass by key, and only mine is asked of me', async () => {
    desk.put(offered('c-1'));
    desk.put(offered('c-2', 60_000));
    await open();
    await expect.poll(() => page.getByTestId('offer').count()).toBe(2);
    await page.keyboard.press('a');
    await see('owner', 'Yours');
    await expect.poll(() => posted(/c-1\/accept$/)).toHaveLength(1);
    await page.keyboard.press('x');
    await expect.poll(() => page.getByTestId('offer').count()).toBe(0);
    await expect.poll(() => posted(/c-2\/decline$/)).toHaveLength(1);
    await see('section-waiting', /Waiting\s*1/);
  });

  test('two hundred are all there, and only those in sight are drawn', async () => {
    for (let n = 0; n < 200; n += 1) desk.put(mine(`c-${n}`, { lastText: `line ${n}` }));
    await open();
    await see('section-mine', /Yours\s*200/);
    await expect.poll(() => page.getByTestId('queue-item').count()).toBeLessThan(40);
    for (let n = 0; n < 30; n += 1) await page.keyboard.press('j');
    const shown = page.locator('[data-conversation][aria-current="true"]');
    await shown.waitFor();
    await expect.poll(() => shown.boundingBox()).toMatchObject({ x: expect.any(Number) });
  });
});

describe('presence', () => {
  test('who missed too many offers is told so above the list, until the key brings them back', async () => {
    await open();
    const is = () => page.getByTestId('presence').getAttribute('data-presence');
    await expect.poll(is).toBe('online');
    Object.assign(desk.team, { presence: 'away', awayAfter: 3 });
    await page.evaluate(() => sessionStorage.setItem('cuecard.presence', '"away"'));
    await page.reload();
    await see('missed-offers', 'You missed 3 offers and are away');
    await nothingSerious(page);
    await page.keyboard.press('o');
    await expect.poll(is).toBe('online');
    await expect.poll(() => page.getByTestId('missed-offers').count()).toBe(0);
  });

  test('is online from the start for an agent; going off asks while something is theirs', async () => {
    desk.put(mine('c-1'));
    await open();
    const is = () => page.getByTestId('presence').getAttribute('data-presence');
    await expect.poll(is).toBe('online');
    await page.keyboard.press('o');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('presence');
    await page.keyboard.press('Enter');
    await page.getByTestId('presence-off').click();
    await page.getByTestId('off-dialog').getByText('still yours: 1').waitFor();
    await expect.poll(() => desk.team.presence).toBe('online');
    await page.getByTestId('off-go').click();
    await expect.poll(is).toBe('off');
    await expect.poll(() => desk.team.presence).toBe('off');
  });
});

describe('passing on and closing', () => {
  test('to an agent with a note, by keyboard alone', async () => {
    desk.team.agents = [
      { agentId: 'lei', name: 'Lei', presence: 'online', at: ago(1), load: 2, capacity: 5 },
      { agentId: 'off', name: 'Nobody', presence: 'off', at: ago(1), load: 0, capacity: 5 },
    ] as AgentView[];
    desk.put(mine('c-1'));
    desk.put(mine('c-2'));
    await open();
    await pick('c-1');
    await page.getByTestId('conversation').getByRole('heading').first().click();
    await page.keyboard.press('p');
    const dialog = page.getByTestId('transfer-dialog');
    await dialog.getByText('Online · 2 of 5').waitFor();
    await expect.poll(() => dialog.textContent()).not.toContain('Nobody');
    await nothingSerious(page);
    await dialog.locator('[data-target="agent lei"] input').focus();
    await page.keyboard.press('Space');
    await page.getByTestId('transfer-note').focus();
    await page.keyboard.type('wants a refund today');
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => posted(/transfer$/)[0]?.body).toEqual({ agentId: 'lei', note: 'wants a refund today' });
    // What is somebody else's now is left for what one still holds.
    await expect.poll(() => page.url()).toContain('c-2');
  });

  test('closes with a note that was drafted and edited; a failure keeps every word', async () => {
    desk.team.wrapUp = {
      draft: { note: 'Asked to cancel.', disposition: 'follow_up', tags: ['cancel'] },
      kind: 'rules',
      points: [],
    };
    desk.put(mine('c-1'));
    await open();
    await pick('c-1');
    await page.getByTestId('conversation').getByRole('heading').first().click();
    await page.keyboard.press('c');
    await expect.poll(() => page.getByTestId('wrap-up-note').inputValue()).toBe('Asked to cancel.');
    await nothingSerious(page);
    await page.getByTestId('wrap-up-note').fill('Asked to cancel; done.');
    desk.failures.set('/v1/desk/conversations/c-1/close', [503]);
    await page.keyboard.press('Control+Enter');
    await page.getByTestId('close-dialog').getByRole('alert').waitFor();
    await expect.poll(() => page.getByTestId('wrap-up-note').inputValue()).toBe('Asked to cancel; done.');
    await page.getByTestId('close-go').click();
    await see('owner', 'Closed');
    await expect
      .poll(() => posted(/close$/).at(-1)?.body)
      .toEqual({
        wrapUp: { note: 'Asked to cancel; done.', disposition: 'follow_up', tags: ['cancel'] },
      });
  });
});

describe('a network that fails', () => {
  test('what is sent meanwhile is kept and goes once; what came meanwhile is there once, in order', async () => {
    desk.put(mine('c-1'));
    await open();
    await pick('c-1');
    await isLive();
    await page.context().setOffline(true);
    desk.dropSockets();
    await page.getByTestId('composer').fill('on its way');
    await page.keyboard.press('Enter');
    await see('message-pending', 'Waits for the connection');
    await see('offline-place', 'No connection');
    const before = desk.conversations.get('c-1');
    if (before === undefined) throw new Error('it was put there');
    const more = [message('m2', 'customer', 'are you there'), message('m3', 'customer', 'hello?')];
    const messages = [...before.messages, ...more];
    desk.conversations.set('c-1', { ...before, head: { ...before.head, version: 5 }, messages });
    await page.context().setOffline(false);
    await page.getByTestId('message-agent').waitFor();
    await expect.poll(() => posted(/c-1\/messages$/)).toHaveLength(1);
    const lines = await page.getByTestId('transcript').locator('article .bubble').allTextContents();
    expect(lines).toEqual(['帮我取消订单 CC2026111900417', 'are you there', 'hello?', 'on its way']);
    await isLive();
  });

  test('a reply that was begun outlives a reload, each in its conversation', async () => {
    desk.put(mine('c-1'));
    desk.put(mine('c-2'));
    await open();
    await pick('c-1');
    await page.getByTestId('composer').fill('half a sentence');
    await pick('c-2');
    await expect.poll(() => composer()).toBe('');
    await page.reload();
    await page.locator('[data-conversation="c-1"]').getByText('draft').waitFor();
    await pick('c-1');
    await expect.poll(composer).toBe('half a sentence');
  });

  test('what came since the reply was begun is said at the reply, until it is emptied', async () => {
    desk.put(mine('c-1'));
    await open();
    await pick('c-1');
    await isLive();
    await page.getByTestId('composer').fill('Please send it back');
    const said = message('m-9', 'customer', 'never mind, I keep it');
    const before = mine('c-1', { version: 9, customerSeq: 2, lastCustomerText: said.text });
    desk.put({ ...before, messages: [...before.messages, said] });
    await see('arrived-note', /\(1\): never mind, I keep it/);
    await expect.poll(() => composer()).toBe('Please send it back');
    await page.getByTestId('composer').fill('');
    await expect.poll(() => text('arrived-note')).toBe('');
  });

  test('what was handed over is said once: the note above, a product by its name', async () => {
    const from = { note: 'She keeps the shoe.', from: 'sara' };
    const facts = [
      { name: 'note', value: from.note },
      { name: 'product', value: 'p7' },
    ];
    const before = mine('c-1', { handoff: handoff(5, from) });
    const order = { number: 'CC1', status: 'paid', items: [{ productId: 'p7', title: 'Trail shoe', quantity: 1 }] };
    const handedOver = { ...handoff(5), ...from, facts, transcript: [], summary: [], suggestions: [] };
    desk.put({
      ...before,
      package: handedOver,
      customer: { id: 'u-1' as never, orders: [order], updatedAt: ago(9) },
    });
    await open();
    await pick('c-1');
    await see('handoff-banner', /Trail shoe/);
    expect((await text('handoff-banner')).match(/She keeps the shoe/g)).toHaveLength(1);
  });

  test('a slow server is noticed', async () => {
    desk.put(mine('c-1'));
    await open();
    await pick('c-1');
    await isLive();
    let letGo = () => undefined as undefined;
    const waited = new Promise<void>((resolve) => {
      letGo = () => void resolve() as undefined;
    });
    await page.route('**/c-1/messages', async (route) => {
      await waited;
      await route.continue();
    });
    await page.getByTestId('composer').fill('slowly');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByTestId('live').getAttribute('data-slow')).toBe('true');
    await expect.poll(() => text('message-pending')).toContain('slowly');
    letGo();
    await page.getByTestId('message-agent').waitFor();
    await expect.poll(() => page.getByTestId('message-pending').count()).toBe(0);
  });
});

test('two tabs agree: what one does the other shows', async () => {
  desk.put(offered('c-1'));
  await open();
  const other = await page.context().newPage();
  await other.goto(deskUrl());
  await other.locator('[data-conversation="c-1"]').click();
  await other.getByTestId('composer').waitFor();
  await page.keyboard.press('a');
  await see('owner', 'Yours');
  await see('owner', 'Yours', other);
  await expect.poll(() => other.getByTestId('offer').count()).toBe(0);
  await page.getByTestId('composer').fill('hello from the first');
  await page.getByTestId('composer').press('Enter');
  await see('message-agent', 'hello from the first', other);
});

test('facts that changed are shown before they go', async () => {
  desk.put(mine('c-1'));
  await open();
  await pick('c-1');
  const changes = [{ productId: 'p1', title: 'Runner', field: 'price', was: '¥369', is: '¥399' }];
  let refused = false;
  await page.route('**/c-1/messages', async (route) => {
    if (refused) return route.continue();
    refused = true;
    const body = JSON.stringify({ title: 'Conflict', detail: 'Facts have changed', changes });
    return route.fulfill({ status: 409, contentType: 'application/problem+json', body });
  });
  await page.getByTestId('composer').fill('The Runner is ¥369');
  await page.getByTestId('send').click();
  await see('facts-changed', 'Runner: price was ¥369, is now ¥399');
  await expect.poll(() => composer()).toBe('The Runner is ¥369');
  await page.getByTestId('send-confirmed').click();
  await see('message-agent', 'The Runner');
  await expect.poll(() => posted(/c-1\/messages$/).at(-1)?.body).toMatchObject({ confirmed: true });
});

test('whoever has scrolled up is told how much is new, and comes back', async () => {
  const lines = Array.from({ length: 60 }, (_, n) => message(`m${n}`, 'customer', `line ${n}`));
  desk.put(conversation('c-1', { messages: lines }));
  await open();
  await pick('c-1');
  await page.getByTestId('transcript').getByText('line 59').waitFor();
  await page.getByTestId('transcript').hover();
  await page.mouse.wheel(0, -5_000);
  await page.getByTestId('to-end').waitFor();
  desk.put({
    ...conversation('c-1', { messages: [...lines, message('m60', 'customer', 'line 60')] }),
    head: head('c-1', { version: 2 }),
  });
  await see('to-end', '1 new below');
  await page.getByTestId('to-end').click();
  await expect.poll(() => page.getByTestId('to-end').count()).toBe(0);
});
