/** What an agent notes on closing, and cards whose facts are read again when they are sent. */
import { describe, expect, test } from 'vitest';
import { deskRoom } from '../../../lib/assist/desk.ts';
import { closeConversation, sendReply } from '../../../lib/assist/desk-actions.ts';
import { readConversation } from '../../../lib/assist/desk-read.ts';
import { veiled } from '../../../lib/assist/sight.ts';
import { ProductId } from '../../../lib/domain/ids.ts';
import type { Product } from '../../../lib/domain/product.ts';
import type { WrapUp } from '../../../lib/domain/wrap-up.ts';
import { agent, created, TENANT } from '../../support/conversation.ts';
import { world } from '../../support/flow-world.ts';

const ann = { id: agent('ann'), name: 'Ann' };
const note: WrapUp = { note: 'Refund started, phone 13800138000', disposition: 'solved', tags: ['refund'] };

async function begun(...given: Parameters<typeof world>) {
  const shop = world(...given);
  await shop.receive(created('m1', 'give me a person'));
  await shop.settle();
  shop.pass(1_000);
  shop.calls.length = 0;
  return shop;
}

describe('the note on closing', () => {
  test('stays with the conversation and reaches the platform after all that was said', async () => {
    const { deps, place, settle, calls, head } = await begun();
    await sendReply(deps, place, ann, { text: 'Done.' });
    await closeConversation(deps, place, ann, note);
    expect(await head()).toMatchObject({ owner: 'closed', wrapUp: note });
    expect((await readConversation(deps, place)).wrapUps).toMatchObject([{ agentId: 'ann', delivery: 'pending' }]);
    await settle();
    expect(calls.map(({ type }) => type)).toEqual(['reply.requested', 'conversation.wrapped_up']);
    expect(calls[1]?.data).toMatchObject({ ...note, agentId: 'ann', author: { name: 'Ann' } });
    expect((await readConversation(deps, place)).wrapUps).toMatchObject([{ wrapUp: note, delivery: 'delivered' }]);
  });

  test('is shown of a closed conversation without the customer’s data', async () => {
    const { deps, place, settle } = await begun();
    await closeConversation(deps, place, ann, note);
    await settle();
    const caller = { role: 'agent' as const, tenant: TENANT, agentId: agent('bob') };
    const whole = await deskRoom(deps).read(TENANT, caller, place.conversation);
    const read = veiled(whole, whole.customer);
    expect(read.wrapUps?.[0]?.wrapUp.note).toContain('Refund started');
    expect(JSON.stringify([read.wrapUps, read.head.wrapUp])).not.toContain('13800138000');
  });

  test('is neither overtaken by a customer who comes back nor lost while the platform is down', async () => {
    const { deps, place, settle, sweep, pass, calls, receive, head } = await begun({
      outcomes: ['delivered', 'delivered', 'failed', 'failed', 'failed'],
    });
    await closeConversation(deps, place, ann, note);
    await settle();
    await receive(created('m2', 'one more thing'));
    for (let run = 0; run < 6; run += 1) {
      await settle();
      pass(60_000);
      await sweep();
    }
    const wrapped = calls.filter(({ type }) => type === 'conversation.wrapped_up');
    expect(wrapped.length).toBeGreaterThan(1);
    expect(new Set(wrapped.map(({ id }) => id)).size).toBe(1);
    expect((await head()).undelivered).toBe(0);
    expect((await readConversation(deps, place)).wrapUps).toHaveLength(1);
  });

  test('said twice is one; another one is refused until the conversation is closed again', async () => {
    const { deps, place, settle, calls, receive } = await begun();
    await closeConversation(deps, place, ann, note);
    await closeConversation(deps, place, ann, note);
    await expect(closeConversation(deps, place, ann, { ...note, note: 'other' })).rejects.toMatchObject({
      kind: 'conflict',
    });
    await settle();
    await receive(created('m2', 'hello again'));
    await settle();
    await closeConversation(deps, place, ann, { ...note, note: 'second' });
    await settle();
    const wrapped = calls.filter(({ type }) => type === 'conversation.wrapped_up');
    expect(wrapped.map(({ data }) => data['note'])).toEqual([note.note, 'second']);
    expect((await readConversation(deps, place)).wrapUps?.map(({ wrapUp }) => wrapUp.note)).toEqual([
      note.note,
      'second',
    ]);
  });

  test('may follow a close without one', async () => {
    const { deps, place, settle, calls } = await begun();
    await closeConversation(deps, place, ann);
    await closeConversation(deps, place, ann, note);
    await settle();
    expect(calls.filter(({ type }) => type === 'conversation.wrapped_up')).toHaveLength(1);
  });
});

