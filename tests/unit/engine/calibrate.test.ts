import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  confidence,
  confidences,
  fitCalibrator,
  type HeldOut,
  MOST_INEXACT,
  SHIPPED,
  standardise,
  weigh,
} from '../../../lib/engine/calibrate.ts';
import { compile } from '../../../lib/engine/compile.ts';
import { FEWEST_ROWS, riskCoverage, thin } from '../../../lib/engine/curve.ts';
import { generator } from '../../../lib/engine/hash.ts';
import { EXACT_CONFIDENCE, open } from '../../../lib/engine/open.ts';
import { SIGNALS } from '../../../lib/engine/rank.ts';
import { classOf, inputOf, SHOP_INPUT } from './shop.ts';

const STRONG = [1, 1.5, 0.9, 0.6, 1, 4.6, -0.1, 1, -1, 0.12, 0];
const WEAK = [-0.8, 0.05, 0.1, 0, 0.3, 4.6, -3, 0.2, -1, 0.12, 0.5];
const row = (signals: readonly number[], place: number, inScope = true, size = 8): HeldOut => ({
  size,
  owner: 0,
  first: place === 0 ? 0 : 1,
  signals,
  margins: [signals[0] ?? 0, -0.5, -0.9],
  place,
  inScope,
});

describe('the calibrator', () => {
  it('as shipped, is sure of strong signals and not of weak ones', () => {
    expect(confidence(SHIPPED, STRONG)).toBeGreaterThan(0.9);
    expect(confidence(SHIPPED, WEAK)).toBeLessThan(0.2);
    expect(fitCalibrator([])).toBe(SHIPPED);
    expect(fitCalibrator(weigh([row(WEAK, -1), row(WEAK, 1)], 0.3))).toBe(SHIPPED);
  });

  it('never reaches the confidence of an exact match, whatever the signals', () => {
    const signals = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
      minLength: SIGNALS,
      maxLength: SIGNALS,
    });
    fc.assert(
      fc.property(signals, (given) => {
        const value = confidence(SHIPPED, given);
        expect(value).toBeGreaterThan(0);
        expect(value).toBeLessThanOrEqual(MOST_INEXACT);
      }),
    );
    expect(MOST_INEXACT).toBeLessThan(EXACT_CONFIDENCE);
  });

  it('learns how often its own rows were right', () => {
    const random = generator(3);
    const rows = Array.from({ length: 600 }, () => row(STRONG, random() < 0.3 ? 0 : 1));
    const learnt = confidence(fitCalibrator(weigh(rows, 0)), STRONG);
    const rate = rows.filter((one) => one.place === 0).length / rows.length;
    expect(Math.abs(learnt - rate)).toBeLessThan(0.1);
  });

  it('stays near the shipped one when it has seen little', () => {
    const few = fitCalibrator(weigh([row(STRONG, 1), row(STRONG, 0)], 0.3));
    expect(Math.abs(confidence(few, STRONG) - confidence(SHIPPED, STRONG))).toBeLessThan(0.1);
  });

  it('shares what the first leaves, falling, and never more than there is', () => {
    const margins = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), margins, (first, given) => {
        const shares = confidences(
          SHIPPED,
          first,
          given.toSorted((a, b) => b - a),
        );
        expect(shares[0]).toBe(first);
        expect(shares).toEqual(shares.toSorted((a, b) => b - a));
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
  });

  it('weighs rows to the share that is out of scope, less for near misses, and makes no evidence', () => {
    const rows = [
      ...Array.from({ length: 8 }, () => row(STRONG, 0)),
      ...Array.from({ length: 30 }, () => row(WEAK, -1, false)),
    ];
    const weighted = weigh(rows, 0.3);
    const mass = (inScope: boolean) =>
      weighted.filter((one) => one.inScope === inScope).reduce((sum, one) => sum + one.weight, 0);
    expect(mass(false) / mass(true)).toBeCloseTo((0.7 * 0.3) / 0.7);
    expect(mass(true)).toBeCloseTo(8);
    expect(weigh([row(WEAK, -1, false)], 0)[0]?.weight).toBe(1);
  });

  it('lets classes count alike, however many questions each has', () => {
    const rows = [
      row(STRONG, 0, true, 2),
      row(STRONG, 0, true, 2),
      ...Array.from({ length: 6 }, () => row(WEAK, 1, true, 6)),
    ];
    const weights = weigh(rows, 0).map(({ weight }) => weight);
    const sum = (list: readonly number[]) => list.reduce((all, one) => all + one, 0);
    expect(sum(weights.slice(0, 2))).toBeCloseTo(sum(weights.slice(2)));
    expect(sum(weights)).toBeCloseTo(8);
  });

  it('finds what slow descent on the same penalised likelihood finds', () => {
    const random = generator(5);
    const signal = () => STRONG.map((strong, at) => strong + random() * ((WEAK[at] ?? 0) - strong));
    const rows = Array.from({ length: 60 }, () => {
      const signals = signal();
      return row(signals, random() < (signals[0] ?? 0) ? 0 : 1, random() < 0.9);
    });
    const weighted = weigh(rows, 0.3);
    const { weights } = fitCalibrator(weighted);
    let slow = [...SHIPPED.weights];
    for (let step = 0; step < 4_000; step += 1) {
      const gradient = slow.map((weight, at) => 20 * (weight - (SHIPPED.weights[at] ?? 0)));
      for (const { signals, place, weight } of weighted) {
        const z = standardise(signals, SHIPPED.scales);
        const p = 1 / (1 + Math.exp(-z.reduce((sum, value, at) => sum + value * (slow[at] ?? 0), 0)));
        z.forEach((value, at) => {
          gradient[at] = (gradient[at] ?? 0) + weight * (p - (place === 0 ? 1 : 0)) * value;
        });
      }
      slow = slow.map((weight, at) => weight - 0.005 * (gradient[at] ?? 0));
    }
    weights.forEach((weight, at) => {
      expect(weight).toBeCloseTo(slow[at] ?? 0, 3);
    });
  });
});

