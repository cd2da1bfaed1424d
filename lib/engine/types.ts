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
  /** With it, classes carry `vectors`: dense similarity joins the signals. */
  embedding?: Embedding;
};

export type CompileReport = {
  classes: number;
  questions: number;
  bytes: number;
  /** By cross-validation over the authored questions; absent when there are too few. */
  accuracy?: number;
  ece?: number;
  /** The risk-coverage curve: answering everything at or above `threshold` is right with `precision`, for `coverage` of messages. */
  curve: readonly { threshold: number; precision: number; coverage: number }[];
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

/** `question` is the index of the nearest authored question within its class, for "matched question". */
export type SearchHit = { index: number; key: string; score: number; question: number };

export type Engine = {
  classify(text: string, options?: { limit?: number; language?: Language }): Classification;
  search(text: string, options?: { limit?: number; language?: Language }): readonly SearchHit[];
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
