import { CuecardError } from '../domain/error.ts';
import { isNumbers, type Numbers } from './arrays.ts';
import type { Bm25 } from './bm25.ts';
import type { Calibrator } from './calibrate.ts';
import { type FeatureIds, unseenIdf } from './corpus.ts';
import { type DenseIndex, denseIndex } from './dense.ts';
import type { ExactIndex } from './exact.ts';
import type { Model } from './model.ts';
import type { Section, Sections } from './snapshot.ts';
import type { Table } from './strings.ts';
import type { CompileReport, Embedding } from './types.ts';

/** How the parts of an engine lie in a snapshot's sections: what is written here is read here. */

type Named = [string, Section];

/** What is small enough for JSON. */
export type Facts = {
  report: CompileReport;
  calibrator: Calibrator;
  /** `weight`: what a step of similarity is worth in margins. */
  dense?: { embedding: Embedding; calibrator: Calibrator; weight: number };
};

export function packFacts(facts: Facts): Named {
  return ['facts', new TextEncoder().encode(JSON.stringify(facts))];
}

export function modelSections(model: Model, { words, chars }: FeatureIds): Named[] {
  return [
    ['words.hashes', words.hashes],
    ['words.starts', words.starts],
    ['chars.hashes', chars.hashes],
    ['chars.starts', chars.starts],
    ['feature.idf', model.idf],
    ['feature.start', model.start],
    ['weight.owner', model.owner],
    ['weight.value', model.weight],
    ['weight.centre', model.centre],
    ['class.scale', model.scale],
    ['class.likenessScale', model.likenessScale],
    ['class.centreScale', model.centreScale],
    ['class.bias', model.bias],
    ['class.start', model.classStart],
    ['example.offset', model.examples.offset],
    ['example.bytes', model.examples.bytes],
    ['example.norms', model.norms],
  ];
}

export function bm25Sections(name: string, index: Bm25): Named[] {
  return [
    [`${name}.hashes`, index.vocabulary.hashes],
    [`${name}.starts`, index.vocabulary.starts],
    [`${name}.idf`, index.idf],
    [`${name}.start`, index.start],
    [`${name}.document`, index.document],
    [`${name}.impact`, index.impact],
  ];
}

export function denseSections({ value, scale }: DenseIndex): Named[] {
  return [
    ['dense.value', value],
    ['dense.scale', scale],
  ];
}

function missing(name: string): CuecardError {
  return new CuecardError('invalid', `The snapshot is damaged: its section "${name}" is missing or of another kind.`);
}

function u8(sections: Sections, name: string): Uint8Array {
  const section = sections.get(name);
  if (!(section instanceof Uint8Array)) throw missing(name);
  return section;
}

function i8(sections: Sections, name: string): Int8Array {
  const section = sections.get(name);
  if (!(section instanceof Int8Array)) throw missing(name);
  return section;
}

function u32(sections: Sections, name: string): Uint32Array {
  const section = sections.get(name);
  if (!(section instanceof Uint32Array)) throw missing(name);
  return section;
}

function f32(sections: Sections, name: string): Float32Array {
  const section = sections.get(name);
  if (!(section instanceof Float32Array)) throw missing(name);
  return section;
}

function numbersOf(sections: Sections, name: string): Numbers {
  const section = sections.get(name);
  if (isNumbers(section)) return section;
  throw missing(name);
}

export function readFeatureIds(sections: Sections): FeatureIds {
  return {
    words: { hashes: u32(sections, 'words.hashes'), starts: u32(sections, 'words.starts') },
    chars: { hashes: u32(sections, 'chars.hashes'), starts: u32(sections, 'chars.starts') },
  };
}

export function readModel(sections: Sections): Model {
  const norms = f32(sections, 'example.norms');
  return {
    words: u32(sections, 'words.hashes').length,
    idf: f32(sections, 'feature.idf'),
    unseen: unseenIdf(norms.length / 2),
    start: u32(sections, 'feature.start'),
    owner: numbersOf(sections, 'weight.owner'),
    weight: i8(sections, 'weight.value'),
    centre: u8(sections, 'weight.centre'),
    scale: f32(sections, 'class.scale'),
    likenessScale: f32(sections, 'class.likenessScale'),
    centreScale: f32(sections, 'class.centreScale'),
    bias: f32(sections, 'class.bias'),
    classStart: u32(sections, 'class.start'),
    examples: { offset: u32(sections, 'example.offset'), bytes: u8(sections, 'example.bytes') },
    norms,
  };
}

export function readBm25(sections: Sections, name: string): Bm25 {
  return {
    vocabulary: { hashes: u32(sections, `${name}.hashes`), starts: u32(sections, `${name}.starts`) },
    idf: f32(sections, `${name}.idf`),
    start: u32(sections, `${name}.start`),
    document: numbersOf(sections, `${name}.document`),
    impact: u8(sections, `${name}.impact`),
  };
}

/** Undefined where the vectors lie outside, or there are none. */
export function readDense(sections: Sections, embedding: Embedding | undefined): DenseIndex | undefined {
  if (embedding === undefined || !sections.has('dense.value')) return undefined;
  return denseIndex(i8(sections, 'dense.value'), f32(sections, 'dense.scale'), embedding.dimensions);
}

export type Classes = {
  keys: Table;
  payloads: Table;
  /** 0: of no language; otherwise its place in the list of languages, from 1. */
  languages: Uint8Array;
  /** By row: which of its class's authored questions it is. */
  questions: Numbers;
  exact: ExactIndex;
  meta: Uint8Array;
  facts: Facts;
};

export function readClasses(sections: Sections): Classes {
  return {
    keys: { bytes: u8(sections, 'key.bytes'), offset: u32(sections, 'key.offset') },
    payloads: { bytes: u8(sections, 'payload.bytes'), offset: u32(sections, 'payload.offset') },
    languages: u8(sections, 'class.language'),
    questions: numbersOf(sections, 'row.question'),
    exact: {
      high: u32(sections, 'exact.high'),
      low: u32(sections, 'exact.low'),
      owner: u32(sections, 'exact.owner'),
    },
    meta: u8(sections, 'meta'),
    facts: JSON.parse(new TextDecoder().decode(u8(sections, 'facts'))),
  };
}
