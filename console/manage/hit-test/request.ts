import type { Language } from '../../../lib/domain/language.ts';

/** What is typed into the form, all as text. */
export type Typed = {
  text: string;
  history: string;
  orderNumber: string;
  orderStatus: string;
  payment: string;
  cart: string;
  views: string;
  tags: string;
  /** As `<input type="datetime-local">` writes it, in this computer's clock. */
  at: string;
  language: '' | Language;
  owner: 'bot' | 'agent';
  shop: string;
  channel: string;
};

export const EMPTY: Typed = {
  text: '',
  history: '',
  orderNumber: '',
  orderStatus: '',
  payment: '',
  cart: '',
  views: '',
  tags: '',
  at: '',
  language: '',
  owner: 'bot',
  shop: '',
  channel: '',
};

/** Who is named before a line's colon; anybody else is the customer. */
const AUTHORS: readonly [RegExp, 'agent' | 'bot' | 'customer'][] = [
  [/^(?:agent|客服|坐席)\s*[:：]\s*/i, 'agent'],
  [/^(?:bot|机器人)\s*[:：]\s*/i, 'bot'],
  [/^(?:customer|顾客|客户|买家)\s*[:：]\s*/i, 'customer'],
];

/** Lines before the message, oldest first. */
export function historyOf(text: string): { author: 'agent' | 'bot' | 'customer'; text: string }[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [pattern, author] = AUTHORS.find(([named]) => named.test(line)) ?? [undefined, 'customer' as const];
      return { author, text: pattern === undefined ? line : line.replace(pattern, '') };
    });
}

const names = (text: string): string[] => text.split(/[\s,，、;；]+/).filter((name) => name !== '');

/** The number an order has when only its state matters. */
const SOME_ORDER = 'T00000001';

function customerOf({ orderNumber, orderStatus, payment, cart, views, tags }: Typed): object | undefined {
  const number = orderNumber.trim();
  const order = { number: number === '' ? SOME_ORDER : number, status: orderStatus === '' ? 'unknown' : orderStatus };
  const hasOrder = number !== '' || orderStatus !== '' || payment !== '';
  const customer = {
    ...(hasOrder ? { orders: [{ ...order, ...(payment === '' ? {} : { paymentMethod: payment }) }] } : {}),
    ...(names(cart).length === 0 ? {} : { cart: names(cart) }),
    ...(names(views).length === 0 ? {} : { recentViews: names(views) }),
    ...(names(tags).length === 0 ? {} : { tags: names(tags) }),
  };
  return Object.keys(customer).length === 0 ? undefined : customer;
}

/** The body of `POST /v1/assist/preview`. */
export function requestOf(typed: Typed): object {
  const customer = customerOf(typed);
  const [shop, channel] = [typed.shop.trim(), typed.channel.trim()];
  return {
    text: typed.text,
    history: historyOf(typed.history),
    owner: typed.owner === 'bot' ? 'bot' : 'agent:hit-test',
    ...(customer === undefined ? {} : { customer }),
    ...(typed.language === '' ? {} : { language: typed.language }),
    ...(typed.at === '' ? {} : { at: new Date(typed.at).toISOString() }),
    ...(shop === '' ? {} : { shop }),
    ...(channel === '' ? {} : { channel }),
  };
}
