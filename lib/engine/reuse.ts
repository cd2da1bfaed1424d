/** What a compile takes over from an earlier snapshot, so that an urgent change is live within a minute. */
import { CuecardError } from '../domain/error.ts';
import { type Bm25, buildBm25 } from './bm25.ts';
import { terms } from './features.ts';
import type { Validations } from './folds.ts';
import { normalize } from './normalize.ts';
import { bm25Sections, type Facts, readClasses } from './sections.ts';
import { decodeSnapshot, encodeSnapshot } from './snapshot.ts';
import { packTable } from './strings.ts';
import { tokenize } from './tokenize.ts';
import type { Compiled, CompileInput, EngineClass } from './types.ts';

/** All answers' texts, a document a class. */
export const answerIndexOf = (classes: readonly EngineClass[]): Bm25 =>
  buildBm25(classes.map(({ answer }) => terms(tokenize(normalize(answer)))));

/** The snapshot with other payloads, answers and meta: bytes as a compile of the same questions would have made them. */
export function rewrite(snapshot: Uint8Array, { classes, meta }: CompileInput): Compiled {
  const sections = decodeSnapshot(snapshot);
  const { report } = readClasses(sections).facts;
  if (report.classes !== classes.length) throw new CuecardError('invalid', 'The snapshot is of other classes.');
  const payloads = packTable(classes.map(({ payload }) => payload));
  const bytes = encodeSnapshot(
    new Map([
      ...sections,
      ['payload.bytes', payloads.bytes],
      ['payload.offset', payloads.offset],
      ['meta', meta],
      ...bm25Sections('answer', answerIndexOf(classes)),
    ]),
  );
  return { bytes, report: { ...report, bytes: bytes.length }, verdicts: [] };
}

/** What an earlier snapshot knows of confidence, unless it is of another embedding than this one's. */
export function calibrationOf({ reuse, embedding }: CompileInput): Facts | undefined {
  if (reuse?.keep !== 'calibration') return undefined;
  const { facts } = readClasses(decodeSnapshot(reuse.snapshot));
  const isOfThis =
    embedding === undefined ||
    (facts.dense?.embedding.model === embedding.model && facts.dense.embedding.dimensions === embedding.dimensions);
  return isOfThis ? facts : undefined;
}

/** In place of a cross-validation's findings. */
export const believed = ({ calibrator, dense }: Facts): Validations => ({
  sparse: { calibrator, judged: [] },
  ...(dense === undefined ? {} : { dense: { calibrator: dense.calibrator, weight: dense.weight, judged: [] } }),
});
