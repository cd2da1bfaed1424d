import type { CustomerPatch } from '../../lib/domain/customer.ts';
import type { Language } from '../../lib/domain/language.ts';

/** Put in by the build from the sample files. */
declare const CUECARD_SAMPLES: {
  customers: CustomerPatch[];
  titles: Record<string, string>;
  intents: Record<string, Partial<Record<Language, string>>>;
};

export const sampleCustomers = CUECARD_SAMPLES.customers;

/** A product's title where the sample catalogue has one, else its id. */
export function productTitle(id: string): string {
  return CUECARD_SAMPLES.titles[id] ?? id;
}

/** What an intent is called in the page's language, where the pack says so. */
export function intentTitle(name: string, language: Language): string | undefined {
  return CUECARD_SAMPLES.intents[name]?.[language];
}

/** First lines to tap, as customers really start: short, elliptical, some in pieces. */
export const starters: Record<Language, readonly string[]> = {
  zh: ['在吗', '我的订单什么时候发货呀', '买贵了能退差价吗', '想退货怎么弄', '发票开错了', '转人工'],
  en: [
    'Hi there',
    'When will my order ship?',
    'How do I return this?',
    'Can I get an invoice?',
    'Let me talk to a person',
  ],
};
