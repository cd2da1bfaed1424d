/** The platform `generic`: our own event shapes in a Standard Webhooks envelope (standardwebhooks.com). */
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import * as z from 'zod';
import { CuecardError } from '../domain/error.ts';
import { InboundEvent } from '../domain/event.ts';

const REQUIRED = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;
/** A delivery id becomes part of a key. */
const MAX_DELIVERY_ID = 256;

/** Checks the signature over the raw bytes against every secret that counts. Raises `unauthenticated` saying why. */
export function verify(
  headers: Record<string, string | undefined>,
  raw: Uint8Array,
  secrets: readonly string[],
): string {
  const missing = REQUIRED.filter((name) => (headers[name] ?? '') === '');
  if (missing.length > 0) throw new CuecardError('unauthenticated', `missing header ${missing.join(', ')}`);
  const signed = Object.fromEntries(REQUIRED.map((name) => [name, headers[name] ?? '']));
  const reason = secrets.map((secret) => refusal(secret, raw, signed));
  if (!reason.includes(undefined)) throw new CuecardError('unauthenticated', reason[0] ?? 'no secret to verify with');
  const deliveryId = signed['webhook-id'] ?? '';
  if (deliveryId.length > MAX_DELIVERY_ID) {
    throw new CuecardError('invalid', `webhook-id is longer than ${MAX_DELIVERY_ID} characters`);
  }
  return deliveryId;
}

/** Why the signature does not hold under this secret; undefined when it does. */
function refusal(secret: string, raw: Uint8Array, headers: Record<string, string>): string | undefined {
  try {
    new Webhook(secret).verify(Buffer.from(raw), headers, { jsonParse: false });
    return undefined;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return error.message;
    throw error;
  }
}

/** A body without the envelope's `data` is read as if its fields stood there. */
const Envelope = z.looseObject({ type: z.string(), data: z.unknown().optional() });

const enveloped = (body: z.infer<typeof Envelope>): unknown => {
  if (body.data !== undefined) return body;
  const { type, ...data } = body;
  return { type, data };
};

/** The event in a verified body. Raises `invalid` naming every wrong place. */
export function parse(raw: Uint8Array): InboundEvent {
  const envelope = Envelope.safeParse(json(raw));
  if (!envelope.success) throw invalid(envelope.error);
  const event = InboundEvent.safeParse(enveloped(envelope.data));
  if (!event.success) throw invalid(event.error);
  return event.data;
}

function json(raw: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw));
  } catch (cause) {
    throw new CuecardError('invalid', 'the body is not JSON in UTF-8', { cause });
  }
}

const invalid = (error: z.ZodError): CuecardError =>
  new CuecardError('invalid', 'the event does not have the right shape', {
    errors: error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
  });

/** The headers of an outbound call, signed with the newest callback secret; `timestamp` in epoch ms. */
export function sign(id: string, body: string, timestamp: number, secret: string): Record<string, string> {
  const at = new Date(timestamp);
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(timestamp / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  };
}
