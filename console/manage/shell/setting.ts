import type { Language } from '../../../lib/domain/language.ts';
import type { SlotValues } from '../../../lib/domain/slots.ts';
import type { Localized, Settings } from '../../../lib/domain/tenant.ts';
import type { Shell } from './shell.ts';

/** One of the shop's facts, as `GET /v1/knowledge/facts` tells of it. */
export type ShopFact = {
  name: string;
  category?: string;
  question?: Localized;
  example?: Localized;
  value?: Localized;
};

/** What the pages need to know of the tenant. */
export type ShopSettings = Partial<Pick<Settings, 'freezes' | 'gate' | 'shopFacts' | 'wording'>> & { timeZone: string };

const UTC: ShopSettings = { timeZone: 'UTC' };

/** Without it a page still works: times are then read in UTC, which it says beside them. */
export async function readSettings(shell: Shell): Promise<ShopSettings> {
  const answer = (await shell.call('GET', `/v1/tenants/${encodeURIComponent(shell.tenant)}`).catch(() => undefined)) as
    | { tenant?: { settings?: ShopSettings } }
    | undefined;
  return answer?.tenant?.settings ?? UTC;
}

export async function readFacts(shell: Shell): Promise<ShopFact[]> {
  const answer = (await shell.call('GET', '/v1/knowledge/facts').catch(() => undefined)) as
    | { items: ShopFact[] }
    | undefined;
  return answer?.items ?? [];
}

export function inLanguage(text: Localized | undefined, language: Language): string | undefined {
  return text === undefined || typeof text === 'string' ? text : (text[language] ?? text.zh ?? text.en);
}

/** Stands in for an order, a product and a customer wherever a reply is looked at before anybody has asked. */
const SAMPLES: Record<Language, SlotValues> = {
  zh: {
    'order.number': 'CC2026112200001',
    'order.status': '已发货',
    'order.payment': '微信支付',
    'order.placed_at': '2026-11-20 10:12',
    'order.paid_at': '2026-11-20 10:13',
    'order.shipped_at': '2026-11-21 16:40',
    'order.delivered_at': '2026-11-23 09:05',
    'order.items': '示例商品',
    'shipment.carrier': '示例快递',
    'shipment.tracking_number': 'SF0000000000',
    'shipment.status': '运输中',
    'shipment.last_event': '已到达转运中心',
    'shipment.eta': '2026-11-23',
    'product.title': '示例商品',
    'product.price': '¥199.00',
    'customer.name': '王女士',
  },
  en: {
    'order.number': 'CC2026112200001',
    'order.status': 'shipped',
    'order.payment': 'card',
    'order.placed_at': '2026-11-20 10:12',
    'order.paid_at': '2026-11-20 10:13',
    'order.shipped_at': '2026-11-21 16:40',
    'order.delivered_at': '2026-11-23 09:05',
    'order.items': 'Sample product',
    'shipment.carrier': 'Sample Express',
    'shipment.tracking_number': 'SX0000000000',
    'shipment.status': 'in transit',
    'shipment.last_event': 'arrived at the sorting centre',
    'shipment.eta': '2026-11-23',
    'product.title': 'Sample product',
    'product.price': '$49.00',
    'customer.name': 'Sam',
  },
};

const ADDRESS: Record<Language, string> = { zh: '亲', en: '' };

/** What every slot would be filled with, in this language: the shop's own facts, examples for the rest. */
export function sampleSlots(facts: readonly ShopFact[], settings: ShopSettings, language: Language): SlotValues {
  const filled = (text: string | undefined) => (text?.trim() === '' ? undefined : text);
  const stored = Object.entries(settings.shopFacts ?? {}).map(([name, value]) => ({ name, value }));
  const shop = [...stored, ...facts].map(({ name, value }): [string, string | undefined] => [
    `shop.${name}`,
    filled(inLanguage(value, language)),
  ]);
  const address = inLanguage(settings.wording?.address, language) ?? ADDRESS[language];
  return { ...SAMPLES[language], ...Object.fromEntries(shop), address };
}
