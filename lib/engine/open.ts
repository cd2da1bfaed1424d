import type { Language } from '../domain/language.ts';
import { increase } from './arrays.ts';
import { type Bm25, scoreBm25 } from './bm25.ts';
import { confidence, confidences } from './calibrate.ts';
import type { FeatureIds } from './corpus.ts';
import { exactOwners } from './exact.ts';
import { features, terms } from './features.ts';
import { best, type Model, query, type Workspace, workspace } from './model.ts';
import { normalize } from './normalize.ts';
import { type Ranking, rank } from './rank.ts';
import { type Classes, readBm25, readClasses, readFeatureIds, readModel } from './sections.ts';
import { decodeSnapshot } from './snapshot.ts';
import { tableItem } from './strings.ts';
import { type Token, tokenize } from './tokenize.ts';
import type { Candidate, Classification, CompileReport, Engine, SearchHit } from './types.ts';
import { idOf } from './vocabulary.ts';

/** What a text that equals one authored question is worth, until measured. No ranking reaches it. */
export const EXACT_CONFIDENCE = 0.98;

const CANDIDATES = 5;
const HITS = 10;
/** What a match in the answers is worth beside one in the questions. */
const ANSWER_WEIGHT = 0.4;
const LANGUAGE_CODES: Record<Language, number> = { zh: 1, en: 2 };

type Options = { limit?: number; language?: Language };

type Opened = {
  classes: Classes;
  ids: FeatureIds;
  model: Model;
  space: Workspace;
  questionIndex: Bm25;
  answerIndex: Bm25;
  /** By row, its class. */
  owners: Uint32Array;
  key(index: number): string;
  /** Which classes a message in this language may get; undefined for all. */
  allowed(language: Language | undefined): Uint8Array | undefined;
};

function rankingOf(
  { ids, model, space }: Opened,
  tokens: readonly Token[],
  count: number,
  allowed: Uint8Array | undefined,
): Ranking {
  const { words, chars } = features(tokens);
  const wordIds = Array.from(words, (hash) => idOf(ids.words, hash));
  const charIds = Array.from(chars, (hash) => {
    const id = idOf(ids.chars, hash);
    return id < 0 ? -1 : id + model.words;
  });
  return rank(model, query(model, wordIds, charIds), space, { count, allowed });
}

/** The exact match first, the others sharing what it leaves. */
function withExact(owner: number, candidates: readonly Candidate[], key: string): Candidate[] {
  const others = candidates.filter((candidate) => candidate.index !== owner);
  const mass = others.reduce((sum, candidate) => sum + candidate.confidence, 0);
  const factor = mass > 0 ? Math.min(1, (1 - EXACT_CONFIDENCE) / mass) : 0;
  return [
    { index: owner, key, confidence: EXACT_CONFIDENCE },
    ...others.map((candidate) => ({ ...candidate, confidence: candidate.confidence * factor })),
  ];
}

function classify(opened: Opened, text: string, { limit = CANDIDATES, language }: Options): Classification {
  const allowed = opened.allowed(language);
  const normalized = normalize(text);
  const ranking = rankingOf(opened, tokenize(normalized), limit, allowed);
  const { calibrator } = opened.classes.facts;
  const first = ranking.classes.length === 0 ? 0 : confidence(calibrator, ranking.signals);
  const shares = confidences(calibrator, first, ranking.margins);
  const candidates = ranking.classes.map((index, at) => ({
    index,
    key: opened.key(index),
    confidence: shares[at] ?? 0,
  }));
  const owners = exactOwners(opened.classes.exact, normalized).filter((owner) => allowed?.[owner] !== 0);
  const [owner] = owners;
  if (owner === undefined || owners.length > 1) return { candidates: candidates.slice(0, limit), exact: false };
  return { candidates: withExact(owner, candidates, opened.key(owner)).slice(0, limit), exact: true };
}

/** By class, the score of its best question and which row that is (the first among equals); -1 without a match. */
function bestQuestions({ owners, questionIndex, model }: Opened, wanted: readonly number[]) {
  const byRow = new Float32Array(owners.length);
  scoreBm25(questionIndex, wanted, byRow);
  const scores = new Float32Array(model.bias.length);
  const rows = new Int32Array(model.bias.length).fill(-1);
  for (let row = 0; row < byRow.length; row += 1) {
    const score = byRow[row] ?? 0;
    const owner = owners[row] ?? 0;
    if (score <= (scores[owner] ?? 0)) continue;
    scores[owner] = score;
    rows[owner] = row;
  }
  return { scores, rows };
}

/** A class scores as its best question, and 0.4 times what its answers score. */
function search(opened: Opened, text: string, { limit = HITS, language }: Options): SearchHit[] {
  const wanted = terms(tokenize(normalize(text)));
  const { scores, rows } = bestQuestions(opened, wanted);
  const byAnswer = new Float32Array(scores.length);
  scoreBm25(opened.answerIndex, wanted, byAnswer);
  byAnswer.forEach((score, owner) => {
    increase(scores, owner, ANSWER_WEIGHT * score);
  });
  return best(scores, limit, opened.allowed(language))
    .filter((index) => (scores[index] ?? 0) > 0)
    .map((index) => ({
      index,
      key: opened.key(index),
      score: scores[index] ?? 0,
      question: opened.classes.questions[rows[index] ?? -1] ?? 0,
    }));
}

/**
 * Held-out precision is known from `FEWEST_ROWS` answers on; below that the calibrated confidence is taken at its word.
 * Never below half the target: the average that good answers earn must not carry bad ones. Where no ranking reaches
 * the target, an exact match may.
 */
function thresholdFor({ curve }: CompileReport, target: number): number {
  if (curve.length === 0) return target;
  const reaching = curve.filter((point) => point.precision >= target).map((point) => point.threshold);
  if (reaching.length > 0) return Math.max(target / 2, Math.min(...reaching));
  return target <= EXACT_CONFIDENCE ? EXACT_CONFIDENCE : Number.POSITIVE_INFINITY;
}

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

function read(bytes: Uint8Array): Opened {
  const sections = decodeSnapshot(bytes);
  const classes = readClasses(sections);
  const model = readModel(sections);
  const decoder = new TextDecoder();
  const names = new Map<number, string>();
  return {
    classes,
    model,
    ids: readFeatureIds(sections),
    space: workspace(model),
    questionIndex: readBm25(sections, 'question'),
    answerIndex: readBm25(sections, 'answer'),
    owners: ownersOf(model.classStart),
    allowed: masks(classes.languages),
    key: (index) => {
      const known = names.get(index);
      if (known !== undefined) return known;
      const name = decoder.decode(tableItem(classes.keys, index));
      names.set(index, name);
      return name;
    },
  };
}

/** Reads a snapshot in place, without parsing what it does not need. Throws `invalid` on damaged or foreign bytes. */
export function open(bytes: Uint8Array): Engine {
  const opened = read(bytes);
  const { classes, key } = opened;
  const size = classes.languages.length;
  const report = { ...classes.facts.report, bytes: bytes.length };
  let indices: Map<string, number> | undefined;
  return {
    size,
    key,
    report,
    bytes: bytes.length,
    classify: (text, options = {}) => classify(opened, text, options),
    search: (text, options = {}) => search(opened, text, options),
    threshold: (target) => thresholdFor(report, target),
    payload: (index) => tableItem(classes.payloads, index),
    meta: () => classes.meta,
    indexOf: (wanted) => {
      indices ??= new Map(Array.from({ length: size }, (_, index) => [key(index), index]));
      return indices.get(wanted);
    },
  };
}
