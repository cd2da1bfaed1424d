/** Nothing is asked twice: whatever way a fact was given, no suggestion, phrase, checklist or package asks for it again. */
import { describe, expect, test } from 'vitest';
import { respond } from '../../../lib/assist/respond.ts';
import { situate } from '../../../lib/assist/situate.ts';
import { type AskedFact, factsAskedFor } from '../../../lib/domain/asked-facts.ts';
import type { Assist } from '../../../lib/domain/assist.ts';
import type { Customer } from '../../../lib/domain/customer.ts';
import { toMessage } from '../../../lib/domain/inbound.ts';
import type { Message, Part } from '../../../lib/domain/message.ts';
import { newHead } from '../../../lib/handoff/head.ts';
import { handoffPackage } from '../../../lib/handoff/package.ts';
import { CONVERSATION, created, START } from '../../support/conversation.ts';
import { catalog, customerWith, entry, knowledgeOf, readProducts, tenantWith } from './fixture.ts';

type Said = string | Part[];
type Way = { before?: Said[]; now?: Said; customer?: object; asked?: string };
type Language = 'zh' | 'en';

const entries = [
  entry({
    id: 'track.zh',
    language: 'zh',
    question: '我的快递到哪里了',
    similarQuestions: ['查一下物流', '包裹现在在哪里', '快递走到哪了', '帮我查快递'],
    ask: '{{address}}，麻烦提供一下订单号',
    answers: [
      { text: '已经在路上了', when: 'order.status = shipped' },
      { text: '还没有发出，您把订单号发我，我催一下', when: 'order.status = paid' },
      { text: '可以在订单页查看物流，也可以把订单号发我。' },
    ],
  }),
  entry({
    id: 'stock.zh',
    language: 'zh',
    question: '这款还有货吗',
    similarQuestions: ['还有没有货', '什么时候补货', '有现货吗', '断码了吗'],
    answers: [{ text: '有货的。您需要哪个尺码？' }],
  }),
  entry({
    id: 'call.zh',
    language: 'zh',
    question: '快递员没有联系我',
    similarQuestions: ['快递员不打电话', '派送员联系不上', '没接到快递的电话', '让快递员打给我'],
    answers: [{ text: '这边帮您催派送员。麻烦提供一下您的手机号。' }],
  }),
  entry({
    id: 'track.en',
    language: 'en',
    question: 'Where is my parcel?',
    similarQuestions: ['track my order', 'where is my package', 'has it arrived yet', 'tracking please'],
    ask: 'Could you share your order number, please?',
    answers: [
      { text: 'It is on its way.', when: 'order.status = shipped' },
      { text: 'You find it under Orders. Or send me your order number.' },
    ],
  }),
  entry({
    id: 'stock.en',
    language: 'en',
    question: 'Is it in stock?',
    similarQuestions: ['do you have it in stock', 'is it available', 'when is it back in stock', 'sold out?'],
    answers: [{ text: 'Yes, it is. Which size do you need?' }],
  }),
  entry({
    id: 'call.en',
    language: 'en',
    question: 'The courier did not call me',
    similarQuestions: [
      'courier never called',
      'driver did not ring',
      'ask the driver to call me',
      'no call from courier',
    ],
    answers: [{ text: 'We tell the driver. Could you send me your phone number?' }],
  }),
  entry({
    id: 'broken.zh',
    language: 'zh',
    question: '收到的东西碎了',
    similarQuestions: ['杯子碎了', '打开就是坏的', '商品破损了', '碗摔碎了'],
    answers: [{ text: '真抱歉。麻烦发一下照片，我马上处理。' }],
  }),
  entry({
    id: 'broken.en',
    language: 'en',
    question: 'It arrived broken',
    similarQuestions: ['the cup is broken', 'it came smashed', 'item damaged on arrival', 'cracked when it came'],
    answers: [{ text: 'I am sorry about that. Could you send me a photo of it?' }],
  }),
];
const knowledge = knowledgeOf(entries);
const tenant = tenantWith({
  mode: 'assist',
  phrases: {
    hold: { zh: '请稍等，正在看。麻烦提供一下订单号和尺码。', en: 'One moment. Please send me your order number.' },
  },
});

const QUESTIONS: Record<Language, Partial<Record<AskedFact, string>>> = {
  zh: { order_number: '我的快递到哪里了', size: '这款还有货吗', phone: '快递员没有联系我', photo: '收到的东西碎了' },
  en: {
    order_number: 'Where is my parcel?',
    size: 'Is it in stock?',
    phone: 'The courier did not call me',
    photo: 'It arrived broken',
  },
};

