import type { Language } from '../../../lib/domain/language.ts';
import type { CompileInput, EngineClass } from '../../../lib/engine/types.ts';

/** A tiny shop in two languages, written for these tests; `asked` are other ways to say it, never seen in training. */
type Sample = { key: string; language: Language; answer: string; questions: string[]; asked: string[] };

const encoder = new TextEncoder();

export const SHOP: readonly Sample[] = [
  {
    key: 'zh.ship',
    language: 'zh',
    answer: '付款后48小时内发货。',
    questions: [
      '什么时候发货',
      '多久能发货',
      '今天能发吗',
      '怎么还不发货',
      '催一下发货',
      '几天发出来',
      '下单后几天发货',
    ],
    asked: ['亲，几天能发货呀', '還沒發貨嗎，催一下'],
  },
  {
    key: 'zh.refund',
    language: 'zh',
    answer: '在订单页申请退款，审核后原路退回。',
    questions: [
      '怎么退款',
      '我要退款',
      '申请退款',
      '钱什么时候退回来',
      '退款多久到账',
      '不想要了退钱',
      '退款怎么还没到',
    ],
    asked: ['退款几天能到账啊', '我不想要了，给我退钱'],
  },
  {
    key: 'zh.invoice',
    language: 'zh',
    answer: '订单完成后可以开电子发票。',
    questions: [
      '能开发票吗',
      '发票怎么开',
      '我要开票',
      '电子发票在哪下载',
      '可以开专票吗',
      '发票抬头写错了',
      '补开发票',
    ],
    asked: ['请问可以开发票不', '發票在哪裡下載'],
  },
  {
    key: 'zh.address',
    language: 'zh',
    answer: '未发货的订单可以修改地址。',
    questions: [
      '改地址',
      '地址写错了',
      '收货地址能改吗',
      '换个地址',
      '帮我修改收货地址',
      '电话号码填错了',
      '地址填错怎么办',
    ],
    asked: ['我地址填错了能改一下吗', '想换一个收货地址'],
  },
  {
    key: 'en.ship',
    language: 'en',
    answer: 'We ship within two days of payment.',
    questions: [
      'when will it ship',
      'has my parcel been sent',
      'how long until you ship',
      'please ship it today',
      'not shipped yet',
    ],
    asked: ['when do you ship my parcel?', 'it has not been shipped yet'],
  },
  {
    key: 'en.refund',
    language: 'en',
    answer: 'Ask for the refund on the order page.',
    questions: [
      'i want a refund',
      'how do i get my money back',
      'refund please',
      'where is my refund',
      'refund not received',
    ],
    asked: ["I still haven't received the refund", 'can I get my money back'],
  },
  {
    key: 'en.invoice',
    language: 'en',
    answer: 'Invoices can be downloaded when the order is complete.',
    questions: [
      'i need an invoice',
      'can you send the invoice',
      'download invoice',
      'wrong company on my invoice',
      'vat invoice',
    ],
    asked: ['please send me an invoice', 'where do I download the invoice'],
  },
  {
    key: 'en.address',
    language: 'en',
    answer: 'The address can be changed until the order is shipped.',
    questions: [
      'change my address',
      'wrong address',
      'i moved to a new address',
      'edit delivery address',
      'the street is wrong',
    ],
    asked: ['can I change the delivery address', 'I gave you the wrong street address'],
  },
];

export const classOf = (key: string, questions: readonly string[], language?: Language): EngineClass => ({
  key,
  questions,
  answer: '',
  payload: encoder.encode(key),
  ...(language === undefined ? {} : { language }),
});

export const inputOf = (classes: readonly EngineClass[]): CompileInput => ({
  classes,
  meta: encoder.encode('meta'),
  outOfScopeShare: 0.3,
});

export const SHOP_INPUT = inputOf(
  SHOP.map(({ key, questions, language, answer }) => ({ ...classOf(key, questions, language), answer })),
);
