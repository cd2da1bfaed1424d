/**
 * The two classifiers of `natural`, by their own files: its index connects databases. English is stemmed by Porter,
 * stop words stay (without them both do worse); Chinese comes as words.
 */
import { DEPTH, type Lesson, type System } from '../engine/system.ts';
import { load } from './load.ts';
import { chineseWords } from './words.ts';

type Classifier = {
  setOptions(options: { keepStops: boolean }): void;
  addDocument(text: string | string[], label: string): void;
  train(): void;
  getClassifications(text: string | string[]): readonly { label: string; value: number }[];
};

const FOLDER = 'natural/lib/natural/classifiers';

/** Values of classes as shares of their sum; Bayes's are densities, too small to compare between texts. */
function shares(values: readonly { label: string; value: number }[]) {
  const total = values.reduce((sum, { value }) => sum + value, 0);
  return values.slice(0, DEPTH).map(({ label, value }) => ({ key: label, confidence: total > 0 ? value / total : 0 }));
}

function classifier(name: string, file: string, share: boolean): System {
  return {
    name,
    probabilities: true,
    async learn({ classes, language }: Lesson) {
      const { default: Constructor }: { default: new () => Classifier } = await load(`${FOLDER}/${file}`);
      const one = new Constructor();
      one.setOptions({ keepStops: true });
      const prepared = (text: string) => (language === 'zh' ? chineseWords(text) : text);
      for (const { key, questions } of classes) {
        for (const question of questions) one.addDocument(prepared(question), key);
      }
      one.train();
      return {
        ask: (text) => {
          const values = one.getClassifications(prepared(text));
          return share
            ? shares(values)
            : values.slice(0, DEPTH).map(({ label, value }) => ({ key: label, confidence: value }));
        },
      };
    },
  };
}

export const naturalBayes = classifier('natural Bayes', 'bayes_classifier.js', true);
export const naturalLogistic = classifier('natural logistic', 'logistic_regression_classifier.js', false);
