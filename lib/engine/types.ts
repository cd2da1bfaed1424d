/**
 * The engine's whole surface: `compile(input)` makes a snapshot's bytes, `open(bytes)` reads them back as an `Engine`.
 * Callers know nothing else of it.
 */
import type { Language } from '../domain/language.ts';

/** One class: an entry with all its questions. `payload` is kept as it is and handed back by `payload(index)`. */
export type EngineClass = {
  key: string;
  language?: Language;
  /** The standard question first, then the similar ones. */
  questions: readonly string[];
  /** All answers' text; searched with a lower weight. */
  answer: string;
  payload: Uint8Array;
  /** Unit-length embeddings of `questions`, one each; used when `CompileInput.embedding` is given. */
  vectors?: readonly Float32Array[];
};

/** What made the vectors: those of another model or length are never compared. */
export type Embedding = { model: string; dimensions: number };

/** A class that an index outside the snapshot found, with its best question's cosine similarity (−1 to 1). */
export type DenseHit = { key: string; similarity: number };

export type CompileInput = {
  classes: readonly EngineClass[];
  /** Anything the caller wants back from `meta()`: phrases, taxonomy, golden questions. */
  meta: Uint8Array;
  /** Share of real messages that no class answers (π), 0-1. */
  outOfScopeShare: number;
  /** With it, classes carry `vectors`: dense similarity joins the signals. Raises `invalid` for one of another length. */
  embedding?: Embedding;
  /** `outside`: the vectors are learnt from and left out of the snapshot; `DenseHit`s stand in for them. */
  vectorsLie?: 'inside' | 'outside';
  /** Takes over from an earlier snapshot what need not be made again; see `Reuse`. */
  reuse?: Reuse;
};

/**
 * `model`: the classes ask the same questions in the same order as the snapshot's, only payloads and answers differ, so
 * nothing is trained and the calibration stays right. `calibration`: trains, and believes the snapshot's calibrator and
 * figures, which a class more or less hardly moves; calibrates all the same where they are of another embedding.
 */
export type Reuse = { snapshot: Uint8Array; keep: 'model' | 'calibration' };

/** Answering everything at or above `threshold` is right with `precision`, for `coverage` of messages. */
export type CurvePoint = { threshold: number; precision: number; coverage: number };

/** At the threshold for `target`: how much of what is answered is right, and the share of messages that are answered. */
export type AtThreshold = { target: number; precision: number; coverage: number };

/** Of the answers with a confidence from `from` to `to`: their share of the weight, mean confidence and accuracy. */
export type ReliabilityPoint = { from: number; to: number; mass: number; confidence: number; accuracy: number };

export type CompileReport = {
  classes: number;
  questions: number;
  bytes: number;
  /**
   * By cross-validation over the authored questions; absent when there are too few. Accuracy is recall@1; accuracy,
   * recall@3, MRR and macro-F1 are of questions whose class was there.
   */
  accuracy?: number;
  recall3?: number;
  mrr?: number;
  macroF1?: number;
  /** Of all held-out questions, those of classes taken out whole among them. */
  ece?: number;
  auroc?: number;
  heldOut?: { inScope: number; outOfScope: number };
  reliability?: readonly ReliabilityPoint[];
  /** Where each target precision is reached with the widest coverage; left out where it is not. */
  operatingPoints?: readonly (CurvePoint & { target: number })[];
  /** What the thresholds for those targets keep on folds that took no part in choosing them; left out where none does. */
  atThreshold?: readonly AtThreshold[];
  /** Classes taken for one another, by key, most often first. */
  confused?: readonly { expected: string; got: string; count: number }[];
  /** The risk-coverage curve, highest threshold first. */
  curve: readonly CurvePoint[];
  /** The same questions ranked with their vectors; with `CompileInput.embedding`. */
  dense?: { accuracy: number; ece: number; curve: readonly CurvePoint[] };
};

/**
 * What the model said of an authored question that it had not learnt from, its class among those it could say. `index`
 * is the class and `question` the question within it; `got` the class that came first, undefined where none did.
 */
export type HeldOutVerdict = {
  index: number;
  question: number;
  got: number | undefined;
  /** Zero-based place of its own class among the first; -1 when it is not there. */
  place: number;
  confidence: number;
};

export type Compiled = {
  bytes: Uint8Array;
  report: CompileReport;
  /** By cross-validation, as the report; empty where there are too few questions for it. */
  verdicts: readonly HeldOutVerdict[];
};

export type Progress = (
  stage: 'features' | 'train' | 'index' | 'calibrate' | 'write',
  done: number,
  total: number,
) => void;

export type Candidate = { index: number; key: string; confidence: number };

export type Classification = {
  /** Best first, at most `limit`; confidences are calibrated and sum to at most 1. */
  candidates: readonly Candidate[];
  /** The text equals an authored question of exactly one class, after normalisation. */
  exact: boolean;
};

/**
 * Why a class is as near to a text as it is. `nearest`: its authored question most like the text and their cosine (0-1) as
 * the calibrator reads it. `ngrams`: pieces of the normalised text and what each adds to the class's margin, heaviest
 * first; those with a negative weight speak against it. `meaning`: the cosine of vectors, where the text had one.
 */
export type Reasons = {
  nearest?: { question: number; similarity: number };
  ngrams: readonly { text: string; weight: number }[];
  meaning?: number;
};

/** `question` is the index of the nearest authored question within its class, for "matched question". */
export type SearchHit = { index: number; key: string; score: number; question: number };

/**
 * A text's `vector` is compared with those in the snapshot; `dense` is what an index outside found. Without either, and
 * in a snapshot that knows no embedding, words alone decide. A vector of another length raises `invalid`.
 */
export type AskOptions = {
  limit?: number;
  language?: Language;
  vector?: Float32Array;
  dense?: readonly DenseHit[];
  /** Whether a word that no question has is read as the known one that a slip of the finger explains. Default true. */
  spelling?: boolean;
};

export type Engine = {
  classify(text: string, options?: AskOptions): Classification;
  search(text: string, options?: AskOptions): readonly SearchHit[];
  /** Takes apart what `classify` made of a text for one class; `options` are those it was asked with. */
  explain(text: string, index: number, options?: AskOptions): Reasons;
  /** What vectors must come from; undefined where the snapshot knows none. */
  embedding?: Embedding;
  /** Whether a `vector` can be compared here, or only an index outside can; with `embedding`. */
  vectorsLie?: 'inside' | 'outside';
  /** The lowest confidence whose held-out precision reaches `target`; above 1 when no confidence does. */
  threshold(target: number): number;
  size: number;
  key(index: number): string;
  indexOf(key: string): number | undefined;
  payload(index: number): Uint8Array;
  meta(): Uint8Array;
  report: CompileReport;
  bytes: number;
};
