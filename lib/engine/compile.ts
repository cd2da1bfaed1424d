import { bump, cumulate, numbers } from './arrays.ts';
import { buildBm25 } from './bm25.ts';
import { heldOutFigures } from './compile-report.ts';
import { buildCorpus, buildFeatureIds } from './corpus.ts';
import { checkVector, quantise } from './dense.ts';
import { buildExact } from './exact.ts';
import { encodeExamples } from './examples.ts';
import { features, terms } from './features.ts';
import { crossValidate, type Validations } from './folds.ts';
import { hashString } from './hash.ts';
import type { DenseRows, Hashes } from './held-out.ts';
import { exactKey, normalize } from './normalize.ts';
import { answerIndexOf, believed, calibrationOf, rewrite } from './reuse.ts';
import { bm25Sections, denseSections, modelSections, packFacts } from './sections.ts';
import { encodeSnapshot, type Section } from './snapshot.ts';
import { packTable } from './strings.ts';
import { tokenize } from './tokenize.ts';
import { type Dataset, trainModel } from './train.ts';
import type { Compiled, CompileInput, CompileReport, EngineClass, HeldOutVerdict, Progress } from './types.ts';

/** A class's distinct questions: what is learnt, and which of the authored ones each is. */
type Row = { text: string; owner: number; question: number };

const LANGUAGES = ['', 'zh', 'en'];

const languageCodes = (classes: readonly EngineClass[]): Uint8Array =>
  Uint8Array.from(classes, ({ language }) => LANGUAGES.indexOf(language ?? ''));

/** Of questions that differ only in punctuation within one class, the first. */
function distinctRows(classes: readonly EngineClass[]): Row[] {
  return classes.flatMap(({ questions }, owner) => {
    const seen = new Set<string>();
    return questions.flatMap((authored, question) => {
      const text = normalize(authored);
      const key = exactKey(text);
      if (key === '' || seen.has(key)) return [];
      seen.add(key);
      return [{ text, owner, question }];
    });
  });
}

function classStarts(rows: readonly Row[], classes: number): Uint32Array {
  const start = new Uint32Array(classes + 1);
  for (const { owner } of rows) bump(start, owner + 1);
  cumulate(start);
  return start;
}

/** Every row's vector, in order of rows. Raises `invalid` when one is missing or not of the embedding. */
function denseRows({ classes, embedding }: CompileInput, rows: readonly Row[]): DenseRows | undefined {
  if (embedding === undefined) return undefined;
  const vectors = rows.map(({ owner, question }) => {
    const vector = classes[owner]?.vectors?.[question] ?? new Float32Array(0);
    checkVector(vector, embedding);
    return vector;
  });
  return { index: quantise(vectors, embedding.dimensions), vectors };
}

function reportOf(input: CompileInput, { sparse, dense }: Validations): CompileReport {
  const key = (index: number): string => input.classes[index]?.key ?? '';
  const { accuracy = 0, ece = 0, curve } = heldOutFigures(dense?.judged ?? [], key);
  return {
    classes: input.classes.length,
    questions: input.classes.reduce((sum, one) => sum + one.questions.length, 0),
    bytes: 0,
    ...heldOutFigures(sparse.judged, key),
    ...(curve.length === 0 ? {} : { dense: { accuracy, ece, curve } }),
  };
}

const HASH_SEED = 29;

const hashesOf = (classes: readonly EngineClass[], rows: readonly Row[]): Hashes => ({
  classes: Uint32Array.from(classes, ({ key }) => hashString(key, HASH_SEED)),
  rows: Uint32Array.from(rows, ({ owner, text }) => hashString(`${classes[owner]?.key ?? ''}\n${text}`, HASH_SEED)),
});

/** Of the questions whose class was there, as a message is ranked: with vectors where there are any. */
function verdictsOf(rows: readonly Row[], { sparse, dense }: Validations): HeldOutVerdict[] {
  const inScope = (dense ?? sparse).judged.filter((row) => row.inScope);
  return inScope.map(({ row, owner, first, place, confidence }) => ({
    index: owner,
    question: rows[row]?.question ?? 0,
    got: first < 0 ? undefined : first,
    place,
    confidence,
  }));
}

