import { crc32 } from 'node:zlib';
import { Inflate } from 'fflate';
import { CuecardError } from '../../domain/error.ts';
import { LIMITS, megabytes } from './limits.ts';

/**
 * Parts of a zipped file, read into memory one at a time and as a stream. Names are labels: nothing is ever written to a
 * disk. Sizes that the file states are believed only where they lie inside it, and what a part grows to is counted while
 * it grows (fflate's own reader trusts the stated size, cuts what is longer, and checks no sum).
 */
export type Zip = {
  names: readonly string[];
  /** The part in pieces of at most 16 MB; undefined when there is none. Raises `invalid`, or `too_large`. */
  part(name: string): Iterable<Uint8Array> | undefined;
};

type Part = { at: number; bytes: number; method: number; encrypted: boolean; sum: number };

const END_SIGNATURE = 0x06054b50;
const CENTRAL_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const CENTRAL_BYTES = 46;
const LOCAL_BYTES = 30;
const LONGEST_COMMENT = 65_535;
/** Deflate grows at most 1,032 times: a piece of this size stays below 17 MB. */
const PIECE_BYTES = 16 * 1024;
const STORED = 0;
const DEFLATED = 8;
const UNKNOWN_32 = 0xffffffff;

const damaged = (cause?: unknown): CuecardError =>
  new CuecardError(
    'invalid',
    'the file is an Excel workbook or another zipped file, but damaged or not saved or sent whole: save it again and upload that',
    { cause },
  );

const growsTooMuch = (): CuecardError =>
  new CuecardError(
    'too_large',
    `unpacked, the file takes more than ${megabytes(LIMITS.expandedBytes)}: delete empty rows and pictures, or split it`,
  );

function endOf(view: DataView): number {
  const last = view.byteLength - END_BYTES;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
    if (view.getUint32(at, true) === END_SIGNATURE) return at;
  }
  throw damaged();
}

/** The packed size of a part whose 32 bits do not hold it, from its extra field. */
function longSize(view: DataView, from: number, to: number, unpackedIsLong: boolean): number {
  for (let at = from; at + 4 <= to; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    const place = at + 4 + (unpackedIsLong ? 8 : 0);
    if (place + 8 <= to) return Number(view.getBigUint64(place, true));
  }
  throw damaged();
}

function readPart(view: DataView, at: number): { name: string; next: number; part: Part } {
  if (at + CENTRAL_BYTES > view.byteLength || view.getUint32(at, true) !== CENTRAL_SIGNATURE) throw damaged();
  const nameEnd = at + CENTRAL_BYTES + view.getUint16(at + 28, true);
  const extraEnd = nameEnd + view.getUint16(at + 30, true);
  if (extraEnd > view.byteLength) throw damaged();
  const stated = view.getUint32(at + 20, true);
  const unpackedIsLong = view.getUint32(at + 24, true) === UNKNOWN_32;
  const name = new TextDecoder().decode(
    new Uint8Array(view.buffer, view.byteOffset + at + CENTRAL_BYTES, nameEnd - at - CENTRAL_BYTES),
  );
  return {
    name,
    next: extraEnd + view.getUint16(at + 32, true),
    part: {
      at: view.getUint32(at + 42, true),
      bytes: stated === UNKNOWN_32 ? longSize(view, nameEnd, extraEnd, unpackedIsLong) : stated,
      method: view.getUint16(at + 10, true),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      sum: view.getUint32(at + 16, true),
    },
  };
}

function packed(bytes: Uint8Array, view: DataView, part: Part): Uint8Array {
  if (part.at + LOCAL_BYTES > bytes.length || view.getUint32(part.at, true) !== LOCAL_SIGNATURE) throw damaged();
  const start = part.at + LOCAL_BYTES + view.getUint16(part.at + 26, true) + view.getUint16(part.at + 28, true);
  if (start + part.bytes > bytes.length) throw damaged();
  return bytes.subarray(start, start + part.bytes);
}

function* inflate(data: Uint8Array): Iterable<Uint8Array> {
  let grown: Uint8Array[] = [];
  const stream = new Inflate((chunk) => grown.push(chunk));
  for (let at = 0; at < data.length || at === 0; at += PIECE_BYTES) {
    grown = [];
    try {
      stream.push(data.subarray(at, at + PIECE_BYTES), at + PIECE_BYTES >= data.length);
    } catch (error) {
      throw damaged(error);
    }
    yield* grown;
  }
}

function* unpacked(data: Uint8Array, part: Part, budget: { left: number }): Iterable<Uint8Array> {
  if (part.encrypted) {
    throw new CuecardError('unsupported_media', 'the file is protected by a password: save it without and upload that');
  }
  if (part.method !== STORED && part.method !== DEFLATED) throw damaged();
  let sum = 0;
  for (const chunk of part.method === STORED ? [data] : inflate(data)) {
    budget.left -= chunk.length;
    if (budget.left < 0) throw growsTooMuch();
    sum = crc32(chunk, sum);
    yield chunk;
  }
  if (sum !== part.sum) throw damaged();
}

/** Reads the directory at the file's end. Raises `invalid` when there is none, `too_large` above 5,000 parts. */
export function openZip(bytes: Uint8Array): Zip {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < END_BYTES) throw damaged();
  const end = endOf(view);
  const count = view.getUint16(end + 10, true);
  if (count > LIMITS.zipParts) {
    throw new CuecardError('too_large', `the file is a package of ${count} parts, at most ${LIMITS.zipParts} are read`);
  }
  const parts = new Map<string, Part>();
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index++) {
    const { name, next, part } = readPart(view, at);
    parts.set(name, part);
    at = next;
  }
  const budget = { left: LIMITS.expandedBytes };
  return {
    names: [...parts.keys()],
    part(name) {
      const part = parts.get(name);
      return part === undefined ? undefined : unpacked(packed(bytes, view, part), part, budget);
    },
  };
}
