import { crc32 } from 'node:zlib';
import { CuecardError } from '../domain/error.ts';

/**
 * One binary file of named sections, read in place by typed-array views.
 *
 *     magic u32 · version u32 · checksum u32 · table length u32 · table (JSON) · sections, each at a multiple of 8
 *
 * The checksum covers all that follows it; it is the native CRC-32, since a loop over megabytes is slow in a process
 * that has just started. Numbers are little-endian, as on every machine this runs on.
 */
export type Section = Uint8Array | Int8Array | Uint16Array | Uint32Array | Float32Array;
export type Sections = ReadonlyMap<string, Section>;

const MAGIC = 0x64726163; // "card"
const VERSION = 3;
const HEADER = 16;
const ALIGNMENT = 8;
const CHECKED_FROM = 12;

const kinds = {
  u8: Uint8Array,
  i8: Int8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  f32: Float32Array,
} as const;
type Kind = keyof typeof kinds;
type Place = { name: string; kind: Kind; offset: number; length: number };

function align(offset: number): number {
  return Math.ceil(offset / ALIGNMENT) * ALIGNMENT;
}

function kindOf(section: Section): Kind {
  if (section instanceof Float32Array) return 'f32';
  if (section instanceof Uint32Array) return 'u32';
  if (section instanceof Uint16Array) return 'u16';
  return section instanceof Int8Array ? 'i8' : 'u8';
}

/** The table, with offsets counted from the end of the table, and the length of all sections. */
function layOut(sections: Sections): { table: Uint8Array; places: Place[]; length: number } {
  let length = 0;
  const places = Array.from(sections, ([name, section]) => {
    const place = { name, kind: kindOf(section), offset: length, length: section.length };
    length = align(length + section.byteLength);
    return place;
  });
  return { table: new TextEncoder().encode(JSON.stringify(places)), places, length };
}

export function encodeSnapshot(sections: Sections): Uint8Array {
  const { table, places, length } = layOut(sections);
  const body = align(HEADER + table.length);
  const bytes = new Uint8Array(body + length);
  bytes.set(table, HEADER);
  for (const { name, offset } of places) {
    const section = sections.get(name);
    if (section === undefined) continue;
    bytes.set(new Uint8Array(section.buffer, section.byteOffset, section.byteLength), body + offset);
  }
  const header = new DataView(bytes.buffer);
  header.setUint32(0, MAGIC, true);
  header.setUint32(4, VERSION, true);
  header.setUint32(12, table.length, true);
  header.setUint32(8, crc32(bytes.subarray(CHECKED_FROM)), true);
  return bytes;
}

function damaged(what: string): CuecardError {
  return new CuecardError('invalid', `The snapshot is damaged: ${what}.`);
}

function checkHeader(header: DataView, bytes: Uint8Array): void {
  if (header.getUint32(0, true) !== MAGIC) throw new CuecardError('invalid', 'These bytes are not a snapshot.');
  const version = header.getUint32(4, true);
  if (version !== VERSION) {
    throw new CuecardError(
      'invalid',
      `The snapshot has format ${version}, this code reads ${VERSION}: compile it again.`,
    );
  }
  if (bytes.length % ALIGNMENT !== 0) throw damaged('its length is wrong');
  if (crc32(bytes.subarray(CHECKED_FROM)) !== header.getUint32(8, true)) throw damaged('its checksum is wrong');
}

function isPlace(value: unknown): value is Place {
  if (typeof value !== 'object' || value === null) return false;
  const { name, kind, offset, length } = value as Partial<Record<keyof Place, unknown>>;
  return (
    typeof name === 'string' &&
    typeof kind === 'string' &&
    Object.hasOwn(kinds, kind) &&
    isCount(offset) &&
    isCount(length)
  );
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** A checksum tells what was changed, not what was written wrongly: the table is believed only where it makes sense. */
function readTable(bytes: Uint8Array): Place[] {
  let table: unknown;
  try {
    table = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw damaged('its table cannot be read');
  }
  if (!Array.isArray(table) || !table.every(isPlace)) throw damaged('its table is none');
  return table;
}

function view({ name, kind, offset, length }: Place, bytes: Uint8Array, body: number): Section {
  const { BYTES_PER_ELEMENT: size } = kinds[kind];
  if (offset % ALIGNMENT !== 0 || body + offset + length * size > bytes.length) {
    throw damaged(`its section "${name}" lies outside`);
  }
  return new kinds[kind](bytes.buffer as ArrayBuffer, bytes.byteOffset + body + offset, length);
}

/** Views on the bytes, not copies (unless the bytes lie badly in memory). Throws `invalid` on anything but a snapshot. */
export function decodeSnapshot(given: Uint8Array): Sections {
  if (given.length < HEADER) throw new CuecardError('invalid', 'These bytes are not a snapshot.');
  const bytes = given.byteOffset % ALIGNMENT === 0 ? given : given.slice();
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  checkHeader(header, bytes);
  const tableLength = header.getUint32(12, true);
  const body = align(HEADER + tableLength);
  if (body > bytes.length) throw damaged('its table lies outside');
  const places = readTable(bytes.subarray(HEADER, HEADER + tableLength));
  return new Map(places.map((place) => [place.name, view(place, bytes, body)]));
}
