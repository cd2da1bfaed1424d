import { describe, expect, test } from 'vitest';
import { respondExplained } from '../../../lib/assist/explain/explain.ts';
import { respond } from '../../../lib/assist/respond.ts';
import type { Situation } from '../../../lib/assist/situation.ts';
import type { Assist } from '../../../lib/domain/assist.ts';
import { Explanation } from '../../../lib/domain/explanation.ts';
import { normalize } from '../../../lib/engine/normalize.ts';
import { customerWith, entry, knowledgeOf, readProducts, situationOf, tenantWith } from './fixture.ts';

const entries = [
  entry({
    id: 'track.zh',
    intent: 'delivery.track',
    language: 'zh',
    question: '我的快递到哪里了',
    similarQuestions: ['查一下物流', '包裹现在在哪里', '物流信息怎么看', '快递走到哪了', '帮我查快递'],
    ask: '请提供订单号',
    answers: [
      { text: '{{shipment.carrier}}在路上', when: '订单状态 = 已发货' },
      { text: '还没有发出', when: 'order.status in (paid, processing)' },
    ],
  }),
  entry({
    id: 'invoice.zh',
    intent: 'invoice.how',
    language: 'zh',
    question: '怎么开发票',
    similarQuestions: ['可以开发票吗', '发票在哪里申请', '我要开票', '电子发票怎么弄', '能不能给我补开发票'],
    answers: [
      { text: '在订单里点申请发票' },
      { text: '双十一期间七天后开票', validFrom: '2026-11-10T00:00:00+08:00', validUntil: '2026-11-12T00:00:00+08:00' },
      { text: '微信里点我的发票', channels: ['wechat'] },
      { text: '旗舰店自动开票', shop: 'flagship' },
      { text: '发票类型：{{shop.invoice_types}}', when: 'customer.tag = vip' },
      { text: '坏了', when: 'order.status ~~ 3' },
    ],
  }),
  entry({
    id: 'invoice.en',
    intent: 'invoice.how',
    language: 'en',
    question: 'How do I get an invoice?',
    similarQuestions: ['can you send me an invoice', 'where is my receipt', 'I need a VAT invoice', 'invoice please'],
    answers: [{ text: 'Open your order and choose "Invoice".' }],
  }),
  entry({
    id: 'cancel.en',
    intent: 'order.cancel',
    language: 'en',
    question: 'Can I cancel my order?',
    similarQuestions: ['cancel my order', 'I want to cancel', 'stop the order please', 'how to cancel an order'],
    policy: 'assist',
    answers: [{ text: 'Yes, {{customer.name}}, until it leaves us.' }, { text: 'Yes, until it leaves us.' }],
  }),
];
const knowledge = knowledgeOf(entries);
const explained = (said: string, fields: Partial<Situation> = {}) =>
  respondExplained(situationOf(said, { knowledge, ...fields }), readProducts);
const plain = (said: string, fields: Partial<Situation> = {}) =>
  respond(situationOf(said, { knowledge, ...fields }), readProducts);

const first = ({ explanation }: { explanation: Explanation }) => {
  const candidate = explanation.asked[0]?.candidates[0];
  if (candidate === undefined) throw new Error('nothing was asked');
  return candidate;
};
const reasons = (answers: Explanation['asked'][number]['candidates'][number]['answers']) =>
  answers.map(({ holds, chosen, reason }) => [holds, chosen ? 'chosen' : reason]);

describe('an explanation', () => {
  test.for([
    '怎么开发票',
    '你好，请问发票去哪里开',
    '我要开发票。另外快递到哪里了？',
    'can I cancle my order',
    'ok thanks',
    '完全不相关的一句话而已',
    '',
  ])('leaves the assist of "%s" as it is, and fits the contract', async (said) => {
    const { explanation, ...assist } = await explained(said);
    const { timings: _, ...expected }: Assist = await plain(said);
    expect(assist).toMatchObject(expected);
    expect(Explanation.parse(explanation)).toEqual(explanation);
    for (const { text, candidates } of explanation.asked) {
      for (const { matched } of candidates) {
        for (const ngram of matched?.ngrams ?? []) expect(normalize(text)).toContain(ngram.text);
      }
    }
  });

  test('carries the confidences and the order of the suggestions, and names what matched', async () => {
    const assist = await explained('电子发票在哪弄呢');
    const candidate = first(assist);
    expect(candidate).toMatchObject({
      entryId: assist.suggestions[0]?.source.id,
      confidence: assist.suggestions[0]?.confidence,
      exact: false,
      matched: { question: '电子发票怎么弄' },
      policy: 'auto',
      language: 'zh',
    });
    expect(candidate.matched?.similarity).toBeGreaterThan(0.3);
    expect(candidate.matched?.similarity).toBeLessThan(1);
    expect(candidate.matched?.ngrams[0]?.text).toMatch(/发票|电子|票/);
    const weights = candidate.matched?.ngrams.map(({ weight }) => weight) ?? [];
    expect(weights.length).toBeGreaterThan(2);
    expect(weights).toEqual(weights.toSorted((a, b) => b - a));
    expect(Math.min(...weights)).toBeGreaterThan(0);
  });

  test('of an authored question says so, and which', async () => {
    expect(first(await explained('我要开票！'))).toMatchObject({
      entryId: 'invoice.zh',
      exact: true,
      matched: { question: '我要开票', similarity: 1 },
    });
  });

  test('is about the text that was classified, without the courtesies around it', async () => {
    const { explanation } = await explained('你好，麻烦问一下电子发票怎么弄呀，谢谢');
    expect(explanation.asked).toHaveLength(1);
    expect(explanation.asked[0]?.text).not.toMatch(/谢谢|你好/);
  });

  test('of several questions is one each, with the suggestions of each', async () => {
    const assist = await explained('怎么开发票？我的快递到哪里了？');
    expect(assist.understanding.questions).toHaveLength(2);
    expect(assist.explanation.asked.map(({ candidates }) => candidates[0]?.entryId)).toEqual([
      'invoice.zh',
      'track.zh',
    ]);
    expect(assist.explanation.asked[1]?.candidates[0]?.ask).toEqual({ text: '请提供订单号', chosen: true });
  });

  test('of a follow-up shows the text that stands for it', async () => {
    const history = [
      { author: 'customer' as const, text: 'How do I get an invoice?' },
      { author: 'bot' as const, text: 'Open your order and choose "Invoice".' },
    ];
    const assist = await explained('and to cancel?', { history });
    expect(assist.explanation.asked[0]?.text).toBe(assist.understanding.resolved?.text ?? 'and to cancel?');
  });

  test('of a turn that takes an earlier question up again shows that question', async () => {
    const customer = customerWith({
      orders: [
        {
          number: 'A1002003',
          status: 'shipped',
          shipment: { carrier: 'SF', trackingNumber: 'SF1234567', status: 'shipped' },
        },
      ],
    });
    const history = [
      { author: 'customer' as const, text: '我的快递到哪里了' },
      { author: 'bot' as const, text: '请提供订单号' },
    ];
    const assist = await explained('A1002003', { history, customer });
    expect(assist.suggestions[0]?.text).toBe('SF在路上');
    expect(assist.explanation.asked[0]).toMatchObject({
      text: '我的快递到哪里了',
      candidates: [{ entryId: 'track.zh' }],
    });
  });

  test('of a tapped choice names the entry, and no likeness that nobody measured', async () => {
    const assist = await explained('', {
      turn: { ...situationOf('').turn, parts: [{ kind: 'button', text: 'Invoice', value: 'entry:invoice.en' }] },
    });
    expect(assist.explanation.asked[0]?.candidates).toMatchObject([
      { entryId: 'invoice.en', exact: true, confidence: 1 },
    ]);
    expect(first(assist).matched).toBeUndefined();
  });

  test('without knowledge has nothing to say', async () => {
    expect((await explained('hello', { knowledge: undefined })).explanation.asked).toEqual([]);
  });
});

