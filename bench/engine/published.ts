/** What others reached on the same sets, in percent; from the papers named in `../shared/data/README.md`. */
export type Published = {
  system: string;
  accuracy?: number;
  /** Of the texts that no class answers, the share refused, at that accuracy. */
  outOfScopeRecall?: number;
  /** Mean average precision; with one right answer a question it is the MRR. */
  map?: number;
};

const clinc = (system: string, accuracy: number, outOfScopeRecall: number): Published => ({
  system,
  accuracy,
  outOfScopeRecall,
});

/** Table 2, "full". The first seven learnt from 100 out-of-scope examples; ours and the others saw none. */
export const CLINC: readonly Published[] = [
  clinc('FastText (paper)', 89, 9.7),
  clinc('SVM (paper)', 91, 14.5),
  clinc('Dialogflow (paper)', 91.7, 14),
  clinc('Rasa (paper)', 91.5, 45.3),
  clinc('MLP on USE (paper)', 93.5, 47.4),
  clinc('BERT tuned (paper)', 96.9, 40.3),
  clinc('Dialogflow, threshold (paper)', 90.8, 26.7),
  clinc('Rasa, threshold (paper)', 90.9, 31.2),
  clinc('MLP, threshold (paper)', 93.4, 49.1),
  clinc('BERT, threshold (paper)', 96.2, 52.3),
];

export const BANKING: readonly Published[] = [
  { system: 'ConveRT (paper)', accuracy: 93 },
  { system: 'BERT tuned (paper)', accuracy: 93.7 },
];

const tenShot = (roberta: number, use: number, convert: number): readonly Published[] => [
  { system: 'RoBERTa tuned (paper)', accuracy: roberta },
  { system: 'USE (paper)', accuracy: use },
  { system: 'ConveRT (paper)', accuracy: convert },
];

export const TEN_SHOT = {
  BANKING77: tenShot(84.3, 84.2, 83.3),
  CLINC150: tenShot(91.6, 90.9, 92.6),
  HWU64: tenShot(82.9, 83.8, 82.7),
} as const;

export const STACKFAQ: readonly Published[] = [{ system: 'BM25 (paper)', map: 66.5 }];
