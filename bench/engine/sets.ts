/** Every set that measures intents or frequent questions: what is taught, what is asked, what others reached. */
import { existsSync } from 'node:fs';
import type { Language } from '../../lib/domain/language.ts';
import { generator, shuffle } from '../../lib/engine/hash.ts';
import { type Dataset, type Labelled, readBanking, readClinc, readFewShot, readSmp } from './datasets.ts';
import { type FaqSet, readPairs, readStackFaq } from './faq-sets.ts';
import { readPack } from './pack-set.ts';
import { BANKING, CLINC, type Published, STACKFAQ, TEN_SHOT } from './published.ts';
import type { TaughtClass } from './system.ts';

export type MeasuredSet = {
  title: string;
  language: Language;
  classes: readonly TaughtClass[];
  test: readonly Labelled[];
  /** Texts that no class answers; empty where the set has none. */
  outOfScope: readonly string[];
  published: readonly Published[];
  /** Given where chance took part in making the set. */
  seed?: number;
};

type Source = {
  /** Whether the quick run asks it. */
  quick: boolean;
  /** Whether it is read from beside the project. */
  shared: boolean;
  read(): MeasuredSet | Promise<MeasuredSet>;
};

export const DATA = new URL('../../../shared/data/', import.meta.url);
const SEED = 17;
/** Of the classes of a set that has no texts out of scope, the share left out so that theirs are. */
const LEFT_OUT = 0.25;

export function classesOf(rows: readonly Labelled[]): TaughtClass[] {
  const byLabel = Map.groupBy(rows, ({ label }) => label);
  return Array.from(byLabel, ([key, own]) => ({ key, questions: own.map(({ text }) => text), answer: '' }));
}

function intents(
  title: string,
  language: Language,
  read: () => Dataset,
  published: readonly Published[] = [],
): Omit<Source, 'quick'> {
  return {
    shared: true,
    read: () => {
      const { train, test, outOfScope } = read();
      return { title, language, classes: classesOf(train), test, outOfScope, published };
    },
  };
}

/** The set without a quarter of its classes, whose texts nothing answers now. */
function leavingOut(title: string, read: () => Dataset): Omit<Source, 'quick'> {
  return {
    shared: true,
    read: () => {
      const { train, test } = read();
      const classes = classesOf(train);
      const order = Uint32Array.from(classes.keys());
      shuffle(order, order.length, generator(SEED));
      const out = new Set(
        Array.from(order.subarray(0, Math.round(classes.length * LEFT_OUT)), (at) => classes[at]?.key),
      );
      return {
        title,
        language: 'en',
        classes: classes.filter(({ key }) => !out.has(key)),
        test: test.filter(({ label }) => !out.has(label)),
        outOfScope: test.filter(({ label }) => out.has(label)).map(({ text }) => text),
        published: [],
        seed: SEED,
      };
    },
  };
}

function faq(
  title: string,
  language: Language,
  read: () => FaqSet | Promise<FaqSet>,
  more: { published?: readonly Published[]; seed?: number; shared?: boolean } = {},
): Omit<Source, 'quick'> {
  const { published = [], shared = true, ...rest } = more;
  return { shared, read: async () => ({ title, language, published, ...rest, ...(await read()) }) };
}

const hwu = () => readFewShot(DATA, 'HWU64', 'train');
const banking = () => readBanking(DATA);
const slow = { quick: false };
const quick = { quick: true };

const few = (name: keyof typeof TEN_SHOT, shots: 5 | 10): Source => ({
  quick: shots === 10,
  ...intents(
    `${name} ${shots}-shot`,
    'en',
    () => readFewShot(DATA, name, `train_${shots}`),
    shots === 10 ? TEN_SHOT[name] : [],
  ),
});

/** Smaller ones first: what a system cannot learn in time it need not try at a larger size. */
export const SOURCES: Readonly<Record<string, Source>> = {
  stackfaq: { ...quick, ...faq('StackFAQ', 'en', () => readStackFaq(DATA), { published: STACKFAQ }) },
  'hwu-5': few('HWU64', 5),
  'banking-5': few('BANKING77', 5),
  'hwu-10': few('HWU64', 10),
  'clinc-5': few('CLINC150', 5),
  'banking-10': few('BANKING77', 10),
  'clinc-10': few('CLINC150', 10),
  smp: { ...quick, ...intents('SMP2017', 'zh', () => readSmp(DATA)) },
  xiaobu: { ...slow, ...faq('xiaobu groups', 'zh', () => readPairs(DATA, ['xiaobu/dev.txt'], SEED), { seed: SEED }) },
  afqmc: {
    ...slow,
    ...faq('AFQMC groups', 'zh', () => readPairs(DATA, ['afqmc/train.txt', 'afqmc/dev.txt'], SEED), { seed: SEED }),
  },
  'pack-en': { ...quick, ...faq('e-commerce pack en', 'en', () => readPack('en'), { shared: false }) },
  'pack-zh': { ...quick, ...faq('e-commerce pack zh', 'zh', () => readPack('zh'), { shared: false }) },
  'hwu-out': { ...slow, ...leavingOut('HWU64, 1/4 out', hwu) },
  hwu: { ...slow, ...intents('HWU64', 'en', hwu) },
  'banking-out': { ...slow, ...leavingOut('BANKING77, 1/4 out', banking) },
  banking: { ...slow, ...intents('BANKING77', 'en', banking, BANKING) },
  clinc: { ...slow, ...intents('CLINC150', 'en', () => readClinc(DATA), CLINC) },
};

export const hasShared = (): boolean => existsSync(DATA);

/** A set by name; with `most`, no more texts than that, drawn by the seed. Throws on a name that there is not. */
export async function readSet(name: string, most = Number.POSITIVE_INFINITY): Promise<MeasuredSet> {
  const source = SOURCES[name];
  if (source === undefined) throw new Error(`There is no set "${name}": ${Object.keys(SOURCES).join(', ')}.`);
  const set = await source.read();
  if (set.test.length <= most) return set;
  const order = Uint32Array.from(set.test.keys());
  shuffle(order, order.length, generator(SEED));
  const asked = Array.from(order.subarray(0, most).sort(), (at) => set.test[at]).filter((row) => row !== undefined);
  const kept = Math.round((set.outOfScope.length * most) / set.test.length);
  return { ...set, test: asked, outOfScope: set.outOfScope.slice(0, kept), seed: SEED };
}
