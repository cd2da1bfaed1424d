import { gzipSync } from 'node:zlib';
import { CuecardError } from '../../lib/domain/error.ts';
import type { Reply } from './http.ts';

/** Gateways carry about six megabytes, in base64. */
const MOST_BYTES = 4_400_000;
/** Below this a smaller body is not worth the time. */
const LEAST_PACKED = 64_000;

/**
 * A file as an attachment, packed where the caller can unpack it. Raises `too_large` where even so it does not fit through
 * the gateway.
 */
export function download(
  name: string,
  type: string,
  bytes: Uint8Array,
  { 'accept-encoding': accepted = '' }: Record<string, string | undefined>,
  tooLarge = 'the file is too large to be sent: accept gzip, or ask for xlsx',
): Reply {
  const packs = bytes.length >= LEAST_PACKED && /\bgzip\b/i.test(accepted);
  const body = packs ? gzipSync(bytes) : bytes;
  if (body.length > MOST_BYTES) {
    throw new CuecardError('too_large', tooLarge);
  }
  return {
    status: 200,
    bytes: body,
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${name}"`,
      ...(packs ? { 'content-encoding': 'gzip', vary: 'accept-encoding' } : {}),
    },
  };
}
