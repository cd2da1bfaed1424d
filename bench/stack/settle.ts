/** Whether every message that was accepted got its assist, once. */
import * as z from 'zod';
import type { DeskTarget } from './desk.ts';
import type { Http } from './webhook.ts';

/** `late`: without an assist in due time; `lost`: without one for good. `lastAt`: of the last assist (epoch ms). */
export type Settled = { late: number; lost: string[]; twice: string[]; lastAt: number };

/** A message that was accepted gets its assist within so long after the load. */
const DUE_MS = 60_000;
/** The sweep finishes what was cut off, in minutes; what it has not by then is lost. */
const LOST_MS = 300_000;

const READERS = 4;
const PAUSE_MS = 500;

const Detail = z.object({
  head: z.object({ customerSeq: z.number() }),
  assists: z.array(z.object({ messageIds: z.array(z.string()), createdAt: z.string() })),
});

/** `assistedAt`: a moment (epoch ms) for each message that an assist holds. */
type Read = { missing: string[]; twice: string[]; assistedAt: number[] };
type Reader = (conversation: string) => Promise<z.infer<typeof Detail> | undefined>;

const reader =
  (http: Http, { baseUrl, agentToken }: DeskTarget): Reader =>
  async (conversation) => {
    const url = `${baseUrl}/v1/desk/conversations/${conversation}`;
    const { status, text } = await http.call('GET', url, { authorization: `Bearer ${agentToken}` });
    return status === 200 ? Detail.parse(JSON.parse(text)) : undefined;
  };

async function readOne(read: Reader, conversation: string, messages: readonly string[], most: number): Promise<Read> {
  const detail = await read(conversation);
  if (detail === undefined) return { missing: [...messages], twice: [], assistedAt: [] };
  const assisted = detail.assists.flatMap(({ messageIds }) => messageIds);
  const missing = messages.filter((message) => !assisted.includes(message));
  const repeated = assisted.filter((message, at) => assisted.indexOf(message) !== at);
  const counted = detail.head.customerSeq > most ? [`${conversation}: counted ${detail.head.customerSeq}`] : [];
  const assistedAt = detail.assists.flatMap(({ messageIds, createdAt }) => messageIds.map(() => Date.parse(createdAt)));
  return { missing, twice: [...repeated, ...counted], assistedAt };
}

/**
 * Reads each conversation until its messages are in assists, or nobody waits any longer. `tried`: all that was sent to
 * each; what no answer came for may have been taken.
 */
export async function settle(
  http: Http,
  desk: DeskTarget,
  conversations: ReadonlyMap<string, readonly string[]>,
  tried: ReadonlyMap<string, readonly string[]> = conversations,
): Promise<Settled> {
  const read = reader(http, desk);
  const [dueAt, lostAt] = [Date.now() + DUE_MS, Date.now() + LOST_MS];
  const settled: Settled = { late: 0, lost: [], twice: [], lastAt: 0 };
  const waiting = [...conversations];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [conversation, messages] = next;
      const most = tried.get(conversation)?.length ?? messages.length;
      let found = await readOne(read, conversation, messages, most);
      while (found.missing.length > 0 && Date.now() < lostAt) {
        await new Promise((done) => setTimeout(done, PAUSE_MS));
        found = await readOne(read, conversation, messages, most);
      }
      settled.late += found.assistedAt.filter((at) => at > dueAt).length;
      settled.lost.push(...found.missing);
      settled.twice.push(...found.twice);
      settled.lastAt = Math.max(settled.lastAt, ...found.assistedAt);
    }
  };
  await Promise.all(Array.from({ length: READERS }, work));
  return settled;
}
