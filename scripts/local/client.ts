import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

/** The public API from outside, as a platform and as people use it. */
export type Client = ReturnType<typeof client>;

const sent = (body: unknown): { body?: Uint8Array<ArrayBuffer> | string; type?: string } => {
  if (body === undefined) return {};
  if (body instanceof Uint8Array) return { body: new Uint8Array(body), type: 'application/octet-stream' };
  return { body: JSON.stringify(body), type: 'application/json' };
};

async function callApi(baseUrl: string, method: string, path: string, token: string, json?: unknown): Promise<unknown> {
  const { body, type } = sent(json);
  const answer = await fetch(`${baseUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(type === undefined ? {} : { 'content-type': type }) },
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

export function client(baseUrl: string) {
  const call = (method: string, path: string, token: string, body?: unknown): Promise<unknown> =>
    callApi(baseUrl, method, path, token, body);
  return {
    call,
    /** Sends one event as a platform does: signed over the raw bytes. */
    async webhook(
      tenant: string,
      secret: string,
      type: string,
      data: unknown,
      id: string = randomUUID(),
    ): Promise<Response> {
      const at = new Date();
      const body = JSON.stringify({ type, timestamp: at.toISOString(), data });
      return fetch(`${baseUrl}/v1/webhooks/generic/${tenant}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
          'webhook-signature': new Webhook(secret).sign(id, at, body),
        },
        body,
      });
    },
  };
}

/** Asks again until `read` gives something; throws after `timeoutMs`. */
export async function poll<T>(read: () => Promise<T | undefined>, timeoutMs: number, what: string): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = await read();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`${what}: not within ${timeoutMs / 1000} s`);
    await new Promise((done) => setTimeout(done, 100));
  }
}
