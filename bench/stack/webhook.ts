/** The platform's side of a webhook, cheap enough to leave the machine to the stack. */
import { Agent, request } from 'node:http';
import { Webhook } from 'standardwebhooks';
import type { Send } from './plan.ts';

export type Target = { baseUrl: string; tenant: string; secret: string };
/** `status` 0: no answer. */
export type Answer = { status: number; text: string };

const MAX_SOCKETS = 128;
const TIMEOUT_MS = 30_000;

export type Http = ReturnType<typeof http>;

/** HTTP over connections that stay open. */
export function http() {
  const agent = new Agent({ keepAlive: true, maxSockets: MAX_SOCKETS });
  const call = (method: string, url: string, headers: Record<string, string>, body?: string): Promise<Answer> =>
    new Promise((done) => {
      const sent = request(url, { method, headers, agent, timeout: TIMEOUT_MS }, (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk: string) => {
          text += chunk;
        });
        answer.on('end', () => done({ status: answer.statusCode ?? 0, text }));
        answer.on('error', () => done({ status: 0, text: '' }));
      });
      sent.on('timeout', () => sent.destroy());
      sent.on('error', (error) => done({ status: 0, text: error.message }));
      sent.end(body);
    });
  return { call, close: () => agent.destroy() };
}

/** Sends a customer's message, signed as it leaves. */
export function sendMessage({ call }: Http, { baseUrl, tenant, secret }: Target, send: Send): Promise<Answer> {
  const { conversation, message, text, parts } = send;
  const at = new Date();
  const author = { type: 'customer', id: `customer-${conversation}` };
  const data = { conversationId: conversation, messageId: message, author, text, parts };
  const body = JSON.stringify({ type: 'message.created', timestamp: at.toISOString(), data });
  const headers = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'webhook-id': message,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(message, at, body),
  };
  return call('POST', `${baseUrl}/v1/webhooks/generic/${tenant}`, headers, body);
}
