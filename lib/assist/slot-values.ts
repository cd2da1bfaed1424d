import type { Order } from '../domain/customer.ts';
import type { Language } from '../domain/language.ts';
import { formatLocal, instantOf } from '../domain/local-time.ts';
import { paymentLabel, statusLabel } from '../domain/order-status.ts';
import type { Money, Product } from '../domain/product.ts';
import type { SlotValues } from '../domain/slots.ts';
import { localize, type Tenant } from '../domain/tenant.ts';
import type { Situation } from './situation.ts';

/** How a shop that did not say otherwise addresses its customers; English needs no such word. */
const DEFAULT_ADDRESS: Readonly<Record<Language, string>> = { zh: '亲', en: '' };

/** The slots that any phrase may use: the form of address and the shop's facts. */
export function shopSlots(tenant: Tenant, language: Language): SlotValues {
  const { wording, shopFacts } = tenant.settings;
  const facts = Object.entries(shopFacts).map(([name, fact]) => [`shop.${name}`, filled(localize(fact, language))]);
  return {
    ...Object.fromEntries(facts),
    address: localize(wording.address, language) ?? DEFAULT_ADDRESS[language],
  };
}

/** A value of nothing but spaces says nothing. */
const filled = (text: string | undefined) => (text?.trim() === '' ? undefined : text);

/** Everything an answer may be filled with, in the customer's language. */
export function slotValues(
  situation: Situation,
  language: Language,
  order: Order | undefined,
  product: Product | undefined,
): SlotValues {
  const timeZone = situation.tenant.settings.timeZone;
  return {
    ...shopSlots(situation.tenant, language),
    ...orderSlots(order, language, timeZone),
    ...productSlots(product, language),
    'customer.name': filled(situation.customer?.name),
  };
}

function orderSlots(order: Order | undefined, language: Language, timeZone: string): SlotValues {
  if (order === undefined) return {};
  const time = (written: string | undefined) => {
    const at = written === undefined ? undefined : instantOf(written, timeZone);
    return at === undefined ? filled(written) : formatLocal(at, timeZone);
  };
  const { shipment } = order;
  return {
    'order.number': order.number,
    'order.status': statusLabel(order.status, language),
    'order.payment': order.paymentMethod === undefined ? undefined : paymentLabel(order.paymentMethod, language),
    'order.placed_at': time(order.placedAt),
    'order.paid_at': time(order.paidAt),
    'order.shipped_at': time(order.shippedAt),
    'order.delivered_at': time(order.deliveredAt),
    'order.items': filled(order.items?.map((item) => item.title).join(language === 'zh' ? '、' : ', ')),
    'shipment.carrier': filled(shipment?.carrier),
    'shipment.tracking_number': filled(shipment?.trackingNumber),
    'shipment.status': shipment === undefined ? undefined : statusLabel(shipment.status, language),
    'shipment.last_event': filled(shipment?.lastEvent),
    'shipment.eta': filled(shipment?.eta),
    ...invoiceSlots(order),
  };
}

function invoiceSlots(order: Order): SlotValues {
  const fields = Object.entries(order.invoice ?? {}).filter(([, value]) => typeof value === 'string');
  return Object.fromEntries(fields.map(([name, value]) => [`invoice.${name.toLowerCase()}`, filled(String(value))]));
}

function productSlots(product: Product | undefined, language: Language): SlotValues {
  if (product === undefined) return {};
  return {
    'product.title': product.title,
    'product.price': product.price === undefined ? undefined : priceLabel(product.price, language),
  };
}

/** An amount as a customer reads it: `¥1,999.00`. A currency that is no ISO code is written after the amount. */
export function priceLabel(price: Money, language: Language): string {
  if (!/^[A-Z]{3}$/i.test(price.currency)) return `${price.amount} ${price.currency}`;
  const locale = language === 'zh' ? 'zh-CN' : 'en';
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency: price.currency });
  return format.format(Number(price.amount));
}

/** The kind of fact a slot rests on: what the shop must set once, or what must be known of this customer. */
export function isShopSlot(name: string): boolean {
  return name.startsWith('shop.');
}

/** Slots that knowing the order (or the product) would fill. */
export function needsOrder(name: string): boolean {
  return /^(?:order|shipment|invoice)\./.test(name);
}

export function needsProduct(name: string): boolean {
  return name.startsWith('product.');
}
