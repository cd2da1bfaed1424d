/** The usual rate for a while, quietly and while a release compiles. */
import * as z from 'zod';
import { percentile } from '../support/table.ts';
import { byConversation, moments, plan } from './plan.ts';
import { BUSY_HEADER, busyCells, type Faults, p50, p99, print, within } from './report.ts';
import type { Rig } from './rig.ts';
import type { Sent } from './sender.ts';
import { settle } from './settle.ts';

const WEBHOOK_P99_MS = 60;
const READABLE_P99_MS = 200;
/** The desk reads the assists of every so many messages. */
const WATCH_EVERY = 2;
const POLL_MS = 500;
const COMPILE_MS = 300_000;

const Release = z.object({ id: z.string(), status: z.string() });
const UNDER_WAY = new Set(['queued', 'compiling', 'gating']);

const sleep = (): Promise<void> => new Promise((done) => setTimeout(done, POLL_MS));

/** Compiles a release that is not published. Raises when it fails or takes too long. */
async function compileOne({ api, demo }: Rig): Promise<void> {
  const token = demo.managerToken;
  const { id } = Release.parse(await api.call('POST', '/v1/knowledge/releases', token, { publish: false }));
  const deadline = Date.now() + COMPILE_MS;
  while (Date.now() < deadline) {
    await sleep();
    const { status } = Release.parse(await api.call('GET', `/v1/knowledge/releases/${id}`, token));
    if (status === 'failed') throw new Error(`release ${id} failed`);
    if (!UNDER_WAY.has(status)) return;
  }
  throw new Error(`release ${id} was not compiled within ${COMPILE_MS / 1000} s`);
}

/**
 * Compiles one release after the other until told to stop; gives how many were compiled by then, once the last is
 * done: it must not weigh on what is measured next.
 */
function compiling(rig: Rig): () => Promise<number> {
  let stopped = false;
  const work = async (): Promise<number> => {
    let compiled = 0;
    while (!stopped) {
      await compileOne(rig);
      compiled += stopped ? 0 : 1;
    }
    return compiled;
  };
  const result = work();
  result.catch(() => undefined);
  return () => {
    stopped = true;
    return result;
  };
}

type Measured = { name: string; sent: Sent[]; busy: string[] };

async function measure(
  rig: Rig,
  name: string,
  prefix: string,
  rate: number,
  seconds: number,
  faults: Faults,
): Promise<Measured> {
  const sends = plan(prefix, moments(rate, rate, seconds), rate, rate + seconds);
  const { sent, busy } = await rig.load(sends, { agentToken: rig.demo.agentToken, every: WATCH_EVERY });
  const desk = { baseUrl: rig.demo.baseUrl, agentToken: rig.demo.agentToken };
  const { lost, twice } = await settle(rig.http, desk, byConversation(sends));
  faults.lost.push(...lost);
  faults.twice.push(...twice);
  return { name, sent, busy: busyCells(busy) };
}

function rowsOf({ name, sent, busy }: Measured): string[][] {
  const answered = sent.map(({ answeredMs }) => answeredMs);
  const readable = sent.flatMap(({ readableMs }) => (readableMs === undefined ? [] : [readableMs]));
  const late = p99(sent.map(({ lateMs }) => lateMs));
  const line = (what: string, values: readonly number[], bar: number): string[] => [
    `${what}, ${name}`,
    String(values.length),
    p50(values),
    p99(values),
    `<= ${bar} ms`,
    within(percentile(values, 0.99), bar),
    late,
    ...busy,
  ];
  return [
    line('webhook answered', answered, WEBHOOK_P99_MS),
    line('assist readable at the desk', readable, READABLE_P99_MS),
  ];
}

export async function steady(rig: Rig, rate: number, seconds: number, faults: Faults): Promise<void> {
  const quiet = await measure(rig, 'quiet', 'steady', rate, seconds, faults);
  const stop = compiling(rig);
  const compile = await measure(rig, 'a release compiling', 'compile', rate, seconds, faults);
  const compiled = await stop();
  print(
    `${rate} messages/s for ${seconds} s; ${compiled} releases compiled during the second`,
    ['figure', 'of', 'p50', 'p99', 'bar (p99)', 'held', 'sent late p99', ...BUSY_HEADER],
    [...rowsOf(quiet), ...rowsOf(compile)],
  );
}
