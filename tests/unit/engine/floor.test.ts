/**
 * How often the engine is right, a little under what was measured: a change that costs accuracy is seen before it lands.
 * The whole measurement is `npm run bench:engine`; this is a small, fixed part of it.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { inputOf } from '../../../bench/engine/cuecard.ts';
import { readClinc } from '../../../bench/engine/datasets.ts';
import { readPack } from '../../../bench/engine/pack-set.ts';
import { classesOf, DATA, hasShared } from '../../../bench/engine/sets.ts';
import type { TaughtClass } from '../../../bench/engine/system.ts';
import { compile } from '../../../lib/engine/compile.ts';
import { generator, shuffle } from '../../../lib/engine/hash.ts';
import { open } from '../../../lib/engine/open.ts';
import type { Engine } from '../../../lib/engine/types.ts';
import { auroc } from '../../../lib/measure/calibration.ts';
import { outOfScopeRecallAt } from '../../../lib/measure/classification.ts';
import { meanReciprocalRank, recallAt } from '../../../lib/measure/ranking.ts';

const SEED = 17;
const INTENTS = 20;
const EACH = 30;
const OUT_OF_SCOPE_SHARE = 0.3;
const DEPTH = 10;
/** Compiling the pack takes seconds, and more where others use the processor too. */
const PATIENCE_MS = 120_000;

type Asked = { text: string; label: string };

const learn = (classes: readonly TaughtClass[]): Engine =>
  open(compile(inputOf({ classes, outOfScopeShare: OUT_OF_SCOPE_SHARE })).bytes);

function classified(engine: Engine, test: readonly Asked[], outOfScope: readonly string[]) {
  const answers = test.map(({ text, label }) => {
    const { candidates } = engine.classify(text, { limit: DEPTH });
    const place = candidates.findIndex(({ key }) => key === label);
    return { place, right: place === 0, confidence: candidates[0]?.confidence ?? 0 };
  });
  const foreign = outOfScope.map((text) => engine.classify(text, { limit: 1 }).candidates[0]?.confidence ?? 0);
  const right = answers.filter((answer) => answer.right).map(({ confidence }) => confidence);
  const wrong = answers.filter((answer) => !answer.right).map(({ confidence }) => confidence);
  return {
    accuracy: right.length / answers.length,
    mrr: meanReciprocalRank(answers.map(({ place }) => place)),
    auroc: auroc(right, [...wrong, ...foreign]),
    refused: (accuracy: number) => outOfScopeRecallAt(answers, foreign, accuracy),
  };
}

function searched(engine: Engine, test: readonly Asked[]) {
  const places = test.map(({ text, label }) =>
    engine.search(text, { limit: DEPTH }).findIndex(({ key }) => key === label),
  );
  return { recall1: recallAt(places, 1), recall5: recallAt(places, 5) };
}

describe.each([
  { language: 'en', accuracy: 0.75, auroc: 0.88, recall5: 0.83 },
  { language: 'zh', accuracy: 0.935, auroc: 0.92, recall5: 0.95 },
] as const)('the e-commerce pack in $language, asked its golden questions', ({ language, ...floor }) => {
  let measured: { accuracy: number; auroc: number; recall5: number };
  beforeAll(async () => {
    const { classes, test, outOfScope } = await readPack(language);
    expect(test.length).toBeGreaterThanOrEqual(100);
    expect(outOfScope.length).toBeGreaterThanOrEqual(30);
    const engine = learn(classes);
    measured = { ...classified(engine, test, outOfScope), recall5: searched(engine, test).recall5 };
  }, PATIENCE_MS);

  it('classifies them', () => expect(measured.accuracy).toBeGreaterThanOrEqual(floor.accuracy));
  it('is surer when right', () => expect(measured.auroc).toBeGreaterThanOrEqual(floor.auroc));
  it('finds them by search', () => expect(measured.recall5).toBeGreaterThanOrEqual(floor.recall5));
});

/** Twenty of the 150 intents with thirty questions each, and the test texts of those. */
function clincPart() {
  const { train, test, outOfScope } = readClinc(DATA);
  const all = classesOf(train);
  const order = Uint32Array.from(all.keys());
  shuffle(order, order.length, generator(SEED));
  const classes = Array.from(order.subarray(0, INTENTS), (at) => all[at]).filter((one) => one !== undefined);
  const kept = new Set(classes.map(({ key }) => key));
  return {
    classes: classes.map((one) => ({ ...one, questions: one.questions.slice(0, EACH) })),
    test: test.filter(({ label }) => kept.has(label)),
    outOfScope,
  };
}

describe('a fixed part of CLINC150', () => {
  it(
    'is classified, ranked and told from what is out of scope',
    ({ skip }) => {
      if (!hasShared()) skip(`CLINC150 is not measured: there is no ${DATA.pathname}`);
      const { classes, test, outOfScope } = clincPart();
      expect([classes.length, test.length, outOfScope.length]).toEqual([INTENTS, 600, 1_000]);
      const engine = learn(classes);
      const { accuracy, mrr, auroc: area, refused } = classified(engine, test, outOfScope);
      expect.soft(accuracy).toBeGreaterThanOrEqual(0.965);
      expect.soft(mrr).toBeGreaterThanOrEqual(0.975);
      expect.soft(area).toBeGreaterThanOrEqual(0.97);
      expect.soft(refused(0.91)).toBeGreaterThanOrEqual(0.9);
      expect.soft(searched(engine, test).recall1).toBeGreaterThanOrEqual(0.9);
    },
    PATIENCE_MS,
  );
});
