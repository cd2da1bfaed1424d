import type { Language } from '../domain/language.ts';
import type { Bm25 } from './bm25.ts';
import type { FeatureIds } from './corpus.ts';
import { checkVector, type DenseIndex, denseByClass, hitsByClass } from './dense.ts';
import { features, wordGrams, wordHash } from './features.ts';
import { type Model, type Query, query, type Workspace, workspace } from './model.ts';
import { type Classes, readBm25, readClasses, readDense, readFeatureIds, readModel } from './sections.ts';
import { decodeSnapshot } from './snapshot.ts';
import { correct, isCorrectable } from './speller.ts';
import { tableItem } from './strings.ts';
import type { Token } from './tokenize.ts';
import type { AskOptions } from './types.ts';
import { idOf } from './vocabulary.ts';

const LANGUAGE_CODES: Record<Language, number> = { zh: 1, en: 2 };

/** A snapshot's parts, read in place. */
export type Opened = {
  classes: Classes;
  ids: FeatureIds;
  model: Model;
  space: Workspace;
  questionIndex: Bm25;
  answerIndex: Bm25;
  /** The questions' vectors, where they lie inside. */
  vectors: DenseIndex | undefined;
  /** By row, its class. */
  owners: Uint32Array;
  key(index: number): string;
  indexOf(key: string): number | undefined;
  /** Which classes a message in this language may get; undefined for all. */
  allowed(language: Language | undefined): Uint8Array | undefined;
};

function masks(languages: Uint8Array): (language: Language | undefined) => Uint8Array | undefined {
  const made = new Map<Language, Uint8Array>();
  return (language) => {
    if (language === undefined) return undefined;
    const known = made.get(language);
    if (known !== undefined) return known;
    const mask = languages.map((own) => (own === 0 || own === LANGUAGE_CODES[language] ? 1 : 0));
    made.set(language, mask);
    return mask;
  };
}

function ownersOf(classStart: Uint32Array): Uint32Array {
  const owners = new Uint32Array(classStart[classStart.length - 1] ?? 0);
  for (let owner = 0; owner + 1 < classStart.length; owner += 1) {
    owners.fill(owner, classStart[owner], classStart[owner + 1]);
  }
  return owners;
}

export function readOpened(bytes: Uint8Array): Opened {
  const sections = decodeSnapshot(bytes);
  const classes = readClasses(sections);
  const model = readModel(sections);
  const decoder = new TextDecoder();
  const names = new Map<number, string>();
  const key = (index: number): string => {
    const known = names.get(index);
    if (known !== undefined) return known;
    const name = decoder.decode(tableItem(classes.keys, index));
    names.set(index, name);
    return name;
  };
  let indices: Map<string, number> | undefined;
  return {
    classes,
    model,
    ids: readFeatureIds(sections),
    space: workspace(model),
    questionIndex: readBm25(sections, 'question'),
    answerIndex: readBm25(sections, 'answer'),
    owners: ownersOf(model.classStart),
    allowed: masks(classes.languages),
    vectors: readDense(sections, classes.facts.dense?.embedding),
    key,
    indexOf: (wanted) => {
      indices ??= new Map(Array.from(classes.languages, (_, index) => [key(index), index]));
      return indices.get(wanted);
    },
  };
}

/** How common a word is in the questions; 0 where its hash or one of its n-grams is unknown: a hash alone may be another's. */
function commonness({ ids, model }: Opened, word: string): number {
  const id = idOf(ids.words, wordHash(word));
  if (id < 0 || wordGrams(word).some((gram) => idOf(ids.chars, gram) < 0)) return 0;
  return 1 + model.unseen - (model.idf[id] ?? 0);
}

/** Of a long message only so many unknown words are put right: each costs some hundred look-ups. */
const MOST_CORRECTED = 8;

/** The text with words that no question has put right, where one slip explains them. */
export function spelt(opened: Opened, tokens: readonly Token[]): Token[] {
  let left = MOST_CORRECTED;
  const known = (word: string) => commonness(opened, word);
  return tokens.map((token) => {
    if (left === 0 || token.han || !isCorrectable(token.text) || known(token.text) > 0) return token;
    left -= 1;
    return { ...token, text: correct(token.text, known) };
  });
}

/** A text as the model sees it. */
export function queryOf({ ids, model }: Opened, tokens: readonly Token[]): Query {
  const { words, chars } = features(tokens);
  const wordIds = Array.from(words, (hash) => idOf(ids.words, hash));
  const charIds = Array.from(chars, (hash) => {
    const id = idOf(ids.chars, hash);
    return id < 0 ? -1 : id + model.words;
  });
  return query(model, wordIds, charIds);
}

/**
 * By class, how near a text's vector is, or what an index outside found of it; undefined where neither can be compared.
 * Raises `invalid` for a vector that is not of the snapshot's embedding.
 */
export function similarityOf(opened: Opened, { vector, dense }: AskOptions): Float32Array | undefined {
  const facts = opened.classes.facts.dense;
  if (facts === undefined) return undefined;
  if (vector !== undefined) checkVector(vector, facts.embedding);
  if (vector !== undefined && opened.vectors !== undefined) {
    return denseByClass(opened.vectors, opened.model.classStart, vector);
  }
  return dense === undefined ? undefined : hitsByClass(dense, opened.classes.languages.length, opened.indexOf);
}
