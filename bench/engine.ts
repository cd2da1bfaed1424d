/**
 * The engine beside what else runs in Node, set by set, in one run; and what others published on the same sets.
 *
 *     npm run bench:engine -- --quick
 *     npm run bench:engine -- --sets clinc,smp --systems cuecard,nlp.js --cap 300
 *
 * Every system learns every set in a process of its own. The table goes to the screen; curves, misses and figures to
 * `bench/out/`. Without the sets beside the project (`../shared/data`) the product's own pack is what is asked.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { cuecard } from './engine/cuecard.ts';
import { LEARNT_TOO_LONG, runInChild } from './engine/fork.ts';
import { failureLine, HEAD, LEGEND, measuredLine, publishedLine } from './engine/lines.ts';
import { keep, keepCurves, keepMisses, OUT, type Tried } from './engine/report.ts';
import { type Figures, figuresOf, outcomesOf } from './engine/score.ts';
import { DATA, hasShared, type MeasuredSet, readSet, SOURCES } from './engine/sets.ts';
import { calibration, verdict } from './engine/summary.ts';
import { SYSTEMS } from './engine/systems.ts';
import { installPeers } from './peers/load.ts';
import { table } from './support/table.ts';

const CAP_SECONDS = 180;
const QUICK_CAP_SECONDS = 30;
const QUICK_TEXTS = 500;

const { values: given } = parseArgs({
  options: {
    sets: { type: 'string' },
    systems: { type: 'string' },
    cap: { type: 'string' },
    share: { type: 'string' },
    quick: { type: 'boolean', default: false },
  },
});
const cap = Number(given.cap ?? (given.quick ? QUICK_CAP_SECONDS : CAP_SECONDS));
const most = given.quick ? QUICK_TEXTS : Number.MAX_SAFE_INTEGER;

/** What was named, or what the kind of run asks for. Throws on a name that there is not. */
function chosen(named: string | undefined, all: Readonly<Record<string, { quick: boolean }>>): string[] {
  if (named === undefined) return Object.keys(all).filter((name) => !given.quick || all[name]?.quick);
  const names = named.split(',');
  const unknown = names.filter((name) => all[name] === undefined);
  if (unknown.length > 0) throw new Error(`There is no ${unknown.join(', ')}: ${Object.keys(all).join(', ')}.`);
  return names;
}

const ENGINE = cuecard.name;

type Measured = Tried & { figures: Figures };

async function trySystem(name: string, set: MeasuredSet, system: string): Promise<Measured | { failure: string }> {
  const listed = SYSTEMS[system];
  if (listed === undefined) return { failure: 'unknown' };
  const share = given.share === undefined ? {} : { share: Number(given.share) };
  const outcome = await runInChild({ set: name, system, cap, most, ...share });
  if ('failure' in outcome) {
    process.stderr.write(`${name} · ${system}: ${outcome.failure}\n`);
    return outcome;
  }
  const { trial } = outcome;
  const { name: title, probabilities } = listed.system;
  const figures = figuresOf(trial, outcomesOf(set, trial), probabilities);
  process.stderr.write(`${name} · ${system}: right ${(100 * figures.accuracy).toFixed(1)} %\n`);
  return { system: title, ours: listed.ours, probabilities, trial, figures };
}

/** By system, the smallest set that it could not learn in time: larger ones are not tried. */
const tooLarge = new Map<string, MeasuredSet>();
const questionsOf = ({ classes }: MeasuredSet): number => classes.reduce((sum, one) => sum + one.questions.length, 0);

async function tryUnlessTooLarge(name: string, set: MeasuredSet, system: string) {
  const smaller = tooLarge.get(system);
  if (smaller !== undefined && questionsOf(smaller) <= questionsOf(set)) {
    return { failure: `not tried: over the cap on ${smaller.title}, which is smaller` };
  }
  const result = await trySystem(name, set, system);
  if ('failure' in result && result.failure === LEARNT_TOO_LONG) tooLarge.set(system, set);
  return result;
}

type SetResult = { lines: string[][]; verdicts: string[]; own: Figures[] };

async function measureSet(name: string, systems: readonly string[]): Promise<SetResult> {
  const set = await readSet(name, most);
  const scored: Measured[] = [];
  const lines: string[][] = [];
  for (const system of systems) {
    const result = await tryUnlessTooLarge(name, set, system);
    if ('failure' in result) {
      lines.push(failureLine(set, SYSTEMS[system]?.system.name ?? system, result.failure));
      continue;
    }
    scored.push(result);
    lines.push(measuredLine(set, result.system, result.trial, result.figures));
    if (system === 'cuecard') keepMisses(name, set, result.trial);
  }
  keepCurves(name, set, scored);
  lines.push(...set.published.map((one) => publishedLine(set, one)));
  const own = scored.flatMap(({ system, figures }) => (system === ENGINE ? [figures] : []));
  return { lines, verdicts: verdict(set.title, ENGINE, scored), own };
}

const shared = hasShared();
const missing = installPeers();
const sets = chosen(given.sets, SOURCES).filter((name) => shared || SOURCES[name]?.shared === false);
const systems = chosen(given.systems, SYSTEMS).filter((name) => missing === undefined || SYSTEMS[name]?.ours === true);
const all: SetResult[] = [];
/** All that there is to say so far: a long run that is ended leaves what it had. */
function told(): string {
  const rows = all.flatMap(({ lines }) => lines);
  return [
    table(HEAD, rows),
    LEGEND.join('\n'),
    all.flatMap(({ verdicts }) => verdicts).join('\n'),
    ...calibration(all.flatMap(({ own }) => own)),
  ].join('\n\n');
}

for (const name of sets) {
  all.push(await measureSet(name, systems));
  keep('engine.txt', `${told()}\n`);
}
console.log(told());
console.log(
  `\nEach system may learn for ${cap} s of processor time and be asked for as long. All of it: ${fileURLToPath(OUT)}`,
);
if (!shared) console.log(`Only the pack was asked: there is no ${fileURLToPath(DATA)}.`);
if (missing !== undefined) console.log(`Peers are not measured: ${missing}.`);
