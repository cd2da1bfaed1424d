import { en as placesEn } from '../settings/words-en.ts';
import { zh as placesZh } from '../settings/words-zh.ts';
import { pageWords } from '../shell/say.ts';
import { en } from './words-en.ts';
import { zh } from './words-zh.ts';

type Told = Pick<typeof en, 'label' | 'hint' | 'choice'>;
/** A place is told in the same words wherever it is set. */
const withPlaces = (words: typeof en, { label, hint, choice }: Told): typeof en => ({
  ...words,
  label: { ...words.label, ...label },
  hint: { ...words.hint, ...hint },
  choice: { ...words.choice, ...choice },
});

export const w = pageWords(withPlaces(en, placesEn), withPlaces(zh, placesZh));