describe('the risk-coverage curve', () => {
  const judged = fc.array(
    fc.record({
      confidence: fc.integer({ min: 0, max: 20 }).map((value) => value / 20),
      right: fc.boolean(),
      weight: fc.double({ min: 0.1, max: 1, noNaN: true }),
    }),
    { maxLength: 120 },
  );

  it('counts what lies at or above each threshold', () => {
    fc.assert(
      fc.property(judged, (rows) => {
        const total = rows.reduce((sum, one) => sum + one.weight, 0);
        for (const { threshold, precision, coverage } of riskCoverage(rows)) {
          const above = rows.filter((one) => one.confidence >= threshold);
          const mass = above.reduce((sum, one) => sum + one.weight, 0);
          const right = above.reduce((sum, one) => sum + (one.right ? one.weight : 0), 0);
          expect(above.length).toBeGreaterThanOrEqual(FEWEST_ROWS);
          expect(precision).toBeCloseTo((right + 2 * threshold) / (mass + 2), 6);
          expect(coverage).toBeCloseTo(mass / total, 6);
        }
      }),
    );
  });

  it('is thinned to a hundred points and keeps its end', () => {
    const curve = Array.from({ length: 950 }, (_, at) => ({
      threshold: 1 - at / 1000,
      precision: 1,
      coverage: at / 1000,
    }));
    expect(thin(curve).length).toBeLessThanOrEqual(100);
    expect(thin(curve).at(-1)).toEqual(curve.at(-1));
    expect(thin([])).toEqual([]);
  });
});

describe('the threshold', () => {
  const shop = open(compile(SHOP_INPUT).bytes);

  it('grows with the target and is never below half of it', () => {
    const targets = [0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99];
    const thresholds = targets.map((target) => shop.threshold(target));
    expect(thresholds).toEqual(thresholds.toSorted((a, b) => a - b));
    thresholds.forEach((threshold, at) => {
      expect(threshold).toBeGreaterThanOrEqual((targets[at] ?? 0) / 2);
    });
  });

  it('is an exact match where no ranking is good enough, and out of reach beyond that', () => {
    expect(shop.threshold(EXACT_CONFIDENCE)).toBe(EXACT_CONFIDENCE);
    expect(shop.threshold(0.999)).toBeGreaterThan(1);
  });

  it('reaches its target on the held-out rows it reports', () => {
    expect(shop.report.accuracy).toBeGreaterThan(0.5);
    const threshold = shop.threshold(0.6);
    const point = shop.report.curve.find((one) => one.threshold === threshold);
    expect(point === undefined || point.precision >= 0.6).toBe(true);
  });

  it('is the target itself where nothing could be held out', () => {
    const single = open(compile(inputOf([classOf('a', ['one']), classOf('b', ['two'])])).bytes);
    expect(single.threshold(0.8)).toBe(0.8);
    expect(single.report.curve).toEqual([]);
  });
});
