import { CuecardError } from '../../domain/error.ts';
import { isNumbers, type Numbers } from '../arrays.ts';
import type { Section, Sections } from '../snapshot.ts';
import type { Table } from '../strings.ts';
import type { Lexicon } from './lexicon.ts';
import type { Names } from './names.ts';
import type { Need } from './needs.ts';
import type { Lists } from './postings.ts';

/** What a compiled catalogue holds, and how its parts lie in the sections of a binary file. */
export type Catalogue = {
  ids: Table;
  titles: Table;
  lexicon: Lexicon;
  /** Documents by term, and beside each what the term is worth there: 255 is the limit of its saturation. */
  postings: Lists;
  impact: Uint8Array;
  /** A title's terms in order, `kind` 1 for a measure, and the segment of each. */
  title: { start: Uint32Array; term: Numbers; kind: Uint8Array; segment: Uint8Array; head: Uint8Array };
  /** Products by need, then by size. */
  facets: Lists;
  sizes: Table;
  /** In hundredths; `NO_PRICE` when unknown. */
  cents: Uint32Array;
  currency: Uint8Array;
  /** 0 unknown, 1 in stock, 2 out of stock. */
  stock: Uint8Array;
  /** 0 unknown, 1 Chinese, 2 English. */
  language: Uint8Array;
  names: Names;
  facts: Facts;
};

export type Facts = { kind: 'products'; version: number; currencies: readonly string[]; needs: readonly Need[] };

export const NO_PRICE = 0xffff_ffff;
export const LAYOUT_VERSION = 1;

const tableSections = (name: string, { bytes, offset }: Table): [string, Section][] => [
  [`${name}.bytes`, bytes],
  [`${name}.offset`, offset],
];

export function sectionsOf(catalogue: Catalogue): Sections {
  const { ids, titles, lexicon, postings, impact, title, facets, sizes, names, facts } = catalogue;
  return new Map<string, Section>([
    ['facts', new TextEncoder().encode(JSON.stringify(facts))],
    ...tableSections('id', ids),
    ...tableSections('title', titles),
    ['term.hashes', lexicon.vocabulary.hashes],
    ['term.starts', lexicon.vocabulary.starts],
    ...tableSections('term', lexicon.terms),
    ['term.letters', lexicon.letters],
    ['gram.hashes', lexicon.grams.hashes],
    ['gram.starts', lexicon.grams.starts],
    ['gram.start', lexicon.gramStart],
    ['gram.term', lexicon.gramTerm],
    ['posting.start', postings.start],
    ['posting.document', postings.document],
    ['posting.impact', impact],
    ['word.start', title.start],
    ['word.term', title.term],
    ['word.kind', title.kind],
    ['word.segment', title.segment],
    ['word.head', title.head],
    ['facet.start', facets.start],
    ['facet.document', facets.document],
    ...tableSections('size', sizes),
    ['cents', catalogue.cents],
    ['currency', catalogue.currency],
    ['stock', catalogue.stock],
    ['language', catalogue.language],
    ['name.hashes', names.vocabulary.hashes],
    ['name.starts', names.vocabulary.starts],
    ['name.start', names.nameStart],
    ...tableSections('name', names.texts),
    ['owner.start', names.productStart],
    ['owner.product', names.product],
    ['begin.hashes', names.begin.hashes],
    ['begin.starts', names.begin.starts],
    ['begin.start', names.lengthStart],
    ['begin.length', names.length],
  ]);
}

const damaged = (name: string): CuecardError =>
  new CuecardError('invalid', `The catalogue is damaged: its section "${name}" is missing or of another kind.`);

function reader(sections: Sections) {
  const of = <Kind extends Section>(name: string, is: (section: Section | undefined) => section is Kind): Kind => {
    const section = sections.get(name);
    if (!is(section)) throw damaged(name);
    return section;
  };
  const u8 = (name: string) => of(name, (section): section is Uint8Array => section instanceof Uint8Array);
  const u16 = (name: string) => of(name, (section): section is Uint16Array => section instanceof Uint16Array);
  const u32 = (name: string) => of(name, (section): section is Uint32Array => section instanceof Uint32Array);
  const any = (name: string) => of(name, isNumbers);
  return {
    u8,
    u16,
    u32,
    any,
    table: (name: string): Table => ({ bytes: u8(`${name}.bytes`), offset: u32(`${name}.offset`) }),
    vocabulary: (name: string) => ({ hashes: u32(`${name}.hashes`), starts: u32(`${name}.starts`) }),
  };
}

/** The checksum has been verified: what is JSON here is what `sectionsOf` wrote. */
function readFacts(bytes: Uint8Array): Facts {
  const facts: Facts = JSON.parse(new TextDecoder().decode(bytes));
  if (facts.kind === 'products' && facts.version === LAYOUT_VERSION) return facts;
  throw new CuecardError('invalid', 'These bytes are no catalogue of this version: import the catalogue again.');
}

/** Views, not copies. Throws `invalid` when a section is missing. */
export function catalogueOf(sections: Sections): Catalogue {
  const { u8, u16, u32, any, table, vocabulary } = reader(sections);
  return {
    facts: readFacts(u8('facts')),
    ids: table('id'),
    titles: table('title'),
    lexicon: {
      vocabulary: vocabulary('term'),
      terms: table('term'),
      letters: u32('term.letters'),
      grams: vocabulary('gram'),
      gramStart: u32('gram.start'),
      gramTerm: u32('gram.term'),
    },
    postings: { start: u32('posting.start'), document: any('posting.document') },
    impact: u8('posting.impact'),
    title: {
      start: u32('word.start'),
      term: any('word.term'),
      kind: u8('word.kind'),
      segment: u8('word.segment'),
      head: u8('word.head'),
    },
    facets: { start: u32('facet.start'), document: any('facet.document') },
    sizes: table('size'),
    cents: u32('cents'),
    currency: u8('currency'),
    stock: u8('stock'),
    language: u8('language'),
    names: {
      vocabulary: vocabulary('name'),
      nameStart: u32('name.start'),
      texts: table('name'),
      productStart: u32('owner.start'),
      product: any('owner.product'),
      begin: vocabulary('begin'),
      lengthStart: u32('begin.start'),
      length: u16('begin.length'),
    },
  };
}
