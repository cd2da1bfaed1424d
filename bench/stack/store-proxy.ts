/** Between the functions and the store: passes every operation on and names what it was for. */
import { Agent, createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** `operation`: DynamoDB's name. `what`: the kind of item or index. `at`: when it was done (`performance.now()`). */
export type Operation = { operation: string; what: string; conversation: string | undefined; at: number };
export type StoreProxy = { url: string; operations: Operation[]; close(): void };

type Attribute = { S?: string };
type Body = {
  Key?: Record<string, Attribute>;
  Item?: Record<string, Attribute>;
  IndexName?: string;
  ExpressionAttributeValues?: Record<string, Attribute>;
};

const BY_PARTITION: readonly (readonly [string, string])[] = [
  ['V#', 'delivery'],
  ['U#', 'customer'],
  ['T#', 'settings'],
  ['P#', 'products'],
  ['D#', 'knowledge'],
  ['E#', 'knowledge'],
];
const BY_SORT: readonly (readonly [string, string])[] = [
  ['head', 'head'],
  ['msg#bot:', 'our message'],
  ['msg#', 'message'],
  ['evt#', 'event'],
  ['ast#', 'assist'],
  ['fbk#', 'feedback'],
];
const BY_INDEX: Readonly<Record<string, string>> = { byTime: 'head and newest messages', work: 'due work' };

const named = (names: readonly (readonly [string, string])[], key: string): string | undefined =>
  names.find(([prefix]) => key.startsWith(prefix))?.[1];

const valuesOf = (body: Body): string[] =>
  Object.values(body.ExpressionAttributeValues ?? {}).flatMap(({ S }) => (S === undefined ? [] : [S]));

function whatOf(body: Body): string {
  const key = body.Key ?? body.Item;
  if (key !== undefined) {
    const [pk = '', sk = ''] = [key['pk']?.S, key['sk']?.S];
    return named(BY_PARTITION, pk) ?? named(BY_SORT, sk) ?? 'other';
  }
  const values = valuesOf(body);
  if (body.IndexName === 'desk')
    return values.some((value) => value.startsWith('W#')) ? 'desks connected' : 'desk list';
  if (body.IndexName !== undefined) return BY_INDEX[body.IndexName] ?? body.IndexName;
  return named(BY_SORT, values.find((value) => !value.includes('#demo#')) ?? '') ?? 'other';
}

/** A conversation's partition is `C#tenant#conversation`; the id may hold anything. */
function conversationOf(body: Body): string | undefined {
  const pk = (body.Key ?? body.Item)?.['pk']?.S ?? valuesOf(body).find((value) => value.startsWith('C#'));
  return pk?.startsWith('C#') === true ? pk.split('#').slice(2).join('#') : undefined;
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Listens on a free port of loopback. */
export async function startStoreProxy(storeUrl: string): Promise<StoreProxy> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const operations: Operation[] = [];
  const note = (target: string, raw: Buffer): void => {
    const body: Body = JSON.parse(raw.toString('utf8'));
    const operation = target.split('.')[1] ?? target;
    operations.push({ operation, what: whatOf(body), conversation: conversationOf(body), at: performance.now() });
  };
  const server = createServer(async (incoming, outgoing) => {
    const raw = await bytesOf(incoming);
    const { method, headers, url } = incoming;
    const onward = request(`${storeUrl}${url}`, { method, headers, agent }, async (answer) => {
      const bytes = await bytesOf(answer);
      const target = headers['x-amz-target'];
      if (typeof target === 'string') note(target, raw);
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers).end(bytes);
    });
    onward.on('error', () => outgoing.destroy());
    onward.end(raw);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    operations,
    close() {
      server.closeAllConnections();
      server.close();
      agent.destroy();
    },
  };
}
