/** Whether every message that was accepted got its assist, once. */
import * as z from 'zod';
import type { DeskTarget } from './desk.ts';
import type { Http } from './webhook.ts';

/** `lastAt`: when the last assist was computed (epoch ms). */
export type Settled = { lost: string[]; twice: string[]; lastAt: number };

const READERS = 4;
const PAUSE_MS = 500;

const Detail = z.object({
  head: z.object({ customerSeq: z.number() }),
  assists: z.array(z.object({ messageIds: z.array(z.string()), createdAt: z.string() })),
});

type Read = { missing: string[]; twice: string[]; lastAt: number };
type Reader = (conversation: string) => Promise<z.infer<typeof Detail> | undefined>;

const reader =
  (http: Http, { baseUrl, agentToken }: DeskTarget): Reader =>
  async (conversation) => {
    const url = `${baseUrl}/v1/desk/conversations/${conversation}`;
    const { status, text } = await http.call('GET', url, { authorization: `Bearer ${agentToken}` });
    return status === 200 ? Detail.parse(JSON.parse(text)) : undefined;
  };

async function readOne(read: Reader, conversation: string, messages: readonly string[]): Promise<Read> {
  const detail = await read(conversation);
  if (detail === undefined) return { missing: [...messages], twice: [], lastAt: 0 };
  const assisted = detail.assists.flatMap(({ messageIds }) => messageIds);
  const missing = messages.filter((message) => !assisted.includes(message));
  const repeated = assisted.filter((message, at) => assisted.indexOf(message) !== at);
  const counted =
    detail.head.customerSeq > messages.length ? [`${conversation}: counted ${detail.head.customerSeq}`] : [];
  const lastAt = Math.max(0, ...detail.assists.map(({ createdAt }) => Date.parse(createdAt)));
  return { missing, twice: [...repeated, ...counted], lastAt };
}

/** Reads each conversation until its messages are in assists, or `deadline` (epoch ms) has passed. */
export async function settle(
  http: Http,
  desk: DeskTarget,
  conversations: ReadonlyMap<string, readonly string[]>,
  deadline: number,
): Promise<Settled> {
  const read = reader(http, desk);
  const lost: string[] = [];
  const twice: string[] = [];
  let lastAt = 0;
  const waiting = [...conversations];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [conversation, messages] = next;
      let found = await readOne(read, conversation, messages);
      while (found.missing.length > 0 && Date.now() < deadline) {
        await new Promise((done) => setTimeout(done, PAUSE_MS));
        found = await readOne(read, conversation, messages);
      }
      lost.push(...found.missing);
      twice.push(...found.twice);
      lastAt = Math.max(lastAt, found.lastAt);
    }
  };
  await Promise.all(Array.from({ length: READERS }, work));
  return { lost, twice, lastAt };
}
