/** The product's own pack, asked its golden questions: what can be measured anywhere. */
import { fileURLToPath } from 'node:url';
import type { Language } from '../../lib/domain/language.ts';
import { loadPack, OUT_OF_SCOPE } from '../../lib/knowledge/packs/pack.ts';
import type { FaqSet } from './faq-sets.ts';

const PACKS = fileURLToPath(new URL('../../knowledge', import.meta.url));

/** An intent is a class, whichever entries it has. */
export async function readPack(language: Language): Promise<FaqSet> {
  const pack = await loadPack(PACKS, 'ecommerce');
  const entries = pack.entries.filter((entry) => entry.language === undefined || entry.language === language);
  const golden = pack.golden.filter((one) => one.language === undefined || one.language === language);
  return {
    classes: Array.from(
      Map.groupBy(entries, ({ intent }) => intent),
      ([key, own]) => ({
        key,
        questions: own.flatMap(({ question, similarQuestions }) => [question, ...similarQuestions]),
        answer: own.flatMap(({ answers }) => answers.map(({ text }) => text)).join('\n'),
      }),
    ),
    test: golden.filter(({ intent }) => intent !== OUT_OF_SCOPE).map(({ text, intent }) => ({ text, label: intent })),
    outOfScope: golden.filter(({ intent }) => intent === OUT_OF_SCOPE).map(({ text }) => text),
  };
}
