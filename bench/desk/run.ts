/** The phases of `bench/desk.ts`, one stack for all of them. */
import { rmSync } from 'node:fs';
import { byConversation, moments, type Send } from '../stack/plan.ts';
import { machine, ms, p50, p99, within } from '../stack/report.ts';
import { benchDirectory, type Rig, startRig, warm } from '../stack/rig.ts';
import type { Sent } from '../stack/sender.ts';
import { percentile, table } from '../support/table.ts';
import type { Tally } from './agent-calls.ts';
import { emptied, messagesKept, talkedOver, undelivered } from './checks.ts';
import { chatter, openings } from './customers.ts';
import { type Platform, startPlatform } from './platform.ts';
import { hire, startTeam, type Team } from './team.ts';

export type DeskPlan = {
  port: number;
  seconds: number;
  rate: number;
  jumpTo: number;
  jumpSeconds: number;
  agents: number;
  conversations: number;
  /** Within so long they are opened. */
  openSeconds: number;
  kills: number;
};

const KILL_AFTER_MS = 8_000;
const KILL_SECONDS = 20;
const READ_P99_MS = 500;
const RECOVERED_MS = 90_000;
const SEED = 11;

const say = (text: string): void => console.log(text);
const sleep = (time: number): Promise<void> => new Promise((done) => setTimeout(done, time));

type Phase = { name: string; sent: Sent[]; tally: Tally; cells: string[] };
const isTaken = ({ status }: Sent): boolean => status === 200 || status === 202;
type World = {
  rig: Rig;
  team: Team;
  platform: Platform;
  /** What was accepted. */
  sends: Send[];
  /** All that was sent: what its platform gave up on may have been accepted after all. */
  tried: Send[];
  replies: Set<string>;
  phases: Phase[];
};

/** What of a load was accepted: the rest was refused three times over, and its platform knows. */
function takenOf(sends: readonly Send[], sent: readonly Sent[]): Send[] {
  const taken = new Set(sent.filter(isTaken).map(({ message }) => message));
  return sends.filter(({ message }) => taken.has(message));
}

const targetOf = ({ demo: { baseUrl, agentToken } }: Rig) => ({ baseUrl, agentToken });

/** Sends a load and notes what it cost and what the agents did meanwhile. */
async function phase(world: World, name: string, sends: Send[]): Promise<void> {
  const { sent, busy } = await world.rig.load(sends);
  world.tried.push(...sends);
  world.sends.push(...takenOf(sends, sent));
  const tally = await world.team.report();
  for (const id of tally.sent) world.replies.add(id);
  const share = (value: number | undefined): string => (value === undefined ? '-' : `${Math.round(value * 100)} %`);
  world.phases.push({ name, sent, tally, cells: [share(busy.functions.share), share(busy.store.share)] });
  say(
    `${name}: ${sends.length} sent; hint to read p50 ${p50(tally.readMs)}, p99 ${p99(tally.readMs)}; functions ${share(busy.functions.share)}. ${machine()}`,
  );
}

function report({ phases, platform }: World): void {
  const header = [
    'phase',
    'messages',
    'not taken',
    'webhook p50',
    'p99',
    'hint to read p50',
    'p99',
    `<= ${READ_P99_MS}`,
    'accepted',
    'accept p99',
    'replies',
    'closed',
    'reconnects',
    'functions',
    'store',
  ];
  const rows = phases.map(({ name, sent, tally, cells }) => {
    const answered = sent.map(({ answeredMs }) => answeredMs);
    return [
      name,
      String(sent.length),
      String(sent.filter((one) => !isTaken(one)).length),
      p50(answered),
      p99(answered),
      p50(tally.readMs),
      p99(tally.readMs),
      tally.readMs.length === 0 ? '' : within(percentile(tally.readMs, 0.99), READ_P99_MS),
      String(tally.acceptMs.length),
      p99(tally.acceptMs),
      String(tally.sent.length),
      String(tally.closed),
      String(tally.reconnects),
      ...cells,
    ];
  });
  say(`\n${table(header, rows)}`);
  const { calls, failed, repeated } = platform.counts;
  say(`Callbacks: ${calls}, of which ${failed} failed and ${repeated} came again after a cut connection.`);
  const failures = phases.flatMap(({ name, tally }) =>
    Object.entries(tally.failures).map(([what, times]) => `${name}: ${what} ×${times}`),
  );
  if (failures.length > 0) say(`Answers that were no success: ${failures.join(', ')}`);
}

/** Deliveries that came twice are one message. */
const once = (sends: readonly Send[]) =>
  byConversation([...new Map(sends.map((send) => [send.message, send])).values()]);

