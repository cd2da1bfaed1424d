import type { Language } from '../../domain/language.ts';

const HAN = /\p{Script=Han}/gu;
const WORD = /[A-Za-z][A-Za-z'’]*/g;
/** Latin words that Chinese customers type too, and codes: they say nothing about the language. */
const EITHER = /^(?:ok|okay|hi|hello|hey|bye|sorry|app|vip|sku|logo|usb|wifi|xs|s|m|l|x{1,3}l|pro|max|mini|plus)$/i;

/**
 * The language of a text by its script, or undefined when it does not show (numbers, codes, "ok").
 * A Chinese sentence may hold more Latin words than an English one holds Han, so Han weighs by character.
 */
export function scriptLanguage(text: string): Language | undefined {
  const han = text.match(HAN)?.length ?? 0;
  const words = (text.match(WORD) ?? []).filter((word) => !EITHER.test(word) && word !== word.toUpperCase());
  if (han > 0) return han >= words.length ? 'zh' : 'en';
  return words.length > 0 ? 'en' : undefined;
}

/** The message's own language when it shows; else the hint, the newest of `earlier` that shows, Latin letters, Chinese. */
export function readLanguage(text: string, hint: Language | undefined, earlier: readonly string[]): Language {
  const own = scriptLanguage(text) ?? hint;
  if (own !== undefined) return own;
  for (const line of earlier.toReversed()) {
    const language = scriptLanguage(line);
    if (language !== undefined) return language;
  }
  return /[A-Za-z]/.test(text) ? 'en' : 'zh';
}
