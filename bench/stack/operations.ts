/** Store operations of one message at a time, by what they are for, and how long one message takes alone. */
import type { Client } from '../../scripts/local/client.ts';
import type { Demo } from '../../scripts/local/seed.ts';
import type { Operation, StoreProxy } from './store-proxy.ts';
import { type Http, sendMessage, type Target } from './webhook.ts';

/** Read once a second at most, or by the desks: neither is a message's own. */
const NEVER_OWN: ReadonlySet<string> = new Set(['settings', 'due work', 'knowledge', 'desk list']);
/** Which desks to hint: a read for the desks. Shown, and not held against the budget. */
export const FOR_DESKS = 'Query desks connected';
/** `receive`: the webhook's own; all else is done after its answer. */
const OF_RECEIVE: ReadonlySet<string> = new Set(['PutItem delivery', 'PutItem message']);

const IDLE_MS = 250;
const ANSWER_MS = 20_000;
/** Settings that an instance remembers are older than this when it uses them. */
const SETTINGS_MS = 1_300;

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

export type Alone = { answeredMs: number; storedMs: number; operations: Operation[] };
export type Bench = { http: Http; proxy: StoreProxy; target: Target };

/** Sends one message to a conversation of its own and waits until the store has been idle for long enough. */
export async function sendAlone(bench: Bench, conversation: string, text: string, idleMs: number): Promise<Alone> {
  const { http, proxy, target } = bench;
  const first = proxy.operations.length;
  const at = performance.now();
  const { status } = await sendMessage(http, target, { atMs: 0, conversation, message: `${conversation}-m`, text });
  const answeredMs = performance.now() - at;
  if (status !== 202) throw new Error(`the webhook answered ${status}`);
  const own = (): Operation[] => proxy.operations.slice(first).filter((one) => isOwn(one, conversation));
  const stored = (): Operation | undefined => own().find((one) => one.operation === 'PutItem' && one.what === 'assist');
  const deadline = at + ANSWER_MS;
  for (;;) {
    await sleep(5);
    const last = own().at(-1)?.at ?? at;
    if (stored() !== undefined && performance.now() - last > idleMs) break;
    if (performance.now() > deadline) throw new Error(`no assist for ${conversation} within ${ANSWER_MS / 1000} s`);
  }
  return { answeredMs, storedMs: (stored()?.at ?? Number.NaN) - at, operations: own() };
}

/** One message is on its way at a time, so what names no conversation is its too. */
const isOwn = (one: Operation, conversation: string): boolean =>
  !NEVER_OWN.has(one.what) && (one.conversation === undefined || one.conversation === conversation);

const nameOf = ({ operation, what }: Operation): string => `${operation} ${what}`;

/** Operations a message, by name, in the order in which they first come; means over the messages. */
export type Counted = { receive: number; after: number; byName: Map<string, number> };

export function count(messages: readonly Alone[]): Counted {
  const times = new Map<string, number>();
  for (const one of messages.flatMap(({ operations }) => operations)) {
    const name = nameOf(one);
    times.set(name, (times.get(name) ?? 0) + 1);
  }
  const byName = new Map([...times].map(([name, count]) => [name, count / messages.length]));
  const sum = (receives: boolean): number =>
    [...byName]
      .filter(([name]) => name !== FOR_DESKS && OF_RECEIVE.has(name) === receives)
      .reduce((total, [, times]) => total + times, 0);
  return { receive: sum(true), after: sum(false), byName };
}

/** Changes the demo shop's settings and waits until every instance has seen them. */
export async function patchDemo(api: Client, demo: Demo, patch: object): Promise<void> {
  await api.call('PATCH', `/v1/tenants/${demo.tenant}`, demo.adminToken, patch);
  await sleep(SETTINGS_MS);
}

/** `messages` times the same line, each in a conversation of its own. `idleMs` must outlast the quiet window. */
export async function measureAlone(
  bench: Bench,
  prefix: string,
  text: string,
  messages: number,
  idleMs = IDLE_MS,
): Promise<Alone[]> {
  const found: Alone[] = [];
  for (let index = 0; index < messages; index += 1) {
    found.push(await sendAlone(bench, `${prefix}-${index}`, text, idleMs));
  }
  return found;
}
