import { describe, expect, test } from 'vitest';
import { respond } from '../../../lib/assist/respond.ts';
import type { Situation } from '../../../lib/assist/situation.ts';
import { Assist } from '../../../lib/domain/assist.ts';
import type { Part } from '../../../lib/domain/message.ts';
import { catalog, entry, knowledgeOf, RELEASE, readProducts, situationOf, tenantWith } from './fixture.ts';

const knowledge = knowledgeOf([
  entry({
    id: 'invoice.zh',
    intent: 'invoice.how',
    language: 'zh',
    question: '怎么开发票',
    similarQuestions: [
      '可以开发票吗',
      '发票在哪里申请',
      '我要开票',
      '电子发票怎么弄',
      '能开发票吗',
      '能不能给我补开发票',
    ],
    answers: [{ text: '在订单里点申请发票' }],
  }),
  entry({
    id: 'ship.zh',
    intent: 'delivery.when_ship',
    language: 'zh',
    question: '什么时候发货',
    similarQuestions: ['多久能发货', '今天能发货吗', '几天发货', '怎么还不发货', '什么时候能发出'],
    answers: [{ text: '付款后尽快发出' }],
  }),
  entry({
    id: 'carrier.zh',
    intent: 'delivery.carrier',
    language: 'zh',
    question: '用什么快递',
    similarQuestions: ['发什么快递', '能发顺丰吗', '你们发哪家快递', '默认是什么快递', '快递可以指定吗'],
    answers: [{ text: '默认快递由仓库安排' }],
  }),
  entry({
    id: 'complaint.zh',
    intent: 'complaint.service',
    language: 'zh',
    question: '我要投诉客服',
    similarQuestions: ['客服态度太差', '投诉你们客服', '怎么投诉客服', '客服骂人我要投诉'],
    policy: 'human',
    answers: [{ text: '非常抱歉' }],
  }),
  entry({
    id: 'invoice.en',
    intent: 'invoice.how',
    language: 'en',
    question: 'How do I get an invoice?',
    similarQuestions: ['can you send me an invoice', 'I need a VAT invoice', 'invoice please', 'where is my invoice'],
    answers: [{ text: 'Open your order and choose "Invoice".' }],
  }),
  entry({
    id: 'ship.en',
    intent: 'delivery.when_ship',
    language: 'en',
    question: 'When will my order ship?',
    similarQuestions: ['when do you ship', 'has it been shipped', 'how soon is it sent', 'when does my order leave'],
    answers: [{ text: 'As soon as it is packed.' }],
  }),
]);
const tenant = tenantWith({ mode: 'hybrid' });

async function assist(said: string | readonly Part[], fields: Partial<Situation> = {}): Promise<Assist> {
  const situation = situationOf(said, { tenant, knowledge, catalog, ...fields });
  return Assist.parse(await respond(situation, readProducts));
}

const asked = ({ understanding }: Assist): string[] => understanding.questions.map(({ intent }) => intent.name);
const sources = ({ suggestions }: Assist): string[] => suggestions.map(({ source }) => source.id);

test.each([
  ['behind a hand-off asks whether anybody is there', { owner: 'queue' }, 'hold'],
  ['while an agent has been talking does so, too', { owner: 'agent:ann' }, 'hold'],
  ['is one at the very beginning', { owner: 'queue', firstContact: true }, 'greet'],
  ['is one to the bot', { owner: 'bot' }, 'greet'],
] as const)('a greeting %s', async (_, fields, phase) => {
  const history = [{ author: 'agent', text: '亲，正在为您核实。' }] as const;
  const said = { ...fields, ...('firstContact' in fields ? {} : { history }) };
  expect((await assist('你好', said)).next?.phase).toBe(phase);
});

describe('several questions in one message', () => {
  test('each has its intent and its own sourced replies, and the first of each lead, in the order of asking', async () => {
    const result = await assist('什么时候发货，能开发票吗，用什么快递');
    expect(asked(result)).toEqual(['delivery.when_ship', 'invoice.how', 'delivery.carrier']);
    expect(sources(result)).toEqual(['ship.zh', 'invoice.zh', 'carrier.zh']);
    for (const { suggestions = [] } of result.understanding.questions) {
      expect(suggestions[0]?.source).toMatchObject({ kind: 'entry', release: RELEASE });
    }
  });

  test('all sure: one reply that answers them all', async () => {
    const result = await assist('什么时候发货？怎么开发票？');
    expect(result.decision).toMatchObject({
      kind: 'auto_reply',
      reason: 'confident',
      reply: { text: '付款后尽快发出\n在订单里点申请发票' },
    });
    expect(result.decision.reply?.suggestionIds).toEqual(result.suggestions.map(({ id }) => id));
  });

  test('one that nothing answers: the bot does not answer the other alone', async () => {
    const result = await assist('怎么开发票？你们老板的星座是哪一个？');
    expect(asked(result)).toHaveLength(2);
    expect(sources(result)[0]).toBe('invoice.zh');
    expect(result.decision.kind).not.toBe('auto_reply');
  });

  test('one that a person must answer: a person answers', async () => {
    expect((await assist('怎么开发票？我要投诉客服！')).decision).toMatchObject({
      kind: 'handoff',
      reason: 'policy_human',
    });
  });

  test('beside a person they are suggested', async () => {
    const { decision } = await assist('什么时候发货？怎么开发票？', { owner: 'agent:ann' });
    expect(decision).toMatchObject({ kind: 'suggest', reason: 'owner_agent' });
  });

  test('in an e-mail: not its greeting, its quote or its signature', async () => {
    const mail =
      'Dear team,\n\n> On Friday you wrote:\n> How can we help? When do you need it?\n\nWhen will my order ship? Also, could you send me an invoice?\n\nKind regards,\nWhen Lee';
    expect(asked(await assist(mail))).toEqual(['delivery.when_ship', 'invoice.how']);
  });

  test('in a list', async () => {
    expect(asked(await assist('1.什么时候发货 2.怎么开发票 3)用什么快递'))).toHaveLength(3);
  });

  test('one question told in clauses stays one', async () => {
    const result = await assist('我昨天买的那个,就是红色的,什么时候发货');
    expect(result.understanding.questions).toEqual([]);
    expect(sources(result)[0]).toBe('ship.zh');
  });

  test('a pasted wall of questions is read in part, and ends', async () => {
    const { understanding } = await assist('什么时候发货？怎么开发票？用什么快递？我要投诉客服！'.repeat(200));
    expect(understanding.questions.length).toBeLessThanOrEqual(5);
  });
});

