import { beforeAll, describe, expect, test } from 'vitest';
import type { Assist } from '../../lib/domain/assist.ts';
import { Release } from '../../lib/domain/release.ts';
import { FAQ_CSV, FAQ_ENTRIES, HOURS, SHIPPING } from '../support/faq.ts';
import { encodeGb18030 } from '../support/gb18030.ts';
import { sharedStack } from '../support/shared-stack.ts';
import { conversationId, type Shop } from '../support/shop.ts';
import type { SharedStack } from '../support/stack.ts';

let stack: SharedStack;
let faq: Shop;

beforeAll(async () => {
  stack = sharedStack();
  faq = await stack.newShop();
}, 300_000);

const BOM = '\ufeff';
/** What preview and production must agree on: all but the moment and the place. */
const essence = ({ understanding, suggestions, cards, next, decision, release }: Assist) => ({
  understanding,
  suggestions,
  cards: cards.map(({ factsAt: _, ...card }) => card),
  next,
  decision,
  release,
});

/** The same words live and in the hit tester, which is told who speaks. */
async function both(shop: Shop, text: string): Promise<Assist> {
  const live = await shop.ask(text);
  expect(essence(await shop.preview({ text, customer: { id: 'u-1' } }))).toEqual(essence(live));
  return live;
}

/** The draft's entries, but for when they were written. */
async function entriesOf(shop: Shop): Promise<object[]> {
  const { items } = (await shop.manage('GET', '/v1/knowledge/entries')) as { items: { updatedAt: string }[] };
  return items.map(({ updatedAt: _, ...entry }) => entry);
}

async function exported(shop: Shop, format: 'csv' | 'json'): Promise<string> {
  const url = `${stack.baseUrl}/v1/knowledge/export?format=${format}`;
  const answer = await fetch(url, { headers: { authorization: `Bearer ${shop.keys.managerToken}` } });
  expect(answer.status).toBe(200);
  return answer.text();
}

describe('a tenant with no packs', () => {
  test('knows nothing, and says so by handing over', async () => {
    const assist = await both(faq, 'When are you open?');
    expect(assist).toMatchObject({
      release: 'rel_0',
      suggestions: [],
      decision: { kind: 'handoff', reason: 'nothing_fits' },
    });
    const { head } = await faq.until(assist.conversationId, (now) => now.head.owner === 'queue', 'the queue');
    expect(head.handoff?.reason).toBe('nothing_fits');
  });

  test('knows what it is given, once that is released', async () => {
    const report = await faq.imported('csv', BOM + FAQ_CSV);
    expect(report).toMatchObject({ status: 'done', rows: FAQ_ENTRIES, added: FAQ_ENTRIES, rejected: [] });
    expect((await faq.ask(HOURS.question)).release).toBe('rel_0');

    const release = await faq.release();
    expect(release).toMatchObject({ status: 'live', entries: FAQ_ENTRIES });
    expect(release.report?.goldenRight).toBe(release.report?.goldenTotal);
    const assist = await both(faq, HOURS.question);
    expect(assist).toMatchObject({ release: release.id, decision: { kind: 'auto_reply', reason: 'confident' } });
    expect(assist.suggestions[0]).toMatchObject({
      text: HOURS.answer,
      source: { kind: 'entry', id: HOURS.id, answer: 0, title: HOURS.question, release: release.id },
    });
  });

  test('keeps to the policy of each entry', async () => {
    expect((await both(faq, 'How do I return something?')).decision).toMatchObject({
      kind: 'handoff',
      reason: 'policy_assist',
    });
    expect((await both(faq, 'charger recall')).decision.kind).toBe('handoff');
    expect((await both(faq, 'what is the capital of Mongolia')).decision).toMatchObject({ kind: 'handoff' });
  });

  test('a live assist can be opened again, with the same understanding, suggestions and decision', async () => {
    const live = await faq.ask({ text: 'can i pay by visa?', customer: { id: 'u-1', tags: ['vip'] } });
    const again = await faq.preview({ replay: live.replay });
    expect(essence(again)).toEqual(essence(live));
    expect(again.turnId).toBe(live.turnId);
  });

  test('what is searched for at the desk is what is known', async () => {
    const search = `${stack.baseUrl}/v1/desk/search?q=${encodeURIComponent('gift wrapping')}`;
    const answer = await fetch(search, { headers: { authorization: `Bearer ${faq.keys.agentToken}` } });
    const { suggestions } = (await answer.json()) as { suggestions: { source: { id: string } }[] };
    expect(suggestions[0]?.source.id).toBe('giftwrap');
  });
});

