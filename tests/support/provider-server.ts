/** A provider on this machine: answers by a function, keeps every exchange, and misbehaves on request. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Asked = {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  body: unknown;
};
/** `events` are sent as server-sent events, `body` as JSON; a string goes out as it is. */
export type Answer = { status?: number; headers?: Record<string, string>; body?: unknown; events?: readonly unknown[] };
export type Exchange = { asked: Asked; answered: Answer & { status: number } };

/**
 * How one request goes instead: `hang` never answers, `drop` cuts the connection, `cut` ends it within the body, `stall`
 * sends half a body or half the events and then nothing.
 */
export type Fault = Answer | 'hang' | 'drop' | 'cut' | 'stall';

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? '/', 'http://localhost');
  const text = Buffer.concat(chunks).toString('utf8');
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
    body: text === '' ? undefined : JSON.parse(text),
  };
}

const asText = ({ body, events }: Answer): string => {
  if (events !== undefined) return events.map((event) => `data: ${wire(event)}\n\n`).join('');
  return wire(body);
};
const wire = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? {}));

const HEADERS = (answer: Answer): Record<string, string> => ({
  'content-type': answer.events === undefined ? 'application/json' : 'text/event-stream',
  ...answer.headers,
});

/** Sends half of what would have been said. */
function sendHalf(response: ServerResponse, answer: Answer, then: () => void): void {
  const text = asText(answer);
  response.writeHead(answer.status ?? 200, HEADERS(answer));
  response.write(text.slice(0, Math.ceil(text.length / 2)), then);
}

function send(response: ServerResponse, fault: Fault | undefined, answer: Answer): void {
  const half = (then: () => void) => sendHalf(response, answer, then);
  if (fault === 'hang') return;
  if (fault === 'drop') response.destroy();
  else if (fault === 'cut') half(() => response.destroy());
  else if (fault === 'stall') half(() => undefined);
  else response.writeHead(answer.status ?? 200, HEADERS(answer)).end(asText(answer));
}

export async function startProviderServer(answer: (asked: Asked) => Answer) {
  const exchanges: Exchange[] = [];
  const script: Fault[] = [];
  let always: Fault | undefined;

  const server = createServer(async (request, response) => {
    const asked = await read(request);
    const fault = script.shift() ?? always;
    const whole: Answer = typeof fault === 'object' ? fault : answer(asked);
    exchanges.push({ asked, answered: { ...whole, status: whole.status ?? 200 } });
    send(response, fault, whole);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges,
    /** How the next requests go, one after the other. */
    next: (...faults: Fault[]): void => void script.push(...faults),
    /** How every request goes that `next` says nothing of. */
    always(fault: Fault | undefined): void {
      always = fault;
    },
    stop: (): Promise<void> =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
