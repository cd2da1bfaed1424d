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

/** One Latin word in a conversation is a brand ("Applepay") as often as a language. */
const isOneWord = (text: string): boolean => (text.match(WORD)?.length ?? 0) === 1 && !/\p{Script=Han}/u.test(text);

/**
 * The message's own language when more than a word shows it; else the hint, the newest of `earlier` that shows, the word's
 * own, Latin letters, Chinese.
 */
export function readLanguage(text: string, hint: Language | undefined, earlier: readonly string[]): Language {
  const own = scriptLanguage(text);
  if (own !== undefined && !isOneWord(text)) return own;
  if (hint !== undefined) return hint;
  for (const line of earlier.toReversed()) {
    const language = scriptLanguage(line);
    if (language !== undefined) return language;
  }
  return own ?? (/[A-Za-z]/.test(text) ? 'en' : 'zh');
}
