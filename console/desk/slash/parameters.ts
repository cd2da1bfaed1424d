import type { Assist } from '../../../lib/domain/assist.ts';
import type { ConversationDetail } from '../../../lib/domain/contract/desk.ts';
import type { Order } from '../../../lib/domain/customer.ts';

/** `{{ask.order_number}}` is asked for when a phrase is inserted, and so is any other place that nothing has filled. */
const PLACE = /\{\{\s*(?:ask\.)?([^{}\s][^{}]*?)\s*\}\}/g;

/** What is asked for, in the order of the text, each once. */
export function parametersOf(text: string): string[] {
  return [...new Set([...text.matchAll(PLACE)].map(([, name = '']) => name))];
}

/** The text with its places filled; one without a value keeps its name, so that it is seen. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(PLACE, (place, name: string) => {
    const value = values[name]?.trim();
    return value === undefined || value === '' ? place : value;
  });
}

type Known = Readonly<Partial<Record<string, string>>>;

/** Names under which people ask for a fact, in either language. */
const ALIASES: readonly (readonly [string, RegExp])[] = [
  ['order_number', /^(?:order(?:[ _]?(?:number|no|id))?|订单号?|单号|订单编号)$/i],
  ['tracking_number', /^(?:tracking(?:[ _]?(?:number|no))?|waybill|快递单号|运单号|物流单号)$/i],
  ['carrier', /^(?:carrier|courier|快递|快递公司|物流公司|承运商)$/i],
  ['eta', /^(?:eta|expected|预计送达|预计到达|送达时间)$/i],
  ['customer_name', /^(?:name|customer(?:[ _]?name)?|姓名|称呼|客户|客户姓名|昵称)$/i],
  ['product', /^(?:product|item|商品|商品名|产品)$/i],
];

/** A parameter's known value, by its own name or one that people use for it. */
export function knownValue(name: string, known: Known): string {
  const alias = ALIASES.find(([, names]) => names.test(name))?.[0];
  return known[name] ?? (alias === undefined ? undefined : known[alias]) ?? '';
}

/** The order that the conversation is about: the one the customer points at, or the only one there is. */
function orderMeant(orders: readonly Order[], card: Assist | undefined): Order | undefined {
  const named = card?.order?.number ?? card?.understanding.entities.find(({ type }) => type === 'order_number')?.value;
  if (named === undefined) return orders.length === 1 ? orders[0] : undefined;
  return orders.find(({ number }) => number === named);
}

/** What the conversation has told already, by the entity's name: nothing known is asked for again. */
export function knownFacts(open: ConversationDetail | undefined, card: Assist | undefined): Known {
  const order = orderMeant(open?.customer?.orders ?? [], card);
  const said = (card?.understanding.entities ?? []).map(({ type, value }): [string, string] => [type, value]);
  const facts = Object.entries({
    order_number: order?.number ?? card?.order?.number,
    tracking_number: order?.shipment?.trackingNumber,
    carrier: order?.shipment?.carrier,
    eta: order?.shipment?.eta,
    customer_name: open?.customer?.name ?? open?.head.customerName,
    product: order?.items?.length === 1 ? order.items[0]?.title : undefined,
  }).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return Object.fromEntries([...facts, ...said]);
}
