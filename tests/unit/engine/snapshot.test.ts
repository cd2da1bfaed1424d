import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CuecardError } from '../../../lib/domain/error.ts';
import { buildCorpus, buildFeatureIds } from '../../../lib/engine/corpus.ts';
import { comparedRows, decodeExample, encodeExamples, longestExample } from '../../../lib/engine/examples.ts';
import { decodeSnapshot, encodeSnapshot, type Section } from '../../../lib/engine/snapshot.ts';

const section: fc.Arbitrary<Section> = fc.oneof(
  fc.uint8Array(),
  fc.int8Array(),
  fc.uint16Array(),
  fc.uint32Array(),
  fc.float32Array(),
);
const sections = fc.dictionary(fc.string(), section).map((record) => new Map(Object.entries(record)));

const invalid = (bytes: Uint8Array): string => {
  try {
    decodeSnapshot(bytes);
  } catch (error) {
    if (error instanceof CuecardError && error.kind === 'invalid') return error.message;
    throw error;
  }
  return '';
};

describe('snapshot', () => {
  it('gives back every section, of its kind, wherever the bytes lie in memory', () => {
    fc.assert(
      fc.property(sections, fc.integer({ min: 0, max: 9 }), (given, shift) => {
        const bytes = encodeSnapshot(given);
        const moved = new Uint8Array(bytes.length + shift);
        moved.set(bytes, shift);
        expect(new Map(decodeSnapshot(moved.subarray(shift)))).toEqual(given);
      }),
    );
  });

  it('reads in place', () => {
    const bytes = encodeSnapshot(new Map([['a', Uint32Array.of(1, 2, 3)]]));
    expect(decodeSnapshot(bytes).get('a')?.buffer).toBe(bytes.buffer);
  });

  it('refuses a change of any single byte, and any cut', () => {
    const bytes = encodeSnapshot(
      new Map<string, Section>([
        ['numbers', Float32Array.of(1, 2, 3)],
        ['text', Uint8Array.of(7, 8, 9)],
      ]),
    );
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ 0x40;
      expect(invalid(changed), `byte ${at}`).not.toBe('');
      expect(invalid(bytes.subarray(0, at)), `cut at ${at}`).not.toBe('');
    }
  });

  it('refuses a table that makes no sense, though its checksum is right', () => {
    const written = (table: string): Uint8Array => {
      const text = new TextEncoder().encode(table);
      const bytes = new Uint8Array(Math.ceil((16 + text.length) / 8) * 8 + 8);
      const header = new DataView(bytes.buffer);
      bytes.set(text, 16);
      header.setUint32(0, 0x64726163, true);
      header.setUint32(4, 3, true);
      header.setUint32(12, text.length, true);
      header.setUint32(8, crc32(bytes.subarray(12)), true);
      return bytes;
    };
    const place = (extra: object) => JSON.stringify([{ name: 'a', kind: 'u8', offset: 0, length: 1, ...extra }]);
    expect(decodeSnapshot(written(place({}))).get('a')).toEqual(Uint8Array.of(0));
    for (const table of [
      '',
      '{',
      '{}',
      'null',
      '[null]',
      place({ kind: 'f64' }),
      place({ kind: 'toString' }),
      place({ length: 9 }),
      place({ length: -1 }),
      place({ length: 0.5 }),
      place({ offset: 4 }),
      place({ offset: 2 ** 40 }),
      place({ kind: 'u32', length: 3 }),
      place({ name: 7 }),
    ]) {
      expect(invalid(written(table)), table).toContain('damaged');
    }
  });

  it('says what is wrong', () => {
    const bytes = encodeSnapshot(new Map([['a', Uint8Array.of(1)]]));
    expect(invalid(new TextEncoder().encode('{"not": "a snapshot"}'))).toContain('not a snapshot');
    const other = bytes.slice();
    other[4] = 9;
    expect(invalid(other)).toContain('format 9');
    const damaged = bytes.slice();
    damaged[20] = (damaged[20] ?? 0) ^ 1;
    expect(invalid(damaged)).toContain('checksum');
  });
});

describe('examples', () => {
  it('decode to the ids they were made of', () => {
    const hashes = fc.uniqueArray(fc.integer({ min: 0, max: 5_000 })).map((list) => Uint32Array.from(list).sort());
    fc.assert(
      fc.property(fc.array(fc.record({ words: hashes, chars: hashes })), (texts) => {
        const corpus = buildCorpus(texts, buildFeatureIds(texts));
        const examples = encodeExamples(corpus, Uint32Array.of(0, texts.length));
        const buffer = new Uint32Array(longestExample(examples));
        texts.forEach((_, row) => {
          const count = decodeExample(examples, row, buffer);
          expect(buffer.slice(0, count)).toEqual(corpus.ids.slice(corpus.start[row], corpus.start[row + 1]));
        });
      }),
    );
  });

  it('leave out what a class with very many is not compared by', () => {
    const texts = Array.from({ length: 200 }, (_, row) => ({ words: Uint32Array.of(row), chars: Uint32Array.of(row) }));
    const classStart = Uint32Array.of(0, 3, 200);
    const examples = encodeExamples(buildCorpus(texts, buildFeatureIds(texts)), classStart);
    const buffer = new Uint32Array(longestExample(examples));
    const kept = texts.flatMap((_, row) => (decodeExample(examples, row, buffer) > 0 ? [row] : []));
    const { first, end, stride } = comparedRows(classStart, 1);
    expect(kept.slice(0, 3)).toEqual([0, 1, 2]);
    expect(kept.slice(3)).toEqual(
      Array.from({ length: Math.ceil((end - first) / stride) }, (_, at) => first + at * stride),
    );
    expect(kept.length).toBeLessThanOrEqual(3 + 64);
  });

  it('keep ids of every length', () => {
    const ids = Uint32Array.of(0, 127, 128, 20_000, 3_000_000, 400_000_000);
    const corpus = { start: Uint32Array.of(0, ids.length), ids, words: 2, size: 400_000_001 };
    const buffer = new Uint32Array(32);
    expect(buffer.slice(0, decodeExample(encodeExamples(corpus, Uint32Array.of(0, 1)), 0, buffer))).toEqual(ids);
  });
});
