import { CuecardError } from '../domain/error.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

/** First bytes of files that are no text, and what to tell the person who uploaded one. */
const BINARY: readonly { bytes: readonly number[]; what: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], what: 'an Excel workbook or another zipped file' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], what: 'an old Excel or Word document' },
  { bytes: [0x25, 0x50, 0x44, 0x46], what: 'a PDF' },
  { bytes: [0x1f, 0x8b], what: 'a gzip archive' },
];

const startsWith = (bytes: Uint8Array, prefix: readonly number[]): boolean =>
  prefix.every((value, index) => bytes[index] === value);

/** Throws `unsupported_media` when the bytes are of a known format that is no text, whatever the file is called. */
export function refuseBinary(bytes: Uint8Array): void {
  const found = BINARY.find((format) => startsWith(bytes, format.bytes));
  if (found !== undefined) {
    throw new CuecardError('unsupported_media', `the file is ${found.what}: save it as CSV (UTF-8) and upload that`);
  }
}

function byMark(bytes: Uint8Array): Encoding | undefined {
  if (startsWith(bytes, [0xef, 0xbb, 0xbf])) return 'utf-8';
  if (startsWith(bytes, [0xff, 0xfe])) return 'utf-16le';
  if (startsWith(bytes, [0xfe, 0xff])) return 'utf-16be';
  return undefined;
}

const SAMPLE_BYTES = 4_096;

/** UTF-16 without a mark shows in the zero halves of its separators and digits; no other text has zero bytes. */
function byZeros(bytes: Uint8Array): Encoding | undefined {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const zeros = [0, 0];
  for (let index = 0; index < sample.length; index++) {
    if (sample[index] === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  }
  const [even = 0, odd = 0] = zeros;
  if (even === odd) return undefined;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

const decode = (bytes: Uint8Array, encoding: Encoding): string => new TextDecoder(encoding).decode(bytes);

const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/**
 * GB18030 read as UTF-8 is nearly all replacement characters, while UTF-8 with a few broken bytes is nearly all good:
 * the share of good characters beyond ASCII tells the two apart.
 */
const mostlyUtf8 = (text: string): boolean => countOf(text, /[^\p{ASCII}\uFFFD]/gu) >= 4 * countOf(text, /\uFFFD/gu);

/** Text of an upload, by its byte order mark, else by what its bytes can be. What cannot be read becomes U+FFFD. */
export function decodeText(bytes: Uint8Array): { text: string; encoding: Encoding } {
  refuseBinary(bytes);
  const marked = byMark(bytes) ?? byZeros(bytes);
  if (marked !== undefined) return { text: decode(bytes, marked), encoding: marked };
  const text = decode(bytes, 'utf-8');
  if (!text.includes('\uFFFD') || mostlyUtf8(text)) return { text, encoding: 'utf-8' };
  return { text: decode(bytes, 'gb18030'), encoding: 'gb18030' };
}
