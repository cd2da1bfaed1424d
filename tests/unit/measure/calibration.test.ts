import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  areaUnderRiskCoverage,
  auroc,
  brierScore,
  expectedCalibrationError,
  type Judged,
  reliability,
  riskCoverage,
  widestAt,
} from '../../../lib/measure/calibration.ts';

const judged = fc.array(
  fc.record({
    confidence: fc.integer({ min: 0, max: 20 }).map((value) => value / 20),
    right: fc.boolean(),
    weight: fc.double({ min: 0.1, max: 1, noNaN: true }),
  }),
  { maxLength: 60 },
);
const mass = (rows: readonly Judged[]) => rows.reduce((sum, row) => sum + (row.weight ?? 1), 0);

describe('reliability', () => {
  it('puts every row into the bin of its confidence', () => {
    fc.assert(
      fc.property(judged, fc.integer({ min: 1, max: 12 }), (rows, bins) => {
        reliability(rows, bins).forEach((bin, at) => {
          const own = rows.filter(({ confidence }) => Math.min(bins - 1, Math.floor(confidence * bins)) === at);
          expect(bin.mass).toBeCloseTo(mass(own));
          expect(bin.accuracy * bin.mass).toBeCloseTo(mass(own.filter((row) => row.right)));
          if (own.length > 0) expect(bin.confidence).toBeGreaterThanOrEqual(bin.from - 1e-9);
          expect(bin.confidence).toBeLessThanOrEqual(bin.to + 1e-9);
        });
      }),
    );
  });

  it('is no error where every bin keeps its word, and the distance where it does not', () => {
    const rows = (confidence: number, right: number): Judged[] =>
      Array.from({ length: 100 }, (_, at) => ({ confidence, right: at < right }));
    expect(expectedCalibrationError(rows(0.75, 75))).toBeCloseTo(0);
    expect(expectedCalibrationError(rows(0.95, 45))).toBeCloseTo(0.5);
    expect(expectedCalibrationError([...rows(0.95, 45), ...rows(0.25, 25)])).toBeCloseTo(0.25);
    expect(expectedCalibrationError([])).toBe(0);
    expect(brierScore(rows(0.5, 50))).toBeCloseTo(0.25);
    expect(brierScore(rows(1, 100))).toBe(0);
    expect(brierScore([])).toBe(0);
  });

  it('weighs rows like so many equal ones', () => {
    fc.assert(
      fc.property(judged, (rows) => {
        const doubled = rows.map((row) => ({ ...row, weight: 2 }));
        const twice = rows.flatMap(({ confidence, right }) => [
          { confidence, right },
          { confidence, right },
        ]);
        expect(expectedCalibrationError(doubled)).toBeCloseTo(expectedCalibrationError(twice));
        expect(brierScore(doubled)).toBeCloseTo(brierScore(twice));
      }),
    );
  });
});

describe('auroc', () => {
  it('is the share of pairs in order, ties counting half', () => {
    const scores = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 25 });
    fc.assert(
      fc.property(scores, scores, (right, wrong) => {
        const pairs = right.flatMap((a) => wrong.map((b) => (1 + Math.sign(a - b)) / 2));
        expect(auroc(right, wrong)).toBeCloseTo(pairs.reduce((sum, one) => sum + one, 0) / pairs.length);
      }),
    );
    expect(auroc([1], [])).toBeNaN();
  });
});

describe('the risk-coverage curve', () => {
  it('counts what lies at or above each threshold', () => {
    fc.assert(
      fc.property(judged, (rows) => {
        const curve = riskCoverage(rows);
        expect(curve.map(({ threshold }) => threshold)).toEqual(
          [...new Set(rows.map(({ confidence }) => confidence))].sort((a, b) => b - a),
        );
        for (const point of curve) {
          const above = rows.filter(({ confidence }) => confidence >= point.threshold);
          expect(point.count).toBe(above.length);
          expect(point.precision).toBeCloseTo(mass(above.filter(({ right }) => right)) / mass(above));
          expect(point.coverage).toBeCloseTo(mass(above) / mass(rows));
        }
      }),
    );
  });

  it('has no area where all is right, and all of it where nothing is', () => {
    const rows = (right: boolean) => [0.1, 0.4, 0.9].map((confidence) => ({ confidence, right }));
    expect(areaUnderRiskCoverage(rows(true))).toBe(0);
    expect(areaUnderRiskCoverage(rows(false))).toBeCloseTo(1);
    expect(areaUnderRiskCoverage([{ confidence: 0.9, right: true }, ...rows(false)])).toBeLessThan(1);
  });

  it('gives the widest coverage that keeps a target', () => {
    const curve = [
      { precision: 1, coverage: 0.1 },
      { precision: 0.8, coverage: 0.3 },
      { precision: 0.9, coverage: 0.5 },
      { precision: 0.6, coverage: 1 },
    ];
    expect(widestAt(curve, 0.85)?.coverage).toBe(0.5);
    expect(widestAt(curve, 0.5)?.coverage).toBe(1);
    expect(widestAt(curve, 1)?.coverage).toBe(0.1);
    expect(widestAt(curve.slice(1), 0.95)).toBeUndefined();
  });
});
