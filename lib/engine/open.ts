import { type Calibrator, confidence, confidences } from './calibrate.ts';
import { lowestReaching } from './curve.ts';
import { exactOwners } from './exact.ts';
import { explain } from './explain.ts';
import { normalize } from './normalize.ts';
import { type Opened, queryOf, readOpened, similarityOf, spelt } from './opened.ts';
import { type Dense, rank } from './rank.ts';
import { search } from './search.ts';
import { tableItem } from './strings.ts';
import { tokenize } from './tokenize.ts';
import type { AskOptions, Candidate, Classification, CompileReport, Engine } from './types.ts';

/** What a text that equals one authored question is worth, until measured. No ranking reaches it. */
export const EXACT_CONFIDENCE = 0.98;

const CANDIDATES = 5;

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

/** What the text's vector says and the calibrator that reads it; without one, the calibrator of words alone. */
function readingOf(opened: Opened, options: AskOptions): { dense: Dense | undefined; calibrator: Calibrator } {
  const { dense, calibrator } = opened.classes.facts;
  const similarity = similarityOf(opened, options);
  if (dense === undefined || similarity === undefined) return { dense: undefined, calibrator };
  return { dense: { similarity, weight: dense.weight }, calibrator: dense.calibrator };
}

function classify(opened: Opened, text: string, options: AskOptions): Classification {
  const { limit = CANDIDATES, language } = options;
  const allowed = opened.allowed(language);
  const normalized = normalize(text);
  const { dense, calibrator } = readingOf(opened, options);
  const tokens = tokenize(normalized);
  const read = queryOf(opened, options.spelling === false ? tokens : spelt(opened, tokens));
  const ranking = rank(opened.model, read, opened.space, { count: limit, allowed, dense });
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

/**
 * Held-out precision is known from `FEWEST_ROWS` answers on; below that the calibrated confidence is taken at its word.
 * Where no ranking reaches the target, an exact match may.
 */
function thresholdFor({ curve }: CompileReport, target: number): number {
  if (curve.length === 0) return target;
  const lowest = lowestReaching(curve, target);
  if (lowest !== undefined) return lowest;
  return target <= EXACT_CONFIDENCE ? EXACT_CONFIDENCE : Number.POSITIVE_INFINITY;
}

/** Reads a snapshot in place, without parsing what it does not need. Throws `invalid` on damaged or foreign bytes. */
export function open(bytes: Uint8Array): Engine {
  const opened = readOpened(bytes);
  const { classes, key, indexOf } = opened;
  const size = classes.languages.length;
  const report = { ...classes.facts.report, bytes: bytes.length };
  const embedding = classes.facts.dense?.embedding;
  return {
    size,
    key,
    report,
    bytes: bytes.length,
    classify: (text, options = {}) => classify(opened, text, options),
    search: (text, options = {}) => search(opened, text, options),
    explain: (text, index, options = {}) => explain(opened, text, index, options),
    threshold: (target) => thresholdFor(report, target),
    payload: (index) => tableItem(classes.payloads, index),
    meta: () => classes.meta,
    indexOf,
    ...(embedding === undefined ? {} : { embedding, vectorsLie: opened.vectors === undefined ? 'outside' : 'inside' }),
  };
}
