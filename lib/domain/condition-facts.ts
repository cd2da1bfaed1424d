import { foldWord, orderStatus, paymentMethod, paymentName } from './order-status.ts';

/** What a condition may ask about; closed, so that a condition never depends on something nobody provides. */
export const FACTS = [
  'order.status',
  'order.payment',
  'order.age_days',
  'order.delivered_days',
  'platform',
  'channel',
  'shop',
  'product.category',
  'product.sku',
  'customer.tag',
  'first_contact',
  'time',
  'weekday',
  'date',
] as const;
export type Fact = (typeof FACTS)[number];

/**
 * How a fact's values compare. `text`, `status`, `payment` and `truth` are equal or not; the others are ordered and
 * read as numbers: minutes since midnight, 1 (Monday) to 7, and `yyyymmdd`.
 */
export type FactKind = 'text' | 'status' | 'payment' | 'truth' | 'number' | 'time' | 'weekday' | 'date';

const KINDS: Readonly<Record<Fact, FactKind>> = {
  'order.status': 'status',
  'order.payment': 'payment',
  'order.age_days': 'number',
  'order.delivered_days': 'number',
  platform: 'text',
  channel: 'text',
  shop: 'text',
  'product.category': 'text',
  'product.sku': 'text',
  'customer.tag': 'text',
  first_contact: 'truth',
  time: 'time',
  weekday: 'weekday',
  date: 'date',
};

const ALIASES: Readonly<Record<Fact, readonly string[]>> = {
  'order.status': ['订单状态'],
  'order.payment': ['支付方式', '付款方式', 'order.payment_method'],
  'order.age_days': ['下单天数'],
  'order.delivered_days': ['签收天数'],
  platform: ['平台'],
  channel: ['渠道'],
  shop: ['店铺'],
  'product.category': ['商品分类', '商品类目', '类目'],
  'product.sku': ['商品编码', '商品编号'],
  'customer.tag': ['客户标签', '用户标签', '标签'],
  first_contact: ['首次', '首次咨询', '首次联系'],
  time: ['时间'],
  weekday: ['星期'],
  date: ['日期'],
};

const BY_NAME = new Map<string, Fact>(
  FACTS.flatMap((fact) => [fact, ...ALIASES[fact]].map((name): [string, Fact] => [name, fact])),
);

/** Every name a fact may be written by, longest first. */
export const FACT_NAMES: readonly string[] = [...BY_NAME.keys()].sort((a, b) => b.length - a.length);

export function factNamed(name: string): Fact | undefined {
  return BY_NAME.get(name.toLowerCase());
}

export function kindOf(fact: Fact): FactKind {
  return KINDS[fact];
}

export function isOrdered(kind: FactKind): boolean {
  return kind === 'number' || kind === 'time' || kind === 'weekday' || kind === 'date';
}

const WEEKDAYS = [
  ['1', 'mon', 'monday', '周一', '星期一', '礼拜一'],
  ['2', 'tue', 'tuesday', '周二', '星期二', '礼拜二'],
  ['3', 'wed', 'wednesday', '周三', '星期三', '礼拜三'],
  ['4', 'thu', 'thursday', '周四', '星期四', '礼拜四'],
  ['5', 'fri', 'friday', '周五', '星期五', '礼拜五'],
  ['6', 'sat', 'saturday', '周六', '星期六', '礼拜六'],
  ['7', 'sun', 'sunday', '周日', '周天', '星期日', '星期天', '礼拜天'],
] as const satisfies readonly (readonly string[])[];

const TRUE_WORDS: ReadonlySet<string> = new Set(['true', 'yes', '是', '1']);
const FALSE_WORDS: ReadonlySet<string> = new Set(['false', 'no', '否', '不是', '0']);

function readNumber(word: string): number | undefined {
  const digits = /^(-?\d{1,9}(?:\.\d{1,6})?)(?:天|日|d|days?)?$/.exec(word)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function readTime(word: string): number | undefined {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(word) ?? [];
  if (hour === undefined || minute === undefined) return undefined;
  const minutes = Number(hour) * 60 + Number(minute);
  return Number(minute) < 60 && minutes <= 24 * 60 ? minutes : undefined;
}

function readDate(word: string): number | undefined {
  const [, ...fields] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(word) ?? [];
  if (fields.length !== 3) return undefined;
  const [year = 0, month = 0, day = 0] = fields.map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? year * 10_000 + month * 100 + day : undefined;
}

function readWeekday(word: string): number | undefined {
  const index = WEEKDAYS.findIndex((names) => (names as readonly string[]).includes(word));
  return index === -1 ? undefined : index + 1;
}

function readTruth(word: string): string | undefined {
  if (TRUE_WORDS.has(word)) return 'true';
  return FALSE_WORDS.has(word) ? 'false' : undefined;
}

/** A value as written in a condition, ready to compare; undefined when the fact cannot have it. */
export function readLiteral(kind: FactKind, written: string): string | number | undefined {
  const word = written.normalize('NFKC').trim().toLowerCase();
  if (kind === 'number') return readNumber(word);
  if (kind === 'time') return readTime(word);
  if (kind === 'date') return readDate(word);
  if (kind === 'weekday') return readWeekday(word);
  if (kind === 'truth') return readTruth(word);
  return word === '' ? undefined : word;
}

/** What a value of this kind looks like, for an error message. */
export const EXPECTED: Readonly<Record<FactKind, string>> = {
  text: 'a value',
  status: 'an order status such as shipped',
  payment: 'a payment method such as cod',
  truth: 'true or false',
  number: 'a number',
  time: 'a time such as 09:00',
  weekday: 'a day such as mon or 周一',
  date: 'a date such as 2026-11-11',
};

/**
 * Whether a text fact has this value. An order's state and payment are compared by meaning, so that a condition
 * written in our words holds for every platform's; a payment also by its own name (`wechat` as well as `online`).
 */
export function sameWord(kind: FactKind, literal: string, actual: string): boolean {
  if (kind === 'status') return orderStatus(literal) === orderStatus(actual);
  if (kind !== 'payment') return foldWord(literal) === foldWord(actual);
  const name = paymentName(literal);
  return name === paymentName(actual) || name === paymentMethod(actual);
}
