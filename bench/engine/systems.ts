import { miniSearch } from '../peers/minisearch.ts';
import { naturalBayes, naturalLogistic } from '../peers/natural.ts';
import { nlpJs } from '../peers/nlp-js.ts';
import { orama } from '../peers/orama.ts';
import { sqlite } from '../peers/sqlite.ts';
import { cuecard, cuecardSearch } from './cuecard.ts';
import type { System } from './system.ts';

type Listed = { system: System; ours: boolean; quick: boolean };

const ours = { ours: true, quick: true };
const peer = { ours: false, quick: true };

/** By the name that `--systems` knows. */
export const SYSTEMS: Readonly<Record<string, Listed>> = {
  cuecard: { system: cuecard, ...ours },
  'cuecard-search': { system: cuecardSearch, ...ours },
  'nlp.js': { system: nlpJs, ...peer },
  'natural-bayes': { system: naturalBayes, ...peer },
  'natural-logistic': { system: naturalLogistic, ours: false, quick: false },
  minisearch: { system: miniSearch, ...peer },
  orama: { system: orama, ...peer },
  sqlite: { system: sqlite, ...peer },
};