const shoe: Product = {
  id: ProductId.parse('shoe'),
  title: 'Trail shoe',
  aliases: [],
  attributes: {},
  price: { amount: '99.00', currency: 'USD' },
  stock: 3,
  url: 'https://shop.example/shoe',
  updatedAt: '2026-03-01T00:00:00.000Z',
};
const seen = { productId: shoe.id, price: { amount: '99.00', currency: 'USD' }, inStock: true };

describe('cards', () => {
  const selling = async (products: () => Product[]) => {
    const shop = await begun();
    const deps = { ...shop.deps, readProducts: () => async () => products() };
    return { ...shop, deps };
  };

  test('go with the facts of now', async () => {
    const { deps, place, settle, calls } = await selling(() => [shoe]);
    const { message } = await sendReply(deps, place, ann, { text: 'This one.', cards: [seen] });
    const parts = [
      { kind: 'text', text: 'This one.' },
      { kind: 'product_card', productId: 'shoe', text: 'Trail shoe 99.00 USD', url: shoe.url },
    ];
    expect(message.parts).toEqual(parts);
    await settle();
    expect(calls[0]?.data).toMatchObject({ text: 'This one.', parts });
  });

  test('by themselves are named in words for platforms that show no cards', async () => {
    const { deps, place } = await selling(() => [shoe]);
    expect((await sendReply(deps, place, ann, { text: '', cards: [seen] })).message).toMatchObject({
      text: 'Trail shoe 99.00 USD',
      parts: [{ kind: 'product_card' }],
    });
  });

  test.each<[string, Product[], object]>([
    ['price', [{ ...shoe, price: { amount: '109', currency: 'USD' } }], { was: '99.00 USD', is: '109 USD' }],
    ['price', [{ ...shoe, price: { amount: '99', currency: 'EUR' } }], { was: '99.00 USD', is: '99 EUR' }],
    ['stock', [{ ...shoe, stock: 0 }], { was: 'in', is: 'out' }],
    ['product', [], { was: 'sold', is: 'gone' }],
  ])('are not sent while the %s has changed', async (field, products, words) => {
    const { deps, place, head, calls, settle } = await selling(() => products);
    const before = await head();
    const reply = { text: 'This one.', cards: [seen], clientId: 'c1' };
    await expect(sendReply(deps, place, ann, reply)).rejects.toMatchObject({
      kind: 'conflict',
      members: { changes: [{ productId: 'shoe', field, ...words }] },
    });
    expect(await head()).toEqual(before);
    await sendReply(deps, place, ann, { ...reply, confirmed: true });
    await settle();
    expect(calls.filter(({ type }) => type === 'reply.requested')).toHaveLength(1);
  });

  test('whose price is written otherwise, or was not shown, have not changed', async () => {
    const { deps, place } = await selling(() => [{ ...shoe, price: { amount: '99', currency: 'usd' }, stock: 1 }]);
    await sendReply(deps, place, ann, { text: 'a', cards: [seen] });
    await sendReply(deps, place, ann, { text: 'b', cards: [{ productId: shoe.id }] });
  });

  test('sent again by the same client are sent once, whatever has changed since', async () => {
    let stock = 3;
    const { deps, place, settle, calls } = await selling(() => [{ ...shoe, stock }]);
    const reply = { text: 'This one.', cards: [seen], clientId: 'c1' };
    await sendReply(deps, place, ann, reply);
    stock = 0;
    await sendReply(deps, place, ann, reply);
    await settle();
    expect(calls.filter(({ type }) => type === 'reply.requested')).toHaveLength(1);
  });

  test('are not sent unread', async () => {
    const { deps, place, head } = await begun();
    const failing = { ...deps, readProducts: () => async () => Promise.reject(new Error('down')) };
    const before = await head();
    await expect(sendReply(failing, place, ann, { text: 'x', cards: [seen] })).rejects.toMatchObject({
      kind: 'unavailable',
    });
    expect(await head()).toEqual(before);
  });
});
