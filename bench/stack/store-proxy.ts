/** Between the functions and the store: passes every operation on and names what it was for. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

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
  ['A#', 'outcome'],
];
const BY_SORT: readonly (readonly [string, string])[] = [
  ['head', 'head'],
  ['msg#bot:', 'our message'],
  ['msg#', 'message'],
  ['evt#', 'event'],
  ['ast#', 'assist'],
  ['fbk#', 'feedback'],
  ['out#', 'outcome'],
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

const HEAD_END = '\r\n\r\n';

type Request = { target: string; body: Body };

/** The first whole request of a stream's bytes, and what comes after it. */
function takeRequest(bytes: Buffer): { request: Request; rest: Buffer } | undefined {
  const end = bytes.indexOf(HEAD_END);
  if (end === -1) return undefined;
  const head = bytes.toString('latin1', 0, end);
  const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
  const start = end + HEAD_END.length;
  if (bytes.length < start + length) return undefined;
  const target = /^x-amz-target: *(\S+)/im.exec(head)?.[1] ?? '';
  const body: Body = length === 0 ? {} : JSON.parse(bytes.toString('utf8', start, start + length));
  return { request: { target, body }, rest: bytes.subarray(start + length) };
}

/** Passes bytes on as they come and reads along: a connection carries one request at a time. */
function relay(client: Socket, store: Socket, note: (request: Request) => void): void {
  let asked = Buffer.alloc(0);
  let waiting: Request | undefined;
  client.on('data', (bytes) => {
    store.write(bytes);
    asked = Buffer.concat([asked, bytes]);
    const found = takeRequest(asked);
    if (found === undefined) return;
    asked = Buffer.from(found.rest);
    waiting = found.request;
  });
  store.on('data', (bytes) => {
    client.write(bytes);
    if (waiting !== undefined) note(waiting);
    waiting = undefined;
  });
  const end = (): void => {
    client.destroy();
    store.destroy();
  };
  for (const socket of [client, store]) socket.setNoDelay(true).on('close', end).on('error', end);
}

/** Listens on a free port of loopback. */
export async function startStoreProxy(storeUrl: string): Promise<StoreProxy> {
  const { hostname, port: storePort } = new URL(storeUrl);
  const operations: Operation[] = [];
  const sockets = new Set<Socket>();
  const note = ({ target, body }: Request): void => {
    const operation = target.split('.')[1] ?? target;
    operations.push({ operation, what: whatOf(body), conversation: conversationOf(body), at: performance.now() });
  };
  const server = createServer((client) => {
    sockets.add(client.on('close', () => sockets.delete(client)));
    relay(client, connect(Number(storePort), hostname), note);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    operations,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
