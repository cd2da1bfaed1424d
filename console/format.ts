import { paymentLabel, statusLabel } from '../lib/domain/order-status.ts';
import type { Money } from '../lib/domain/product.ts';
import { fill, language, words } from './words/words.ts';

const locale = () => (language.value === 'zh' ? 'zh-CN' : 'en-GB');

/** A share 0-1 as whole percent. */
export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

/** A calibrated confidence in words: the number alone says little to somebody in a hurry. */
export function sureness(confidence: number): string {
  const { ui } = words.value;
  if (confidence >= 0.9) return ui.veryLikely;
  if (confidence >= 0.7) return ui.likely;
  return confidence >= 0.4 ? ui.possible : ui.unsure;
}

/** 0-4, for the strength of a colour or a bar. */
export function level(confidence: number): number {
  return [0.9, 0.7, 0.4, 0.15].filter((least) => confidence >= least).length;
}

/** Milliseconds as the largest unit that fits. */
export function duration(ms: number): string {
  const { ui } = words.value;
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return fill(ui.seconds, { n: seconds });
  if (seconds < 3_600) return fill(ui.minutes, { n: Math.floor(seconds / 60) });
  if (seconds < 86_400) return fill(ui.hours, { n: Math.floor(seconds / 3_600) });
  return fill(ui.days, { n: Math.floor(seconds / 86_400) });
}

/** Minutes and seconds, for a running promise. */
export function clock(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export function timeOfDay(iso: string): string {
  return new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit' }).format(new Date(iso));
}

/** The day of an instant, without its time. */
export function dayOf(iso: string): string {
  return new Intl.DateTimeFormat(locale(), { month: 'short', day: 'numeric', weekday: 'short' }).format(new Date(iso));
}

/** A platform's date as the page writes dates; what is no date stays as it came. */
export function day(text: string): string {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return text;
  const style = { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat(locale(), style).format(at);
}

export function money({ amount, currency }: Money): string {
  const style = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const;
  try {
    return new Intl.NumberFormat(locale(), style).format(Number(amount));
  } catch {
    return `${amount} ${currency}`;
  }
}

/** An order's state in the page's language; a word we do not know stays as the platform wrote it. */
export function orderState(word: string): string {
  return statusLabel(word, language.value);
}

export function payment(word: string): string {
  return paymentLabel(word, language.value);
}

export function parcelState(word: string): string {
  return words.value.shipment[word.toLowerCase()] ?? word;
}