describe('the answers of a candidate', () => {
  test('say of each variant whether it holds and why it was not chosen', async () => {
    const { answers } = first(await explained('怎么开发票'));
    expect(reasons(answers)).toEqual([
      ['yes', 'chosen'],
      ['no', 'validity'],
      ['no', 'channel'],
      ['no', 'shop'],
      ['unknown', 'missing_fact'],
      ['no', 'bad_condition'],
    ]);
    expect(answers[4]?.missing).toEqual(expect.arrayContaining(['customer.tag', 'shop.invoice_types']));
    expect(answers[1]).toMatchObject({ validUntil: '2026-11-12T00:00:00+08:00' });
  });

  test('change with the time, the channel, the shop and the customer', async () => {
    const at = async (fields: Partial<Situation>) => reasons(first(await explained('怎么开发票', fields)).answers);
    expect((await at({ at: Date.parse('2026-11-11T04:00:00Z') })).slice(0, 2)).toEqual([
      ['yes', 'less_specific'],
      ['yes', 'chosen'],
    ]);
    expect((await at({ channel: 'wechat' }))[2]).toEqual(['yes', 'chosen']);
    expect((await at({ shop: 'flagship', channel: 'wechat' }))[2]).toEqual(['yes', 'less_specific']);
    const vip = customerWith({ tags: ['vip'] });
    const unset = await at({ customer: vip });
    expect(unset[0]).toEqual(['yes', 'missing_fact']);
    expect(unset[4]).toEqual(['yes', 'missing_fact']);
    const tenant = tenantWith({ shopFacts: { invoice_types: '电子' } });
    expect((await at({ customer: vip, tenant }))[4]).toEqual(['yes', 'chosen']);
    expect((await at({ customer: customerWith({ tags: ['new'] }) }))[4]).toEqual(['no', 'condition']);
  });

  test('wait for a fact that the entry asks for', async () => {
    const unknown = first(await explained('我的快递到哪里了'));
    expect(unknown.ask).toEqual({ text: '请提供订单号', chosen: true });
    expect(reasons(unknown.answers)).toEqual([
      ['unknown', 'asks_first'],
      ['unknown', 'asks_first'],
    ]);
    expect(unknown.answers[1]?.missing).toEqual(['order.status']);
    const paid = customerWith({ orders: [{ number: 'A1002003', status: 'paid' }] });
    expect(reasons(first(await explained('我的快递到哪里了', { customer: paid })).answers)).toEqual([
      ['no', 'condition'],
      ['yes', 'chosen'],
    ]);
  });

  test('of the next of equals and of what was sent', async () => {
    const sent = first(await explained('怎么开发票', { sent: ['invoice.zh#0'] }));
    expect(reasons(sent.answers)[0]).toEqual(['yes', 'already_sent']);
  });

  test('are refused with the entry where it is too improbable, or nothing is asked', async () => {
    const tenant = tenantWith({ targetPrecision: { autoReply: 1, suggest: 1 } });
    const strict = await explained('发票的事情怎么弄', { tenant });
    expect(strict.suggestions).toEqual([]);
    expect(reasons(first(strict).answers)[0]).toEqual(['yes', 'below_threshold']);
    const thanks = await explained('好的谢谢，我的发票收到了');
    const told = thanks.explanation.asked[0]?.candidates.find(({ entryId }) => entryId === 'invoice.zh');
    expect(told?.answers[0]).toMatchObject({ chosen: false, reason: 'not_asked' });
  });
});
