/** The signature of Chatwoot's webhooks: HMAC-SHA256 of `{timestamp}.{raw body}`, hex, with the webhook's secret. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ChatwootVerify } from '../../domain/chatwoot.ts';
import { CuecardError } from '../../domain/error.ts';

export const SIGNATURE = 'x-chatwoot-signature';
export const TIMESTAMP = 'x-chatwoot-timestamp';
/** Either way, in seconds. */
const TOLERANCE_S = 300;
const HEX = /^sha256=([0-9a-f]{64})$/i;

type Headers = Record<string, string | undefined>;

/**
 * `signed`: the signature holds under one of the secrets. `unsigned`: there is none, and the setting lets that be; the
 * event has to be confirmed by reading it back. Raises `unauthenticated` saying why.
 */
export function verify(
  headers: Headers,
  raw: Uint8Array,
  { secrets, setting, now }: { secrets: readonly string[]; setting: ChatwootVerify; now: number },
): 'signed' | 'unsigned' {
  const signature = headers[SIGNATURE] ?? '';
  if (setting === 'off') return 'unsigned';
  if (signature === '') {
    if (setting === 'when_signed') return 'unsigned';
    throw refused(`missing header ${SIGNATURE}: this Chatwoot signs nothing, or no secret is set for the webhook`);
  }
  const timestamp = headers[TIMESTAMP] ?? '';
  checkTime(timestamp, now);
  const given = HEX.exec(signature)?.[1];
  if (given === undefined) throw refused(`${SIGNATURE} is not of the form sha256=<hex>`);
  if (secrets.length === 0) throw refused('no webhook secret is set to verify with');
  const holds = secrets.map((secret) => isSame(given, signatureOf(secret, timestamp, raw)));
  if (!holds.includes(true)) throw refused('the signature does not match: is the secret that of this webhook?');
  return 'signed';
}

function checkTime(timestamp: string, now: number): void {
  if (!/^\d{1,12}$/.test(timestamp)) throw refused(`missing or bad header ${TIMESTAMP}`);
  if (Math.abs(now / 1_000 - Number(timestamp)) > TOLERANCE_S) {
    throw refused(`${TIMESTAMP} is more than five minutes off`);
  }
}

/** Hex. */
const signatureOf = (secret: string, timestamp: string, raw: Uint8Array): string =>
  createHmac('sha256', secret).update(`${timestamp}.`).update(raw).digest('hex');

/** In constant time; both are 64 hex digits. */
const isSame = (given: string, expected: string): boolean =>
  timingSafeEqual(Buffer.from(given.toLowerCase()), Buffer.from(expected));

const refused = (why: string): CuecardError => new CuecardError('unauthenticated', why);
