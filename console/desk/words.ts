import { computed } from '@preact/signals';
import { language } from '../words/words.ts';
import { enTools } from './words-en.ts';
import { zhTools } from './words-zh.ts';

/** What the cue card and the tools say, in the page's language. */
export const t = computed(() => (language.value === 'zh' ? zhTools : enTools));
