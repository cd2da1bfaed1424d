import { CuecardError } from '../../domain/error.ts';
import { LIMITS } from './limits.ts';
import { builtInFormat } from './number-format.ts';
import { readXml } from './xml.ts';
import type { Zip } from './zip.ts';

/** What the parts around the sheets of a workbook say. */
export type SheetPlace = { name: string; part: string; hidden: boolean };
export type Workbook = {
  sheets: readonly SheetPlace[];
  strings: string | undefined;
  styles: string | undefined;
  epoch1904: boolean;
};

/** Relations whose kind ends so, in the older and the "strict" spelling alike. */
const KINDS = ['/worksheet', '/sharedStrings', '/styles', '/officeDocument'] as const;
type Relation = { kind: (typeof KINDS)[number] | undefined; target: string };

const resolved = (base: string, target: string): string => {
  const path = target.startsWith('/') ? target.slice(1) : `${base}${target}`;
  return path.replace(/[^/]+\/\.\.\//g, '').replace(/(^|\/)\.\//g, '$1');
};

function relationsOf(zip: Zip, part: string): Map<string, Relation> {
  const slash = part.lastIndexOf('/') + 1;
  const base = part.slice(0, slash);
  const relations = new Map<string, Relation>();
  const found = zip.part(`${base}_rels/${part.slice(slash)}.rels`);
  if (found === undefined) return relations;
  readXml(found, {
    open(name, { Id, Type, Target }) {
      if (name !== 'Relationship' || Id === undefined || Target === undefined) return;
      relations.set(Id, { kind: KINDS.find((kind) => Type?.endsWith(kind)), target: resolved(base, Target) });
    },
  });
  return relations;
}

const USUAL_WORKBOOK = 'xl/workbook.xml';

/** Where the workbook lies; undefined when the package is none. */
export function workbookPart(zip: Zip): string | undefined {
  if (zip.names.includes(USUAL_WORKBOOK)) return USUAL_WORKBOOK;
  const office = [...relationsOf(zip, '').values()].find(({ kind }) => kind === '/officeDocument')?.target;
  return office?.endsWith('.xml') === true && /(?:^|\/)workbook/i.test(office) ? office : undefined;
}

const noSheets = (): CuecardError => new CuecardError('invalid', 'the workbook has no sheet that can be read');

function placeOf(
  attributes: Readonly<Record<string, string>>,
  relations: Map<string, Relation>,
): SheetPlace | undefined {
  const id = Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';
  const relation = relations.get(id);
  if (relation?.kind !== '/worksheet') return undefined;
  const hidden = attributes['state'] === 'hidden' || attributes['state'] === 'veryHidden';
  return { name: attributes['name'] ?? '', part: relation.target, hidden };
}

/** Raises `invalid` without a sheet, `too_large` with too many. */
export function readWorkbook(zip: Zip, part: string): Workbook {
  const relations = relationsOf(zip, part);
  const sheets: SheetPlace[] = [];
  let epoch1904 = false;
  readXml(zip.part(part) ?? [], {
    open(name, attributes) {
      if (name === 'workbookPr') epoch1904 = /^(?:1|true|on)$/i.test(attributes['date1904'] ?? '');
      const place = name === 'sheet' ? placeOf(attributes, relations) : undefined;
      if (place !== undefined) sheets.push(place);
    },
  });
  if (sheets.length === 0) throw noSheets();
  if (sheets.length > LIMITS.sheets) {
    throw new CuecardError('too_large', `the workbook has ${sheets.length} sheets, at most ${LIMITS.sheets} are read`);
  }
  const partOf = (kind: Relation['kind']): string | undefined =>
    [...relations.values()].find((relation) => relation.kind === kind)?.target;
  return { sheets, strings: partOf('/sharedStrings'), styles: partOf('/styles'), epoch1904 };
}

/** Characters that XML cannot hold are written `_x000D_`. */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;

/** More would not fit the rows and columns that are read. */
const MOST_STRINGS = LIMITS.rows * LIMITS.columns;

/** Texts that cells refer to by number. How they are to be pronounced is left out. */
export function readStrings(zip: Zip, part: string | undefined): string[] {
  const strings: string[] = [];
  let text = '';
  let inText = false;
  let silent = false;
  readXml((part === undefined ? undefined : zip.part(part)) ?? EMPTY, {
    open(name) {
      if (name === 'si') text = '';
      else if (name === 't') inText = true;
      else if (name === 'rPh') silent = true;
    },
    text(piece) {
      if (inText && !silent) text += piece;
    },
    close(name) {
      if (name === 't') inText = false;
      else if (name === 'rPh') silent = false;
      else if (name === 'si') strings.push(unescaped(text));
      if (strings.length > MOST_STRINGS)
        throw new CuecardError('too_large', 'the workbook holds too many texts: split it');
    },
  });
  return strings;
}

const EMPTY: Iterable<Uint8Array> = [new TextEncoder().encode('<none/>')];

/** The number format of each cell style; undefined shows numbers as they are. */
export function readFormats(zip: Zip, part: string | undefined): (string | undefined)[] {
  const own = new Map<number, string>();
  const formats: number[] = [];
  let inCells = false;
  readXml((part === undefined ? undefined : zip.part(part)) ?? EMPTY, {
    open(name, { numFmtId, formatCode }) {
      if (name === 'cellXfs') inCells = true;
      else if (name === 'numFmt' && formatCode !== undefined) own.set(Number(numFmtId), formatCode);
      else if (name === 'xf' && inCells) formats.push(Number(numFmtId ?? 0));
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return formats.map((id) => own.get(id) ?? builtInFormat(id));
}