/** What is small, and the vectors if they are to lie inside. */
function factSections(
  { embedding, vectorsLie = 'inside' }: CompileInput,
  report: CompileReport,
  { sparse, dense }: Validations,
  vectors: DenseRows | undefined,
): [string, Section][] {
  const { calibrator } = sparse;
  if (embedding === undefined || dense === undefined) return [packFacts({ report, calibrator })];
  const meaning = { embedding, calibrator: dense.calibrator, weight: dense.weight };
  const kept = vectors === undefined || vectorsLie === 'outside' ? [] : denseSections(vectors.index);
  return [...kept, packFacts({ report, calibrator, dense: meaning })];
}

function classSections(input: CompileInput, rows: readonly Row[]): [string, Section][] {
  const encoder = new TextEncoder();
  const keys = packTable(input.classes.map(({ key }) => encoder.encode(key)));
  const payloads = packTable(input.classes.map(({ payload }) => payload));
  const questions = numbers(rows.length, Math.max(0, ...input.classes.map((one) => one.questions.length)));
  rows.forEach(({ question }, row) => {
    questions[row] = question;
  });
  const exact = buildExact(rows);
  return [
    ['key.bytes', keys.bytes],
    ['key.offset', keys.offset],
    ['payload.bytes', payloads.bytes],
    ['payload.offset', payloads.offset],
    ['class.language', languageCodes(input.classes)],
    ['row.question', questions],
    ['exact.high', exact.high],
    ['exact.low', exact.low],
    ['exact.owner', exact.owner],
    ['meta', input.meta],
  ];
}

/**
 * Trains, indexes and calibrates; the same input gives the same bytes. Runs for seconds without pause on thousands of
 * questions: call it in a worker thread.
 */
export function compile(input: CompileInput, onProgress: Progress = () => {}): Compiled {
  if (input.reuse?.keep === 'model') return rewrite(input.reuse.snapshot, input);
  const rows = distinctRows(input.classes);
  onProgress('features', 0, rows.length);
  const tokens = rows.map(({ text }) => tokenize(text));
  const texts = tokens.map(features);
  const ids = buildFeatureIds(texts);
  const corpus = buildCorpus(texts, ids);
  const classStart = classStarts(rows, input.classes.length);
  const data: Dataset = { corpus, classStart, examples: encodeExamples(corpus, classStart) };
  onProgress('features', rows.length, rows.length);
  const all = Uint32Array.from(rows.keys());
  const { model, seeds } = trainModel(data, all, {
    onClass: (done) => onProgress('train', done, input.classes.length),
  });
  onProgress('index', 0, 2);
  const questionIndex = buildBm25(tokens.map(terms));
  onProgress('index', 1, 2);
  const answerIndex = answerIndexOf(input.classes);
  onProgress('index', 2, 2);
  const dense = denseRows(input, rows);
  const languages = languageCodes(input.classes);
  const { outOfScopeShare } = input;
  const hashes = hashesOf(input.classes, rows);
  const known = calibrationOf(input);
  const validations =
    known === undefined
      ? crossValidate({ data, seeds, hashes, languages, outOfScopeShare, dense }, (done, of) =>
          onProgress('calibrate', done, of),
        )
      : believed(known);
  onProgress('write', 0, 1);
  const made = reportOf(input, validations);
  const report = known === undefined ? made : { ...known.report, classes: made.classes, questions: made.questions };
  const bytes = encodeSnapshot(
    new Map([
      ...classSections(input, rows),
      ...modelSections(model, ids),
      ...bm25Sections('question', questionIndex),
      ...bm25Sections('answer', answerIndex),
      ...factSections(input, report, validations, dense),
    ]),
  );
  onProgress('write', 1, 1);
  return { bytes, report: { ...report, bytes: bytes.length }, verdicts: verdictsOf(rows, validations) };
}
