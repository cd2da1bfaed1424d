/** What a summary by rules says of facts, and what a conversation was about, in the words of its language. */
import type { Language } from './language.ts';
import { statusLabel } from './order-status.ts';

type Words = Readonly<Record<string, Readonly<Record<Language, string>>>>;

const FACTS: Words = {
  order_number: { zh: '订单号', en: 'order' },
  tracking_number: { zh: '运单号', en: 'tracking number' },
  amount: { zh: '金额', en: 'amount' },
  price_range: { zh: '价格区间', en: 'price range' },
  size: { zh: '尺码', en: 'size' },
  color: { zh: '颜色', en: 'colour' },
  quantity: { zh: '数量', en: 'quantity' },
  product: { zh: '商品', en: 'product' },
  date: { zh: '日期', en: 'date' },
  coupon_code: { zh: '优惠码', en: 'coupon' },
};

/** The groups that the packs sort their entries into; a group a shop names itself is said as it stands. */
const GROUPS: Words = {
  address: { zh: '收货地址', en: 'address' },
  complaint: { zh: '投诉', en: 'complaint' },
  delivery: { zh: '物流配送', en: 'delivery' },
  invoice: { zh: '发票', en: 'invoice' },
  membership: { zh: '会员', en: 'membership' },
  order: { zh: '订单', en: 'order' },
  payment: { zh: '支付', en: 'payment' },
  presale: { zh: '售前咨询', en: 'before buying' },
  price: { zh: '价格', en: 'price' },
  promotion: { zh: '优惠活动', en: 'promotion' },
  returns: { zh: '退换货', en: 'returns' },
  safety: { zh: '安全', en: 'safety' },
  service: { zh: '客户服务', en: 'service' },
};

const FACT = /^(\w+): (.+?)(?: \(([^()]+)\))?$/s;
const RANGE = /^(\d[\d.]*)?\.\.(\d[\d.]*)?( [A-Z]{3})?$/;

/** A fact of a summary (`order_number: 123 (shipped)`) in words; the state is an order's. What is none stays as it is. */
export function factInWords(text: string, language: Language): string {
  const [, name = '', value = '', state] = FACT.exec(text) ?? [];
  const label = FACTS[name]?.[language];
  if (label === undefined) return text;
  if (name !== 'order_number') return `${label} ${valueInWords(text.slice(name.length + 2), language)}`;
  const says =
    state === undefined ? '' : language === 'zh' ? `（${statusLabel(state, 'zh')}）` : ` (${statusLabel(state, 'en')})`;
  return `${label} ${value}${says}`;
}

/** A price range (`100..300 CNY`, `~300`) as a person writes it; any other value as it is. */
function valueInWords(value: string, language: Language): string {
  const isZh = language === 'zh';
  if (value.startsWith('~')) return isZh ? `${value.slice(1)}左右` : `about ${value.slice(1)}`;
  const [, least, most, currency = ''] = RANGE.exec(value) ?? [];
  if (least !== undefined && most !== undefined) return `${least}–${most}${currency}`;
  const bound = least ?? most;
  if (bound === undefined) return value;
  const [zh, en] = least === undefined ? ['以内', 'up to'] : ['起', 'from'];
  return isZh ? `${bound}${currency}${zh}` : `${en} ${bound}${currency}`;
}

/** What a group of entries is called. */
export const groupInWords = (group: string, language: Language): string => GROUPS[group]?.[language] ?? group;
