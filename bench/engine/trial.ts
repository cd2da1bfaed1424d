/** One system on one set, in a process of its own so that its memory is its own; sends what it saw to its parent. */
import { Worker } from 'node:worker_threads';
import * as z from 'zod';
import { heldBytes } from '../support/held.ts';
import { percentile } from '../support/table.ts';
import { type MeasuredSet, readSet } from './sets.ts';
import type { Learnt, Ranked } from './system.ts';
import { SYSTEMS } from './systems.ts';

export const TrialOptions = z.object({
  set: z.string(),
  system: z.string(),
  /** Seconds of processor time for learning, and as many again for asking. */
  cap: z.coerce.number().positive(),
  /** Texts asked, at most. */
  most: z.coerce.number().positive(),
  /** The out-of-scope share that is told; the set's own when absent. */
  share: z.coerce.number().min(0).max(1).optional(),
});
export type TrialOptions = z.infer<typeof TrialOptions>;

const Answer = z.object({
  /** Place of the right class, −1 where it was not among those ranked. */
  place: z.number(),
  got: z.string().optional(),
  confidence: z.number(),
});
export type Answer = z.infer<typeof Answer>;

export const Trial = z.object({
  outOfScopeShare: z.number(),
  wallSeconds: z.number(),
  cpuSeconds: z.number(),
  /** Milliseconds to answer one text. */
  p50: z.number(),
  p99: z.number(),
  /** The process at its largest, Node itself included; and what is held once all is learnt, beyond what was before. */
  peakMb: z.number(),
  heldMb: z.number(),
  bytes: z.number().optional(),
  /** The confidence from which on it answers alone at precision .95. */
  threshold: z.number().optional(),
  notes: z.array(z.string()),
  answers: z.array(Answer),
  foreign: z.array(Answer),
});
export type Trial = z.infer<typeof Trial>;

export const AUTOMATIC_PRECISION = 0.95;
const TIMED = 500;
/** Of the time for asking, what timing may take. */
const TIMING_SHARE = 0.2;
const REPEATED = 3;
const MB = 1e6;

function answerOf(ranked: readonly Ranked[], label: string | undefined): Answer {
  const [first] = ranked;
  return {
    place: ranked.findIndex(({ key }) => key === label),
    confidence: first?.confidence ?? 0,
    ...(first === undefined ? {} : { got: first.key }),
  };
}

/** The best of a few goes at each text: what it takes when nobody else uses the core. */
async function latencies(learnt: Learnt, texts: readonly string[], deadline: number): Promise<number[]> {
  const times: number[] = [];
  for (const text of texts.slice(0, TIMED)) {
    let best = Number.POSITIVE_INFINITY;
    for (let go = 0; go < REPEATED; go += 1) {
      const from = performance.now();
      await learnt.ask(text);
      best = Math.min(best, performance.now() - from);
    }
    times.push(best);
    if (used() > deadline) break;
  }
  return times;
}

type Asked = { text: string; label?: string };

/** In an order that mixes both kinds, so that a cap leaves a fair part of each. */
function mixed({ test, outOfScope }: MeasuredSet): Asked[] {
  const every = Math.max(1, Math.round(test.length / Math.max(1, outOfScope.length)));
  const foreign = outOfScope.map((text) => ({ text }));
  return [...test.flatMap((row, at) => (at % every === 0 ? [row, ...foreign.splice(0, 1)] : [row])), ...foreign];
}

/** Processor time used so far, in seconds. */
function used(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** A system that stops by itself gets a little longer than its cap: to finish what it was at. */
const GRACE = 1.2;

async function learn(options: TrialOptions, set: MeasuredSet, outOfScopeShare: number) {
  const system = SYSTEMS[options.system]?.system;
  if (system === undefined) throw new Error(`There is no system "${options.system}".`);
  const { classes, language } = set;
  const before = await heldBytes();
  const workerData = { capSeconds: used() + options.cap * GRACE };
  const watch = new Worker(new URL('watch.ts', import.meta.url), { workerData });
  const cpu = used();
  const from = performance.now();
  const learnt = await system.learn({ classes, language, outOfScopeShare, capSeconds: options.cap });
  const wallSeconds = (performance.now() - from) / 1_000;
  const cpuSeconds = used() - cpu;
  await watch.terminate();
  process.send?.('learnt');
  const heldMb = ((await heldBytes()) - before) / MB;
  const peakMb = (process.resourceUsage().maxRSS * 1_024) / MB;
  return { learnt, figures: { wallSeconds, cpuSeconds, heldMb, peakMb } };
}

export async function runTrial(options: TrialOptions): Promise<Trial> {
  const set = await readSet(options.set, options.most);
  const texts = mixed(set);
  const outOfScopeShare = options.share ?? set.outOfScope.length / texts.length;
  const { learnt, figures } = await learn(options, set, outOfScopeShare);
  const from = used();
  const deadline = from + options.cap;
  const times = await latencies(
    learnt,
    texts.map(({ text }) => text),
    from + options.cap * TIMING_SHARE,
  );
  const answers: Answer[] = [];
  const foreign: Answer[] = [];
  for (const { text, label } of texts) {
    if (used() > deadline) break;
    (label === undefined ? foreign : answers).push(answerOf(await learnt.ask(text), label));
  }
  const asked = answers.length + foreign.length;
  return {
    outOfScopeShare,
    ...figures,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    ...(learnt.bytes === undefined ? {} : { bytes: learnt.bytes }),
    ...(learnt.threshold === undefined ? {} : { threshold: learnt.threshold(AUTOMATIC_PRECISION) }),
    notes: [
      ...(learnt.note === undefined ? [] : [learnt.note]),
      ...(asked < texts.length ? [`${asked} of ${texts.length} asked within the cap`] : []),
    ],
    answers,
    foreign,
  };
}
