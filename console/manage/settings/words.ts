import { pageWords } from '../shell/say.ts';
import { en } from './words-en.ts';
import { zh } from './words-zh.ts';

export const w = pageWords(en, zh);
