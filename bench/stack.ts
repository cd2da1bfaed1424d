/**
 * The whole product under load, on a stack of its own: how fast the webhook answers and the desk can read, how much
 * is too much, and what a message costs the store. Times never fail a run; a message that is lost or counted twice does.
 *
 * Options: `--quick` short phases; `--seconds 60` of each steady phase; `--port 4700` (the four after it are used too);
 * `--only steady,highest,jump,paths`; `--rates 50,100,150`.
 */
import { parseArgs } from 'node:util';
import { patchDemo } from './stack/operations.ts';
import { paths } from './stack/paths.ts';
import { highest, jump } from './stack/rates.ts';
import { type Faults, machine, noFaults } from './stack/report.ts';
import { benchDirectory, type Rig, startRig, warm } from './stack/rig.ts';
import { steady } from './stack/steady.ts';
import { type StoreProxy, startStoreProxy } from './stack/store-proxy.ts';

const USUAL_RATE = 20;
const JUMP_FACTOR = 20;
const RATES = '50,100,150,200,250,300,400';
const PHASES = ['steady', 'highest', 'jump', 'paths'] as const;

type Plan = {
  port: number;
  phases: ReadonlySet<string>;
  seconds: number;
  rates: number[];
  rateSeconds: number;
  jumpTo: number;
  jumpSeconds: number;
  pathTimes: number;
};

function readPlan(): Plan {
  const { values: flags } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      seconds: { type: 'string' },
      port: { type: 'string', default: '4700' },
      only: { type: 'string', default: PHASES.join(',') },
      rates: { type: 'string', default: RATES },
    },
  });
  const { quick } = flags;
  return {
    port: Number(flags.port),
    phases: new Set(flags.only.split(',')),
    seconds: Number(flags.seconds ?? (quick ? 8 : 60)),
    rates: flags.rates.split(',').map(Number),
    rateSeconds: quick ? 4 : 10,
    jumpTo: USUAL_RATE * (quick ? 5 : JUMP_FACTOR),
    jumpSeconds: quick ? 8 : 30,
    pathTimes: quick ? 4 : 20,
  };
}

const say = (text: string): void => console.log(text);

async function loads(plan: Plan, directory: string, faults: Faults): Promise<void> {
  const rig = await startRig(plan.port, directory);
  try {
    await warm(rig);
    say(`Warm. ${machine()}`);
    if (plan.phases.has('steady')) await steady(rig, USUAL_RATE, plan.seconds, faults);
    if (plan.phases.has('highest')) await rates(rig, plan, faults);
    if (plan.phases.has('jump')) await jump(rig, plan.jumpTo, plan.jumpSeconds, faults);
  } finally {
    await rig.stop();
  }
}

/** As the demo shop is, and as one is where only people answer. */
async function rates(rig: Rig, plan: Plan, faults: Faults): Promise<void> {
  await highest(rig, 'hybrid', plan.rates, plan.rateSeconds, faults);
  await patchDemo(rig.api, rig.demo, { mode: 'assist' });
  await highest(rig, 'assist', plan.rates, plan.rateSeconds, faults);
  await patchDemo(rig.api, rig.demo, { mode: 'hybrid' });
}

/** On a second start, so that the counting costs the loads nothing. */
async function counts(plan: Plan, directory: string): Promise<void> {
  let proxy: StoreProxy | undefined;
  const rig = await startRig(plan.port, directory, async (storeUrl) => {
    proxy = await startStoreProxy(storeUrl);
    return proxy.url;
  });
  try {
    if (proxy !== undefined) await paths(rig, proxy, plan.pathTimes);
  } finally {
    await rig.stop();
    proxy?.close();
  }
}

function verdict({ lost, twice }: Faults): number {
  const list = (ids: readonly string[]): string => ids.slice(0, 10).join(', ');
  if (lost.length > 0) say(`\nLOST: ${lost.length} messages: ${list(lost)}`);
  if (twice.length > 0) say(`\nTWICE: ${twice.length}: ${list(twice)}`);
  if (lost.length + twice.length === 0) say('\nNo message was lost, none was handled twice.');
  return lost.length + twice.length === 0 ? 0 : 1;
}

async function main(): Promise<number> {
  const plan = readPlan();
  const faults = noFaults();
  const directory = benchDirectory();
  // The stack's processes leave with this one.
  process.once('SIGINT', () => {
    directory.remove();
    process.exit(130);
  });
  say('Starting a stack to measure …');
  try {
    if (['steady', 'highest', 'jump'].some((phase) => plan.phases.has(phase)))
      await loads(plan, directory.path, faults);
    if (plan.phases.has('paths')) await counts(plan, directory.path);
  } finally {
    directory.remove();
  }
  return verdict(faults);
}

process.exitCode = await main();