describe('a spreadsheet', () => {
  const CHINESE = [
    '编号,标准问,相似问,答案,策略',
    '发货,什么时候发货？,"多久发货\n几天能发出",付款后两天内发出,auto',
    '坏行,没有答案的问题,,,auto',
    '发票,可以开发票吗？,开票|要发票,可以开电子发票,auto',
    '',
  ].join('\n');

  test.each([
    ['UTF-8', new TextEncoder().encode(CHINESE)],
    ['UTF-8 with a mark', new TextEncoder().encode(BOM + CHINESE)],
    ['GB18030', encodeGb18030(CHINESE)],
  ])('with Chinese headers in %s is read, and its one bad row is named', async (_, file) => {
    const shop = await stack.newShop();
    const report = await shop.imported('csv', file);
    expect(report).toMatchObject({ status: 'done', rows: 3, added: 2, rejectedTotal: 1 });
    // The second question holds a line break: rows are the spreadsheet's.
    expect(report.rejected).toEqual([expect.objectContaining({ row: 3, column: '答案', value: '' })]);
    expect(report.rejected[0]?.reason).not.toBe('');
    const entry = (await shop.manage('GET', `/v1/knowledge/entries/${encodeURIComponent('发货')}`)) as object;
    expect(entry).toMatchObject({ question: '什么时候发货？', similarQuestions: ['多久发货', '几天能发出'] });
  });

  test('without a column that is needed fails and names it', async () => {
    const shop = await stack.newShop();
    const report = await shop.imported('csv', 'id,question\na,When?\n');
    expect(report.status).toBe('failed');
    expect(report.error).toMatch(/answer/);
  });

  test('that is only tried changes nothing; one that replaces takes the rest away', async () => {
    const shop = await stack.newShop();
    await shop.imported('csv', FAQ_CSV);
    const one = 'id,question,answer\nhours,When are you open?,Never on Sundays.\n';
    const tried = await shop.imported('csv&mode=replace&dryRun=true', one);
    expect(tried).toMatchObject({ dryRun: true, changed: 1, removed: FAQ_ENTRIES - 1 });
    expect((await shop.imported('csv', FAQ_CSV)).unchanged).toBe(FAQ_ENTRIES);
    const replaced = await shop.imported('csv&mode=replace', one);
    expect(replaced).toMatchObject({ changed: 1, removed: FAQ_ENTRIES - 1 });
    const { items } = (await shop.manage('GET', '/v1/knowledge/entries')) as { items: { id: string }[] };
    expect(items.map(({ id }) => id)).toEqual(['hours']);
  });

  test.each(['csv', 'json'] as const)('exported as %s comes back unchanged', async (format) => {
    const shop = await stack.newShop();
    await shop.imported('csv', CONDITIONAL);
    await shop.imported('csv', FAQ_CSV);
    const items = await entriesOf(shop);
    const file = await exported(shop, format);
    expect(await shop.imported(format, file)).toMatchObject({
      added: 0,
      changed: 0,
      rejected: [],
      unchanged: items.length,
    });
    const other = await stack.newShop();
    await other.imported(format, file);
    expect(await entriesOf(other)).toEqual(items);
  });

  test('of products becomes cards beside an answer', async () => {
    const shop = await stack.newShop();
    const products =
      'id,title,category,price,currency,stock,url\nlamp-1,Aurora desk lamp,Lamps,49.00,EUR,3,https://shop.example/lamp\n';
    expect(await shop.imported('csv', products, 'catalog')).toMatchObject({ status: 'done', added: 1 });
    await shop.imported('csv', FAQ_CSV);
    await shop.release();
    const assist = await both(shop, 'Is the Aurora desk lamp in stock?');
    expect(assist.cards[0]).toMatchObject({
      productId: 'lamp-1',
      price: { amount: '49.00', currency: 'EUR' },
      inStock: true,
    });
  });
});

const CONDITIONAL = [
  'id,question,similar_questions,answer,when,ask',
  'where,Where is my parcel?,track my parcel|parcel status,It is on its way with {{shipment.carrier}}: {{shipment.tracking_number}}.,order.status = shipped,Which order is it?',
  'where,Where is my parcel?,,We are packing it right now.,"order.status in (paid, processing)",',
  'where,Where is my parcel?,,It has arrived; please look with your neighbours.,order.status = delivered,',
  'paint,Do you sell paint?,is there paint,Yes: in all colours.,,',
  '',
].join('\n');

