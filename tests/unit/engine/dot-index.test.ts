import { afterEach, describe, expect, it, vi } from 'vitest';
import { CuecardError } from '../../../lib/domain/error.ts';
import { compile } from '../../../lib/engine/compile.ts';
import { denseByClass, denseIndex, quantise } from '../../../lib/engine/dense.ts';
import { generator } from '../../../lib/engine/hash.ts';
import { open } from '../../../lib/engine/open.ts';
import { decodeSnapshot, encodeSnapshot, type Section } from '../../../lib/engine/snapshot.ts';
import { SHOP_INPUT } from './shop.ts';

const DIMENSIONS = 20;
const random = generator(3);
const vectorOf = (dimensions: number): Float32Array => Float32Array.from({ length: dimensions }, () => random() - 0.5);

function shopWithVectors(): Uint8Array {
  const classes = SHOP_INPUT.classes.map((one) => ({ ...one, vectors: one.questions.map(() => vectorOf(DIMENSIONS)) }));
  return compile({ ...SHOP_INPUT, classes, embedding: { model: 'stand-in', dimensions: DIMENSIONS } }).bytes;
}

function cosine(one: Float32Array, other: Float32Array): number {
  const product = one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
  return product / (Math.hypot(...one) * Math.hypot(...other));
}

describe('a snapshot with vectors', () => {
  const bytes = shopWithVectors();
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('copies them when one is first compared, not at opening, and once', () => {
    const memory = vi.spyOn(WebAssembly, 'Memory');
    const engine = open(bytes);
    engine.classify('how do i pay');
    expect(memory).not.toHaveBeenCalled();
    const vector = vectorOf(DIMENSIONS);
    const first = engine.classify('how do i pay', { vector });
    expect(memory).toHaveBeenCalledTimes(1);
    engine.search('how do i pay', { vector: vectorOf(DIMENSIONS) });
    expect(engine.classify('how do i pay', { vector })).toEqual(first);
    expect(memory).toHaveBeenCalledTimes(1);
  });

  it.each(['dense.value', 'dense.scale'])('is refused when its section %s is too short', (name) => {
    const cut = (section: Section): Section => section.slice(0, section.length - 1);
    const sections = Array.from(decodeSnapshot(bytes), ([own, section]): [string, Section] => [
      own,
      own === name ? cut(section) : section,
    ]);
    expect(() => open(encodeSnapshot(new Map(sections)))).toThrow(CuecardError);
  });
});

describe('similarity in whole numbers', () => {
  it.each([256, 1_536])('is off by no more than the rounding of a byte, and finds the same, at %i', (dimensions) => {
    const rows = Array.from({ length: 200 }, () => vectorOf(dimensions));
    const classStart = Uint32Array.from({ length: rows.length + 1 }, (_, row) => row);
    const index = quantise(rows, dimensions);
    for (const near of [0, 17, 199]) {
      const asked = vectorOf(dimensions).map((value, at) => 0.5 * value + (rows[near]?.[at] ?? 0));
      const exact = rows.map((row) => cosine(row, asked));
      const found = denseByClass(index, classStart, asked);
      expect(found.indexOf(Math.max(...found))).toBe(near);
      const errors = exact.map((value, row) => Math.abs(value - (found[row] ?? 9)));
      expect(Math.max(...errors)).toBeLessThan(0.003);
      expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(0.0004);
    }
  });

  it('has no class where nothing is, and counts only the rows that are seen', () => {
    const index = quantise([Float32Array.of(1, 0, 0), Float32Array.of(0, 1, 0), new Float32Array(3)], 3);
    const classStart = Uint32Array.of(0, 2, 2, 3);
    const asked = Float32Array.of(0, 4, 0);
    expect([...denseByClass(index, classStart, asked)]).toEqual([expect.closeTo(1), -1, 0]);
    expect([...denseByClass(index, classStart, asked, (row) => row === 0)]).toEqual([0, -1, -1]);
    expect([...denseByClass(index, classStart, new Float32Array(3))]).toEqual([-1, -1, -1]);
    expect([
      ...denseByClass(denseIndex(new Int8Array(0), new Float32Array(0), 3), Uint32Array.of(0, 0), asked),
    ]).toEqual([-1]);
  });
});
