/** How much is too much: the highest rate that is kept up with, and a sudden rush. */
import { byConversation, moments, plan, type Send } from './plan.ts';
import { atLeast, BUSY_HEADER, busyCells, type Faults, p50, p99, print } from './report.ts';
import type { Rig } from './rig.ts';
import type { Sent } from './sender.ts';
import { settle } from './settle.ts';

const LEAST_RATE = 150;
/** Kept up with: the last assist came so soon after the last message. */
const KEPT_UP_MS = 1_500;

type Outcome = {
  sent: Sent[];
  seconds: number;
  /** From the last message to the last assist. */
  drainMs: number;
  throughput: number;
  /** Without an assist a minute after the load; not counted among the lost once they have it. */
  overdue: number;
  lost: number;
  twice: number;
  retries: number;
  busy: string[];
};

async function run(rig: Rig, sends: Send[], faults: Faults): Promise<Outcome> {
  const startedAt = Date.now();
  const { sent, busy } = await rig.load(sends);
  const late = Math.max(...sent.map(({ lateMs }) => lateMs));
  const endAt = startedAt + (sends.at(-1)?.atMs ?? 0) + late;
  const desk = { baseUrl: rig.demo.baseUrl, agentToken: rig.demo.agentToken };
  const { late: overdue, lost, twice, lastAt } = await settle(rig.http, desk, byConversation(sends));
  faults.lost.push(...lost);
  faults.twice.push(...twice);
  const seconds = Math.max(lastAt - startedAt, 1) / 1000;
  return {
    sent,
    seconds,
    drainMs: Math.max(0, lastAt - endAt),
    throughput: (sends.length - lost.length) / seconds,
    overdue,
    lost: lost.length,
    twice: twice.length,
    retries: sent.reduce((sum, { retries }) => sum + retries, 0),
    busy: busyCells(busy),
  };
}

const isHeld = ({ overdue, lost, twice, drainMs, retries }: Outcome): boolean =>
  overdue + lost === 0 && twice === 0 && retries === 0 && drainMs <= KEPT_UP_MS;

const cells = (one: Outcome): string[] => [
  String(one.sent.length),
  one.throughput.toFixed(0),
  p50(one.sent.map(({ answeredMs }) => answeredMs)),
  p99(one.sent.map(({ answeredMs }) => answeredMs)),
  `${(one.drainMs / 1000).toFixed(1)} s`,
  String(one.overdue),
  String(one.lost),
  String(one.twice),
  String(one.retries),
  ...one.busy,
];

const HEADER = [
  'messages',
  'assists/s',
  'webhook p50',
  'p99',
  'drained in',
  'after 60 s',
  'lost',
  'twice',
  'sent again',
  ...BUSY_HEADER,
];

/** Raises the rate until it is no longer kept up with. */
export async function highest(
  rig: Rig,
  name: string,
  rates: readonly number[],
  seconds: number,
  faults: Faults,
): Promise<void> {
  const rows: string[][] = [];
  let best = 0;
  for (const rate of rates) {
    const sends = plan(`${name}-${rate}`, moments(rate, rate, seconds), rate, rate);
    const outcome = await run(rig, sends, faults);
    const held = isHeld(outcome);
    if (held) best = rate;
    rows.push([`${rate}/s`, ...cells(outcome), held ? 'yes' : 'NO']);
    if (!held) break;
  }
  print(`Rates, ${seconds} s each, mode ${name}`, ['rate', ...HEADER, 'kept up'], rows);
  console.log(`Highest rate kept up with: ${best}/s; bar >= ${LEAST_RATE}/s: ${atLeast(best, LEAST_RATE)}`);
}

/** From nothing to `rate` within `seconds`. */
export async function jump(rig: Rig, rate: number, seconds: number, faults: Faults): Promise<void> {
  const sends = plan('jump', moments(0, rate, seconds), rate, rate);
  const outcome = await run(rig, sends, faults);
  const verdict = outcome.overdue + outcome.lost + outcome.twice === 0 ? 'yes' : 'NO';
  print(
    `From 0 to ${rate} messages/s within ${seconds} s`,
    ['load', ...HEADER, 'nothing lost'],
    [[`0 to ${rate}/s`, ...cells(outcome), verdict]],
  );
}
