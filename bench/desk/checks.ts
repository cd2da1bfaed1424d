/** What must hold whatever failed: read off the store by the desk's own API, and off what the platform took. */
import * as z from 'zod';
import { settle } from '../stack/settle.ts';
import type { Http } from '../stack/webhook.ts';
import type { Taken } from './platform.ts';

type Target = { baseUrl: string; agentToken: string };

/** A bot that speaks under an older epoch than an agent's line before it talks over a person. */
export function talkedOver(taken: ReadonlyMap<string, readonly Taken[]>): string[] {
  const wrong: string[] = [];
  for (const [conversation, calls] of taken) {
    let persons = -1;
    for (const { replyId, author, epoch, kind } of calls) {
      if (author === 'agent') persons = Math.max(persons, epoch);
      else if (author === 'bot' && kind === 'reply' && epoch <= persons) wrong.push(`${conversation}/${replyId}`);
    }
  }
  return wrong;
}

const List = z.object({
  items: z.array(z.object({ id: z.string(), updatedAt: z.string() })),
  cursor: z.string().optional(),
});

/** Everybody who waits in the queue. */
async function waiting({ call }: Http, { baseUrl, agentToken }: Target): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({ owner: 'queue', limit: '100', ...(cursor === undefined ? {} : { cursor }) });
    const headers = { authorization: `Bearer ${agentToken}` };
    const { text } = await call('GET', `${baseUrl}/v1/desk/conversations?${query}`, headers);
    const page = List.parse(JSON.parse(text));
    found.push(...page.items.map(({ id }) => id));
    cursor = page.cursor;
  } while (cursor !== undefined);
  return found;
}

const EMPTY_MS = 120_000;
const LOOK_MS = 2_000;

/** Waits until the queue is empty: agents go on answering meanwhile. Who is still in it then was forgotten. */
export async function emptied(http: Http, target: Target): Promise<{ forgotten: string[]; afterMs: number }> {
  const started = performance.now();
  for (;;) {
    const left = await waiting(http, target);
    const afterMs = performance.now() - started;
    if (left.length === 0 || afterMs > EMPTY_MS) return { forgotten: left, afterMs };
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
}

/** Whether every reply that an agent's call was accepted for reached the platform once. */
export const undelivered = (sent: ReadonlySet<string>, taken: ReadonlyMap<string, readonly Taken[]>): string[] => {
  const known = new Set([...taken.values()].flat().map(({ replyId }) => replyId));
  return [...sent].filter((id) => !known.has(id));
};

type Messages = ReadonlyMap<string, readonly string[]>;

/** Every customer's message that was taken is in the assist of exactly one turn, and no more of them than were tried. */
export async function messagesKept(http: Http, target: Target, taken: Messages, tried: Messages = taken) {
  const { lost, twice } = await settle(http, target, taken, tried);
  return { lost, twice };
}
