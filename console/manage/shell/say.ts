import { computed, type ReadonlySignal } from '@preact/signals';
import { language } from '../../words/words.ts';

/** A page's own words: Chinese must say everything that English does. Reading `.value` follows the language switch. */
export function pageWords<Text extends Record<string, unknown>>(en: Text, zh: Text): ReadonlySignal<Text> {
  return computed(() => (language.value === 'zh' ? zh : en));
}

/** `{n} entries` with the count as people of this language write it; English has two forms, `one|many`. */
export function counted(text: string, n: number): string {
  const forms = text.split('|');
  const form = n === 1 ? forms[0] : (forms[1] ?? forms[0]);
  return (form ?? '').replaceAll('{n}', number(n));
}

const locale = () => (language.value === 'zh' ? 'zh-CN' : 'en-GB');

export const number = (n: number): string => new Intl.NumberFormat(locale()).format(n);

/** A share 0-1 as percent with one decimal where that tells something. */
export function share(value: number): string {
  const style = { style: 'percent', maximumFractionDigits: value > 0.995 || value < 0.1 ? 1 : 0 } as const;
  return new Intl.NumberFormat(locale(), style).format(value);
}

export function moment(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const style = { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat(locale(), style).format(at);
}

/** A day as a heading has it. */
export function dayName(iso: string): string {
  const style = { year: 'numeric', month: 'short', day: 'numeric', weekday: 'short' } as const;
  return new Intl.DateTimeFormat(locale(), style).format(new Date(iso));
}

/** "3 minutes ago", and the date itself after a week. */
export function ago(iso: string, now: number): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  const steps: [number, Intl.RelativeTimeFormatUnit][] = [
    [60, 'second'],
    [3_600, 'minute'],
    [86_400, 'hour'],
    [7 * 86_400, 'day'],
  ];
  const index = steps.findIndex(([below]) => Math.abs(seconds) < below);
  const unit = steps[index]?.[1];
  if (unit === undefined) return moment(iso);
  const size = steps[index - 1]?.[0] ?? 1;
  return new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }).format(Math.round(seconds / size), unit);
}

export function bytes(n: number): string {
  if (n < 1_024) return `${number(n)} B`;
  return n < 1_048_576 ? `${number(Math.round(n / 1_024))} KB` : `${number(Math.round(n / 104_857.6) / 10)} MB`;
}
