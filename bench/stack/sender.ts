/**
 * The load, in a process of its own (started by `load.ts`): sends each message at its moment whatever became of those
 * before it, and, like a platform, sends again what was not accepted.
 */
import * as z from 'zod';
import { type Desk, openDesk } from './desk.ts';
import type { Send } from './plan.ts';
import { type Answer, type Http, http, sendMessage, type Target } from './webhook.ts';

export type Job = {
  target: Target;
  sends: Send[];
  /** A desk is open and reads every so many messages' assists; absent: no desk is open. */
  watch?: { agentToken: string; every: number };
};

/** Times in ms. `lateMs`: how long after its moment it was sent; the machine, not the stack, is why. */
export type Sent = {
  message: string;
  lateMs: number;
  answeredMs: number;
  status: number;
  retries: number;
  readableMs?: number;
};

/** Before the second and third try. */
const RETRY_MS = [1_000, 3_000] as const;

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
const accepted = ({ status }: Answer): boolean => status === 200 || status === 202;

async function sendOne(client: Http, job: Job, send: Send, dueAt: number, desk: Desk | undefined): Promise<Sent> {
  const at = performance.now();
  const readable = desk?.watch(send.conversation, send.message);
  let answer = await sendMessage(client, job.target, send);
  const answeredMs = performance.now() - at;
  let retries = 0;
  for (const pause of RETRY_MS) {
    if (accepted(answer)) break;
    await sleep(pause);
    retries += 1;
    answer = await sendMessage(client, job.target, send);
  }
  const sent = { message: send.message, lateMs: at - dueAt, answeredMs, status: answer.status, retries };
  return readable === undefined ? sent : { ...sent, readableMs: (await readable) - at };
}

async function run(job: Job): Promise<Sent[]> {
  const client = http();
  const { watch } = job;
  const desk = watch && (await openDesk(client, { baseUrl: job.target.baseUrl, agentToken: watch.agentToken }));
  const start = performance.now();
  const sending: Promise<Sent>[] = [];
  for (const [index, send] of job.sends.entries()) {
    const dueAt = start + send.atMs;
    const pause = dueAt - performance.now();
    if (pause > 0) await sleep(pause);
    const watched = watch !== undefined && index % watch.every === 0;
    sending.push(sendOne(client, job, send, dueAt, watched ? desk : undefined));
  }
  const sent = await Promise.all(sending);
  desk?.close();
  client.close();
  return sent;
}

const Message = z.object({ job: z.custom<Job>() });

process.on('message', (message) => {
  run(Message.parse(message).job).then(
    (sent) => process.send?.({ sent }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.message : String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