async function talk({ before = [], now, customer, asked }: Way, question: string) {
  const given = [...before, ...(asked === undefined ? [] : [asked])];
  const messages: Message[] = given.map((said, at) => {
    const by = said === asked ? { by: { type: 'agent' as const, id: 'ann' } } : {};
    return message(`m${at}`, said, by);
  });
  // What was asked for is answered bare.
  const reply = asked === undefined ? [] : messages.splice(0, before.length);
  const history = [...messages, ...reply].map((one, at) => ({ ...one, at: new Date(START + at).toISOString() }));
  const turn = [
    question === '' ? undefined : message('q1', question, {}),
    now === undefined ? undefined : message('q2', now, {}),
  ];
  const own = turn.filter((one) => one !== undefined);
  const who: Customer | undefined = customer === undefined ? undefined : customerWith(customer);
  const head = { ...newHead(CONVERSATION, START), customerSeq: 9, owner: 'agent:ann' as const };
  const all = [...history, ...own.map((one) => ({ ...one, at: new Date(START + 60_000).toISOString() }))];
  const situation = situate({
    ...{ tenant, opened: { knowledge, catalog }, customer: who, head, messages: all, degraded: [], at: START + 60_000 },
    turn: {
      id: 'trn_9',
      startSeq: 9,
      messageIds: own.map(({ id }) => id),
      revision: 1,
      assisted: 0,
      lastAt: START + 60_000,
    },
  });
  const assist = await respond(situation, readProducts);
  const handoff = {
    reason: 'asked_for_person' as const,
    skill: 'general',
    priority: 5,
    at: new Date(START).toISOString(),
  };
  const packed = handoffPackage({ ...head, handoff }, { messages: all, assists: [assist], customer: who });
  return { assist, texts: [...textsOf(assist), ...textsOf(packed ?? {})] };
}

function message(id: string, said: Said, more: object): Message {
  const { data } = created(id, typeof said === 'string' ? said : '', more);
  const { text: _, ...rest } = data;
  return toMessage(typeof said === 'string' ? data : { ...rest, parts: said }, START);
}

const textsOf = ({
  suggestions = [],
  next,
  procedure,
}: Partial<Pick<Assist, 'suggestions' | 'next' | 'procedure'>>) => [
  ...suggestions.map(({ text }) => text),
  ...(next === undefined ? [] : [next.text]),
  ...(procedure?.missing ?? []).map(({ ask }) => ask),
];
const asksFor = (texts: readonly string[], fact: AskedFact) =>
  texts.filter((text) => factsAskedFor(text).includes(fact));

const ORDER = '313021098954';
const orders = (status: string) => ({ orders: [{ number: ORDER, status }] });
const card: Part[] = [{ kind: 'order_card', orderNumber: ORDER }];
const PICTURE: Part[] = [{ kind: 'image', url: 'https://x.example/1.png' }];
const FACTS = ['order_number', 'size', 'phone', 'photo'] as const;
const WAYS: Record<(typeof FACTS)[number], Record<string, Way>> = {
  order_number: {
    'said before': { before: [`订单 ${ORDER}`] },
    'said bare, when asked': { before: [ORDER], asked: 'Could you share your order number, please?' },
    'said in the turn': { now: `order number ${ORDER}` },
    'by card before': { before: [card] },
    'by card in the turn': { now: card },
    'known of the platform, shipped': { customer: orders('shipped') },
    'known of the platform, paid': { customer: orders('paid') },
    'known of the platform, in a state nobody knows': { customer: orders('in limbo') },
  },
  size: {
    'said before': { before: ['我穿42码', 'size 42'] },
    'said bare, when asked': { before: ['42'], asked: '您需要哪个尺码？' },
    'said as letters, when asked': { before: ['XL'], asked: 'Which size do you need?' },
    'said in the turn': { now: '42码 size 42' },
  },
  phone: {
    'said before': { before: ['电话13812345678'] },
    'said bare, when asked': { before: ['13812345678'], asked: '麻烦提供一下您的手机号。' },
    'said in the turn': { now: '13812345678' },
    'known of the platform': { customer: { attributes: { phone: '13812345678' } } },
    'known of the platform as a number': { customer: { attributes: { phone: 13812345678 } } },
  },
  photo: {
    'sent before': { before: [PICTURE] },
    'sent when asked': { before: [PICTURE], asked: '麻烦发一下照片。' },
    'in the turn': { now: PICTURE },
  },
};
const cases = (['zh', 'en'] as const).flatMap((language) =>
  FACTS.flatMap((fact) => Object.entries(WAYS[fact]).map(([name, way]) => [language, fact, name, way] as const)),
);

describe.each(['zh', 'en'] as const)('while it is not known, %s', (language) => {
  test.each(FACTS)('the %s is asked for', async (fact) => {
    const { texts } = await talk({}, QUESTIONS[language][fact] ?? '');
    expect(asksFor(texts, fact)).not.toEqual([]);
  });
});

test.each(cases)('%s: the %s %s is never asked for again', async (language, fact, _, way) => {
  const { texts } = await talk(way, QUESTIONS[language][fact] ?? '');
  expect(texts).not.toEqual([]);
  expect(asksFor(texts, fact)).toEqual([]);
});

test.each(cases)('%s: nor (%s %s) beside other questions, a greeting or a picture', async (language, fact, _, way) => {
  const others = [
    ...Object.values(QUESTIONS[language]),
    language === 'zh' ? '在吗' : 'hello',
    language === 'zh' ? '查到了吗' : 'any news?',
  ];
  for (const other of others) expect(asksFor((await talk(way, other)).texts, fact)).toEqual([]);
  if (way.now === undefined) expect(asksFor((await talk({ ...way, now: PICTURE }, '')).texts, fact)).toEqual([]);
});
