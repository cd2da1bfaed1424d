import { intentTitle } from './customer/samples.ts';
import { language, words } from './words/words.ts';

/** The pack's title of an intent; its own name where there is none. */
export function intentWords(name: string): string {
  return name === 'unknown' ? words.value.ui.unknownIntent : (intentTitle(name, language.value) ?? name);
}