describe('an answer with conditions', () => {
  let shop: Shop;
  const QUESTION = 'Where is my parcel?';
  const shipment = { carrier: 'Fernway', trackingNumber: 'FW123', status: 'in_transit' };
  const ask = (...orders: object[]) => shop.ask({ text: QUESTION, customer: { id: `u-${conversationId()}`, orders } });

  beforeAll(async () => {
    shop = await stack.newShop();
    await shop.imported('csv', CONDITIONAL);
    expect((await shop.release()).status).toBe('live');
  });

  test('is the one for the state of the order', async () => {
    const shipped = await ask({ number: 'A1000001', status: 'shipped', shipment });
    expect(shipped.suggestions[0]).toMatchObject({
      text: 'It is on its way with Fernway: FW123.',
      condition: 'order.status = shipped',
      source: { id: 'where', answer: 0 },
    });
    expect(shipped.decision.kind).toBe('auto_reply');
    expect((await ask({ number: 'A1000002', status: 'paid' })).suggestions[0]?.text).toBe(
      'We are packing it right now.',
    );
    expect((await ask({ number: 'A1000003', status: '已签收' })).suggestions[0]?.source.answer).toBe(2);
  });

  test('is asked for when it is not known which order is meant, and is given once it is', async () => {
    const conversation = conversationId();
    const asked = await shop.ask(QUESTION, conversation);
    expect(asked.suggestions[0]).toMatchObject({ role: 'ask', text: 'Which order is it?' });
    expect(asked.decision).toMatchObject({ kind: 'auto_reply', reason: 'needs_fact' });
    await shop.until(conversation, ({ messages }) => messages.length === 2, 'the question back');
    const orders = [
      { number: 'A1000004', status: 'paid' },
      { number: 'A1000005', status: 'delivered' },
    ];
    const told = await shop.ask({ text: 'A1000005', customer: { id: 'u-1', orders } }, conversation);
    expect(told.suggestions[0]?.text).toBe('It has arrived; please look with your neighbours.');
  });

  test('is never half filled', async () => {
    const { suggestions } = await ask({ number: 'A1000006', status: 'shipped' });
    expect(suggestions.map(({ text }) => text).join()).not.toMatch(/\{\{|: \./);
  });
});

describe('a release', () => {
  test('goes live, and back, by one pointer', async () => {
    const shop = await stack.newShop();
    const answer = async () => (await both(shop, HOURS.question)).suggestions[0]?.text;
    await shop.imported('csv', FAQ_CSV);
    const first = await shop.release();
    expect(await answer()).toBe(HOURS.answer);
    const entry = (await shop.manage('GET', `/v1/knowledge/entries/${HOURS.id}`)) as { answers: object[] };
    await shop.manage('PUT', `/v1/knowledge/entries/${HOURS.id}`, { ...entry, answers: [{ text: 'Always.' }] });
    expect(await answer()).toBe(HOURS.answer);

    const kept = await shop.release({ publish: false });
    expect(kept.status).toBe('ready');
    expect(await shop.live()).toBe(first.id);
    const seen = await shop.preview({ text: HOURS.question, release: kept.id });
    expect(seen).toMatchObject({ release: kept.id, suggestions: [{ text: 'Always.' }] });

    const activate = async (id: string) =>
      Release.parse(await shop.manage('POST', `/v1/knowledge/releases/${id}/activate`));
    expect((await activate(kept.id)).status).toBe('live');
    await shop.change({});
    expect(await answer()).toBe('Always.');
    expect((await activate(first.id)).status).toBe('live');
    await shop.change({});
    expect(await answer()).toBe(HOURS.answer);
    const { items } = (await shop.manage('GET', '/v1/knowledge/releases')) as { items: Release[] };
    expect(items.map(({ id, status }) => [id, status])).toEqual([
      [kept.id, 'superseded'],
      [first.id, 'live'],
    ]);
  });

  test('of nothing does no harm', async () => {
    const shop = await stack.newShop();
    const release = await shop.release();
    expect(['live', 'failed']).toContain(release.status);
    expect((await shop.ask(SHIPPING.question)).decision).toMatchObject({ kind: 'handoff', reason: 'nothing_fits' });
  });

  test('never stops messages from being answered while it compiles', async () => {
    const busy = await stack.newShop({ packs: ['ecommerce'] });
    const compiling = async (): Promise<boolean> => {
      const { items } = (await busy.manage('GET', '/v1/knowledge/releases')) as { items: Release[] };
      return items.some(({ status }) => status === 'compiling' || status === 'gating');
    };
    await expect.poll(compiling, { timeout: 60_000, interval: 50 }).toBe(true);
    const answers = await Promise.all([HOURS, SHIPPING, HOURS].map(({ question }) => faq.ask(question)));
    expect(await compiling()).toBe(true);
    expect(answers.map(({ suggestions }) => suggestions[0]?.source.id)).toEqual([HOURS.id, SHIPPING.id, HOURS.id]);
  });
});
