/** Under trouble with goods that somebody has, nothing is sold: their order and what is done about it stand there. */
import { describe, expect, test } from 'vitest';
import { respond } from '../../../lib/assist/respond.ts';
import { catalog, customerWith, entry, knowledgeOf, readProducts, situationOf } from './fixture.ts';

const knowledge = knowledgeOf([
  entry({
    id: 'broken.zh',
    intent: 'aftersale.damaged',
    language: 'zh',
    question: '商品坏了怎么办？',
    similarQuestions: ['东西坏了', '收到就是坏的', '用了两天就坏了', '漏水了怎么处理'],
    ask: '请提供订单号和问题照片，我帮您处理。',
    answers: [{ text: '1. 打开订单\n2. 点申请售后\n3. 上传照片' }],
  }),
  entry({
    id: 'broken.en',
    intent: 'aftersale.damaged',
    language: 'en',
    question: 'The item is broken, what can I do?',
    similarQuestions: ['It leaks', 'It stopped working', 'My item arrived damaged', 'It does not turn on'],
    answers: [{ text: '1. Open the order\n2. Choose a return\n3. Add a photo' }],
  }),
  entry({
    id: 'stock',
    intent: 'presale.stock',
    question: '有现货吗？',
    similarQuestions: ['Is it in stock?', 'Do you have it in stock', '这款还有货吗', '多少钱', 'How much is it?'],
  }),
]);
const item = (productId: string, title: string) => ({ productId, title, quantity: 1 });
const customer = customerWith({
  recentViews: ['p2'],
  orders: [
    { number: '313021098954', status: 'delivered', items: [item('p1', 'Pourwell Electric Kettle')] },
    { number: '313021098955', status: 'shipped', items: [{ title: '逐风跑步鞋 儿童款', quantity: 1 }] },
  ],
});
const assistOn = (said: string) =>
  respond(situationOf(said, { knowledge, catalog, customer, tenant: situationOf('').tenant }), readProducts);

describe('the order stands there, and no card of the goods', () => {
  test.each([
    ['My Pourwell Electric Kettle leaks', '313021098954'],
    ['The gooseneck kettle stopped working after two days', '313021098954'],
    ['gooseneck kettle arrived cracked!!', '313021098954'],
    ['The Pourwell Electric Kettle does not turn on', '313021098954'],
    ['逐风跑步鞋 儿童款开胶了', '313021098955'],
    ['逐风跑步鞋 儿童款质量太差了，穿两天就坏了', '313021098955'],
    ['我要退逐风跑步鞋 儿童款，鞋底断了', '313021098955'],
  ])('%s', async (said, number) => {
    const assist = await assistOn(said);
    expect(assist.cards).toEqual([]);
    expect(assist.order).toMatchObject({ number, known: true });
  });
});

test('what is done about it is a list to tick off', async () => {
  const assist = await assistOn('The gooseneck kettle leaks. It stopped working');
  expect(assist.procedure?.steps.map(({ text }) => text)).toEqual(['Open the order', 'Choose a return', 'Add a photo']);
});

describe('goods that are asked about before buying keep their card', () => {
  test.each([
    ['Does the gooseneck kettle leak?', 'p1'],
    ['gooseneck kettle多少钱', 'p1'],
    ['逐风跑步鞋 儿童款会不会开胶', 'p3'],
    ['逐风跑步鞋 儿童款容易掉色吗', 'p3'],
    ['Is the gooseneck kettle in stock?', 'p1'],
  ])('%s', async (said, id) => {
    expect((await assistOn(said)).cards.map(({ productId }) => productId)).toContain(id);
  });
});

test('who wants another in its place is shown others, not the same', async () => {
  const { cards } = await assistOn('逐风跑步鞋坏了，能推荐别的跑步鞋吗');
  expect(cards.map(({ productId }) => productId)).not.toContain('p2');
});
