import type { Language } from './language.ts';

/** Words that platforms use for one state of an order or one way to pay, folded (see `foldWord`). */
type Words = Readonly<Record<string, readonly string[]>>;

const STATUS_WORDS: Words = {
  pending_payment: ['待付款', '待支付', '未付款', '未支付', 'unpaid', 'pending', 'awaiting_payment', 'wait_buyer_pay'],
  paid: ['已付款', '已支付', '付款成功', '支付成功', 'payment_received', 'authorized'],
  processing: [
    '待发货',
    '未发货',
    '备货中',
    '配货中',
    '待出库',
    '出库中',
    '打包中',
    'unfulfilled',
    'awaiting_shipment',
    'awaiting_fulfillment',
    'preparing',
    'wait_seller_send_goods',
  ],
  shipped: [
    '已发货',
    '已出库',
    '运输中',
    '配送中',
    '派送中',
    '派件中',
    '待收货',
    '在途',
    'fulfilled',
    'dispatched',
    'in_transit',
    'on_the_way',
    'out_for_delivery',
    'wait_buyer_confirm_goods',
  ],
  delivered: ['已签收', '已送达', '已妥投', '已收货', '妥投', '签收', 'received', 'signed'],
  completed: [
    '已完成',
    '交易成功',
    '交易完成',
    '完成',
    'complete',
    'finished',
    'closed_successfully',
    'trade_finished',
  ],
  cancelled: ['已取消', '取消', '交易关闭', '已关闭', 'canceled', 'cancel', 'voided', 'trade_closed'],
  refunding: ['退款中', '退货中', '售后中', '退款处理中', 'refund_pending', 'refund_requested', 'return_requested'],
  refunded: ['已退款', '退款成功', '退款完成', 'refund_completed', 'refund_success'],
};

const STATUS_LABELS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  pending_payment: { zh: '待付款', en: 'awaiting payment' },
  paid: { zh: '已付款', en: 'paid' },
  processing: { zh: '待发货', en: 'being prepared' },
  shipped: { zh: '已发货', en: 'shipped' },
  delivered: { zh: '已签收', en: 'delivered' },
  completed: { zh: '已完成', en: 'completed' },
  cancelled: { zh: '已取消', en: 'cancelled' },
  refunding: { zh: '退款中', en: 'being refunded' },
  refunded: { zh: '已退款', en: 'refunded' },
};

const PAYMENT_WORDS: Words = {
  wechat: ['微信', '微信支付', 'wechat_pay', 'wechatpay', 'weixin', 'wxpay'],
  alipay: ['支付宝', 'ali_pay'],
  card: ['银行卡', '信用卡', '储蓄卡', '借记卡', 'credit_card', 'debit_card', 'bank_card', 'visa', 'mastercard'],
  paypal: ['贝宝'],
  apple_pay: ['applepay', '苹果支付'],
  google_pay: ['googlepay'],
  unionpay: ['银联', '云闪付', 'union_pay'],
  balance: ['余额', '余额支付', 'wallet', 'gift_card', '礼品卡'],
  bank_transfer: ['银行转账', '对公转账', 'transfer', 'wire'],
  online: ['在线支付', '线上支付', '网上支付', 'online_payment', 'prepaid'],
  cod: ['货到付款', '到付', 'cash_on_delivery', 'pay_on_delivery'],
  baitiao: ['白条', '京东白条'],
  huabei: ['花呗'],
  credit: [
    '分期',
    '分期付款',
    '信用支付',
    '先用后付',
    'instalments',
    'installments',
    'klarna',
    'afterpay',
    'pay_later',
  ],
};

const CREDIT: ReadonlySet<string> = new Set(['baitiao', 'huabei', 'credit']);

const PAYMENT_LABELS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  wechat: { zh: '微信支付', en: 'WeChat Pay' },
  alipay: { zh: '支付宝', en: 'Alipay' },
  card: { zh: '银行卡', en: 'card' },
  online: { zh: '在线支付', en: 'online payment' },
  cod: { zh: '货到付款', en: 'cash on delivery' },
  credit: { zh: '分期付款', en: 'instalments' },
};

/** One spelling for words that platforms write in many: width, case, spaces and hyphens do not count. */
export function foldWord(word: string): string {
  return word
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/gu, '_');
}

function inverted(words: Words): ReadonlyMap<string, string> {
  const pairs = Object.entries(words).flatMap(([name, spellings]) =>
    [name, ...spellings].map((spelling): [string, string] => [foldWord(spelling), name]),
  );
  return new Map(pairs);
}

const STATUSES = inverted(STATUS_WORDS);
/** Our words for an order's state. */
export const ORDER_STATUSES: readonly string[] = Object.keys(STATUS_WORDS);
const PAYMENTS = inverted(PAYMENT_WORDS);

/** The platform's word for an order's state in ours (`shipped`, …); a word we do not know stays, folded. */
export function orderStatus(word: string): string {
  const folded = foldWord(word);
  return STATUSES.get(folded) ?? folded;
}

/** The one name of a way to pay: `微信支付` is `wechat`; a word we do not know stays, folded. */
export function paymentName(word: string): string {
  const folded = foldWord(word);
  return PAYMENTS.get(folded) ?? folded;
}

/** The kind of a way to pay: `online`, `cod` or `credit`; a word we do not know stays, folded. */
export function paymentMethod(word: string): string {
  const name = paymentName(word);
  if (CREDIT.has(name)) return 'credit';
  if (name === 'cod') return 'cod';
  return Object.hasOwn(PAYMENT_WORDS, name) ? 'online' : name;
}

/** An order's state as a customer reads it; a platform's word we do not know is shown as it is. */
export function statusLabel(word: string, language: Language): string {
  return STATUS_LABELS[orderStatus(word)]?.[language] ?? word;
}

/** A way to pay as a customer reads it. */
export function paymentLabel(word: string, language: Language): string {
  return PAYMENT_LABELS[paymentName(word)]?.[language] ?? word;
}
