import { computed, signal } from '@preact/signals';
import type { Language } from '../../lib/domain/language.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

/** The page's own language; the conversation's is the customer's affair. */
export const language = signal<Language>('en');

/** All words of the page in its language. Reading it in a component redraws that component on a switch. */
export const words = computed(() => (language.value === 'zh' ? zh : en));

/** Puts values into `{name}` places. A name without a value stays visible, so a slip shows in a test. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
