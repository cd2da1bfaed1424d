import type { CustomerPatch } from '../../lib/domain/customer.ts';
import type { Part } from '../../lib/domain/message.ts';

/** `whsec_<base64>` of the Standard Webhooks specification, as key bytes. */
function secretBytes(secret: string): Uint8Array<ArrayBuffer> {
  const text = atob(secret.replace(/^whsec_/, ''));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** `v1,<base64>`: HMAC-SHA256 over `id.timestamp.body` (Standard Webhooks). `timestamp` in seconds. */
export async function sign(secret: string, id: string, timestamp: number, body: string): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', secretBytes(secret), algorithm, false, ['sign']);
  const content = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  const signature = new Uint8Array(await crypto.subtle.sign('HMAC', key, content));
  return `v1,${btoa(String.fromCharCode(...signature))}`;
}

/** A customer as the page plays one; the webhook checks the id. */
export type PlayedCustomer = Omit<CustomerPatch, 'id'> & { id: string };

export type PlayedMessage = {
  conversationId: string;
  messageId: string;
  customer: PlayedCustomer;
  text?: string;
  parts?: Part[];
};

/** A platform's `message.created` envelope for a message of the customer you play. */
export function envelope(message: PlayedMessage, at: Date): string {
  const { conversationId, messageId, customer, text, parts } = message;
  const author = { type: 'customer', id: customer.id, ...(customer.name === undefined ? {} : { name: customer.name }) };
  return JSON.stringify({
    type: 'message.created',
    timestamp: at.toISOString(),
    data: { conversationId, messageId, author, text, parts, channel: 'web', customer },
  });
}

/** Calls the tenant's webhook as its chat platform would. Rejects unless it was accepted. */
export async function postWebhook(
  target: { tenant: string; secret: string },
  message: PlayedMessage,
  at: Date,
  fetch: typeof globalThis.fetch,
): Promise<void> {
  const body = envelope(message, at);
  const timestamp = Math.floor(at.getTime() / 1000);
  const response = await fetch(`/v1/webhooks/generic/${encodeURIComponent(target.tenant)}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': message.messageId,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': await sign(target.secret, message.messageId, timestamp, body),
    },
    body,
  });
  if (!response.ok) throw new Error(`The webhook answered ${response.status}`);
}