/** Everything accepted before is there, everybody who waits was served. */
async function verify(world: World): Promise<number> {
  const { rig, platform, sends, tried, replies } = world;
  const target = targetOf(rig);
  await world.team.finish();
  const { forgotten, afterMs } = await emptied(rig.http, target);
  const { lost, twice } = await messagesKept(rig.http, target, once(sends), once(tried));
  for (const id of (await world.team.report()).sent) replies.add(id);
  const faults = {
    'messages lost': lost,
    'messages or turns doubled': twice,
    'a bot over a person': talkedOver(platform.taken),
    'replies not delivered': undelivered(replies, platform.taken),
    'still waiting': forgotten,
  };
  say(`\nThe queue was empty ${ms(afterMs)} after the last message.`);
  for (const [what, ids] of Object.entries(faults))
    say(`${what}: ${ids.length}${ids.length === 0 ? '' : ` (${ids.slice(0, 8).join(', ')})`}`);
  return Object.values(faults).every((ids) => ids.length === 0) ? 0 : 1;
}

async function settings({ api, demo }: Rig, callbackUrl: string): Promise<void> {
  const patch = { callbackUrl, quietWindowMs: 1_000, routing: { offerMs: 10_000, tellEveryMs: 30_000 } };
  await api.call('PATCH', `/v1/tenants/${demo.tenant}`, demo.adminToken, patch);
}

/** Waits until what was accepted so far is in assists: a jump is worked off when it is over, and a kill meets a calm stack. */
async function workOff({ rig, sends }: World): Promise<void> {
  const started = performance.now();
  const { lost } = await messagesKept(rig.http, targetOf(rig), once(sends));
  say(`Worked off ${ms(performance.now() - started)} after the jump; left ${lost.length}.`);
}

/** Kills every process of the stack in the middle of a load and starts it again on its data. */
async function killed(world: World, plan: DeskPlan, directory: string, at: number): Promise<void> {
  const sends = chatter(`kill${at}`, moments(plan.rate, plan.rate, KILL_SECONDS), plan.conversations, SEED + 50 + at);
  const under = world.rig.load(sends);
  await sleep(KILL_AFTER_MS);
  world.rig.stack.functions.process.kill('SIGKILL');
  world.rig.stack.store.process.kill('SIGKILL');
  // What is sent to the dead is answered at once: by nobody.
  const loaded = await under;
  await world.rig.stop().catch(() => undefined);
  const started = performance.now();
  world.rig = await startRig(plan.port, directory);
  const up = performance.now();
  const kept = takenOf(sends, loaded.sent);
  if (kept.length === 0) throw new Error('nothing was accepted before the kill: nothing is shown by it');
  world.tried.push(...sends);
  world.sends.push(...kept);
  const { lost } = await messagesKept(world.rig.http, targetOf(world.rig), once(kept));
  const recovered = performance.now() - up;
  say(
    `Kill ${at}: up again after ${ms(up - started)}; every accepted message (${kept.length}) assisted ${ms(recovered)} later (bar ${ms(RECOVERED_MS)}: ${within(recovered, RECOVERED_MS)}); lost ${lost.length}.`,
  );
}

export async function runDesk(plan: DeskPlan): Promise<number> {
  const directory = benchDirectory();
  const platform = await startPlatform(SEED);
  say('Starting a stack to measure …');
  const rig = await startRig(plan.port, directory.path);
  const places = await hire(rig.api, rig.demo.baseUrl, rig.demo.adminToken, plan.agents);
  await settings(rig, platform.url);
  await warm(rig);
  const team = await startTeam(places, SEED);
  const world: World = { rig, team, platform, sends: [], tried: [], replies: new Set(), phases: [] };
  try {
    await phase(world, `${plan.conversations} open`, openings(plan.conversations, plan.openSeconds, SEED));
    await phase(
      world,
      `${plan.rate}/s for ${plan.seconds} s`,
      chatter('steady', moments(plan.rate, plan.rate, plan.seconds), plan.conversations, SEED + 1),
    );
    await phase(
      world,
      `jump to ${plan.jumpTo}/s for ${plan.jumpSeconds} s`,
      chatter('jump', moments(plan.jumpTo, plan.jumpTo, plan.jumpSeconds), plan.conversations, SEED + 2),
    );
    await workOff(world);
    for (let at = 1; at <= plan.kills; at += 1) await killed(world, plan, directory.path, at);
    report(world);
    return await verify(world);
  } finally {
    await world.team.stop();
    await world.rig.stop().catch(() => undefined);
    platform.close();
    rmSync(directory.path, { recursive: true, force: true });
  }
}