describe('how much is it', () => {
  const PRICE = { text: '逐风跑步鞋 儿童款：¥199.00', source: { kind: 'product', id: 'p3', release: RELEASE } };

  test('of the product whose card is in the turn', async () => {
    const result = await assist([
      { kind: 'product_card', productId: 'p3' },
      { kind: 'text', text: '多少钱' },
    ]);
    expect(result.suggestions[0]).toMatchObject(PRICE);
    expect(result.cards.map(({ productId }) => productId)).toEqual(['p3']);
    expect(result.decision).toMatchObject({ kind: 'auto_reply', reason: 'confident' });
  });

  test.each([
    ['a card', { author: 'customer', text: '', products: ['p3'] }],
    ['words', { author: 'agent', text: '您可以看看逐风跑步鞋 儿童款' }],
  ] as const)('of the product that %s named before', async (_, line) => {
    const result = await assist('那多少钱呢？', { history: [line, { author: 'agent', text: '亲，在的' }] });
    expect(result.suggestions[0]).toMatchObject(PRICE);
  });

  test('of a product without a price, or of none, nothing is made up', async () => {
    const unpriced = await assist('How much is it?', {
      history: [{ author: 'customer', text: 'Pourwell Electric Kettle' }],
    });
    expect(unpriced.suggestions.filter(({ source }) => source.kind === 'product')).toEqual([]);
    expect((await assist('多少钱')).suggestions.filter(({ source }) => source.kind === 'product')).toEqual([]);
  });

  test('a question about another price is not answered with the product’s', async () => {
    const history = [{ author: 'customer', text: '', products: ['p3'] }] as const;
    const { suggestions } = await assist('运费多少钱', { history });
    expect(suggestions.filter(({ source }) => source.kind === 'product')).toEqual([]);
  });
});

describe('odd messages', () => {
  const history = [
    { author: 'customer', text: '怎么开发票' },
    { author: 'agent', text: '在订单里申请' },
  ] as const;

  test.each(['?', '？？', '在', '在吗', '1', '👍', '😂😂😂', '…', '。', ' ', '[微笑]'])(
    '%j asks for no entry',
    async (said) => {
      for (const before of [[], history]) {
        const result = await assist(said, { history: before });
        expect(result.suggestions).toEqual([]);
        expect(result.understanding.questions).toEqual([]);
        expect(result.understanding.resolved).toBeUndefined();
        expect(['none', 'auto_reply']).toContain(result.decision.kind);
      }
    },
  );

  test.each([
    ['traditional', '怎麼開發票', 'zh', 'invoice.zh'],
    ['full-width', '怎么开发票？？！　', 'zh', 'invoice.zh'],
    ['full-width English', 'Ｈｏｗ ｄｏ Ｉ ｇｅｔ ａｎ ｉｎｖｏｉｃｅ？', 'en', 'invoice.en'],
    ['mixed', 'hello 请问怎么开发票 thanks', 'zh', 'invoice.zh'],
    ['with emoji', '怎么开发票🙏🙏', 'zh', 'invoice.zh'],
    ['shouting', 'HOW DO I GET AN INVOICE???', 'en', 'invoice.en'],
  ])('%s: its language and its entry', async (_, said, language, id) => {
    const result = await assist(said);
    expect(result.understanding.language).toBe(language);
    expect(result.understanding.act).toBe('question');
    expect(sources(result)[0]).toBe(id);
  });

  test('traditional run-ons are split as simplified ones', async () => {
    const result = await assist('什麼時候發貨，能開發票嗎');
    expect(asked(result)).toEqual(['delivery.when_ship', 'invoice.how']);
    expect(result.understanding.questions.map(({ text }) => text)).toEqual(['什麼時候發貨', '能開發票嗎']);
  });

  test.each([
    ['a story', `${'我昨天在家里等了一天，'.repeat(450)}怎么开发票？`],
    ['one word', 'a'.repeat(12_000)],
    ['commas', '，'.repeat(8_000)],
    ['asks', '吗，'.repeat(4_000)],
    ['quotes', '> a\n'.repeat(3_000)],
    ['items', '1. a\n'.repeat(2_000)],
    ['dots', 'a.'.repeat(4_000)],
  ])('very long (%s): a valid card', async (_, said) => {
    const { understanding } = await assist(said, { history });
    expect(understanding.questions.length).toBeLessThanOrEqual(5);
  });
});
