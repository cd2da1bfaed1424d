/** An open desk: hears hints over its WebSocket and rereads what it watches. */
import * as z from 'zod';
import type { Http } from './webhook.ts';

export type DeskTarget = { baseUrl: string; agentToken: string };
export type Desk = { watch(conversation: string, message: string): Promise<number>; close(): void };

const Ticket = z.object({ ticket: z.string(), url: z.string() });
const Hint = z.object({ conversationId: z.string(), kind: z.string() });
const Assists = z.object({ items: z.array(z.object({ messageIds: z.array(z.string()) })) });

/** A desk rereads by itself when it has heard nothing for so long. */
const REREAD_MS = 2_000;
const GIVE_UP_MS = 60_000;

type Watched = { waiting: Map<string, (at: number) => void>; reading: boolean; again: boolean };

async function openSocket(http: Http, { baseUrl, agentToken }: DeskTarget): Promise<WebSocket> {
  const headers = { authorization: `Bearer ${agentToken}` };
  const { text } = await http.call('POST', `${baseUrl}/v1/desk/ticket`, headers);
  const { ticket, url } = Ticket.parse(JSON.parse(text));
  const socket = new WebSocket(`${url}?ticket=${ticket}`);
  await new Promise<void>((done, fail) => {
    socket.addEventListener('open', () => done(), { once: true });
    socket.addEventListener('error', () => fail(new Error('the desk was not let onto the WebSocket')), { once: true });
  });
  return socket;
}

async function readAssists(http: Http, { baseUrl, agentToken }: DeskTarget, conversation: string): Promise<string[]> {
  const url = `${baseUrl}/v1/desk/conversations/${conversation}/assists`;
  const { status, text } = await http.call('GET', url, { authorization: `Bearer ${agentToken}` });
  return status === 200 ? Assists.parse(JSON.parse(text)).items.flatMap(({ messageIds }) => messageIds) : [];
}

/** `watch` resolves with the moment (`performance.now()`) at which the desk had read the message's assist; Infinity: never. */
export async function openDesk(http: Http, target: DeskTarget): Promise<Desk> {
  const watched = new Map<string, Watched>();
  const readOnce = async (conversation: string, found: Watched): Promise<void> => {
    const ids = new Set(await readAssists(http, target, conversation));
    const at = performance.now();
    for (const [message, done] of found.waiting) {
      if (!ids.has(message)) continue;
      found.waiting.delete(message);
      done(at);
    }
    if (found.waiting.size === 0) watched.delete(conversation);
  };
  /** One read at a time; a hint that comes meanwhile asks for another. */
  const reread = async (conversation: string): Promise<void> => {
    const found = watched.get(conversation);
    if (found === undefined) return;
    found.again = found.reading;
    if (found.reading) return;
    found.reading = true;
    await readOnce(conversation, found);
    found.reading = false;
    if (found.again) await reread(conversation);
  };
  const socket = await openSocket(http, target);
  socket.addEventListener('message', ({ data }) => {
    const { conversationId, kind } = Hint.parse(JSON.parse(String(data)));
    if (kind === 'assist' || kind === 'queue') void reread(conversationId);
  });
  const timer = setInterval(() => {
    for (const conversation of watched.keys()) void reread(conversation);
  }, REREAD_MS);
  return {
    watch: (conversation, message) =>
      new Promise((done) => {
        const found = watched.get(conversation) ?? { waiting: new Map(), reading: false, again: false };
        watched.set(conversation, found);
        found.waiting.set(message, done);
        setTimeout(() => done(Number.POSITIVE_INFINITY), GIVE_UP_MS).unref();
      }),
    close() {
      clearInterval(timer);
      socket.close();
    },
  };
}
