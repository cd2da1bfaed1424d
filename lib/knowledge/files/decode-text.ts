import { CuecardError } from '../../domain/error.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'windows-1252';

const startsWith = (bytes: Uint8Array, prefix: readonly number[]): boolean =>
  prefix.every((value, index) => bytes[index] === value);

function byMark(bytes: Uint8Array): Encoding | undefined {
  if (startsWith(bytes, [0xef, 0xbb, 0xbf])) return 'utf-8';
  if (startsWith(bytes, [0xff, 0xfe])) return 'utf-16le';
  if (startsWith(bytes, [0xfe, 0xff])) return 'utf-16be';
  return undefined;
}

const SAMPLE_BYTES = 4_096;
/** Stray zero bytes are rarer; in UTF-16, separators, digits and line ends alone are more. */
const ZERO_SHARE = 0.04;

/** UTF-16 without a mark shows in the zero halves of its separators and digits; other texts have hardly any zero byte. */
function byZeros(bytes: Uint8Array): Encoding | undefined {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const zeros = [0, 0];
  for (let index = 0; index < sample.length; index++) {
    if (sample[index] === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  }
  const [even = 0, odd = 0] = zeros;
  if (Math.max(even, odd) < Math.max(2, sample.length * ZERO_SHARE) || Math.min(even, odd) * 4 > Math.max(even, odd)) {
    return undefined;
  }
  return odd > even ? 'utf-16le' : 'utf-16be';
}

/** Half a character at the end, or garbage of zeros: no text, whatever its beginning. */
const MOST_ZEROS = 0.3;

function refuseBinary(bytes: Uint8Array): void {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  let strange = 0;
  for (const byte of sample) if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) strange++;
  if (strange <= sample.length * MOST_ZEROS) return;
  throw new CuecardError(
    'unsupported_media',
    'the file is no text and no workbook that is known: save it as .xlsx or CSV (UTF-8) and upload that',
  );
}

const decode = (bytes: Uint8Array, encoding: Encoding): string => new TextDecoder(encoding).decode(bytes);

const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/**
 * GB18030 read as UTF-8 is nearly all replacement characters, while UTF-8 with a few broken bytes is nearly all good:
 * the share of good characters beyond ASCII tells the two apart.
 */
const mostlyUtf8 = (text: string): boolean => countOf(text, /[^\p{ASCII}\uFFFD]/gu) >= 4 * countOf(text, /\uFFFD/gu);

const PAIRED_SHARE = 0.5;

/** Chinese comes in pairs of high bytes; the accented letters of western code pages stand alone between plain ones. */
function isPaired(bytes: Uint8Array): boolean {
  let [high, paired] = [0, 0];
  for (let at = 0; at < bytes.length; at++) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    high++;
    if ((bytes[at + 1] ?? 0) < 0x80) continue;
    paired++;
    at++;
  }
  return paired >= high * PAIRED_SHARE;
}

/**
 * Text of an upload, by its byte order mark, else by what its bytes can be. What cannot be read becomes U+FFFD. Raises
 * `unsupported_media` for what is no text.
 */
export function decodeText(bytes: Uint8Array): { text: string; encoding: Encoding } {
  const marked = byMark(bytes) ?? byZeros(bytes);
  if (marked !== undefined) return { text: decode(bytes, marked), encoding: marked };
  refuseBinary(bytes);
  const text = decode(bytes, 'utf-8');
  if (!text.includes('\uFFFD') || mostlyUtf8(text)) return { text, encoding: 'utf-8' };
  const encoding = isPaired(bytes) ? 'gb18030' : 'windows-1252';
  return { text: decode(bytes, encoding), encoding };
}
