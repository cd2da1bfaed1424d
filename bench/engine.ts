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
import { LEARNT_TOO_LONG, runInChild } from './engine/fork.ts';
import { failureLine, HEAD, measuredLine, publishedLine } from './engine/lines.ts';
import { keep, keepCurves, keepMisses, OUT, type Tried } from './engine/report.ts';
import { type Figures, figuresOf, outcomesOf } from './engine/score.ts';
import { DATA, hasShared, type MeasuredSet, readSet, SOURCES } from './engine/sets.ts';
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

type Scored = Tried & { figures: Figures };

async function trySystem(name: string, set: MeasuredSet, system: string): Promise<Scored | { failure: string }> {
  const listed = SYSTEMS[system];
  if (listed === undefined) return { failure: 'unknown' };
  process.stderr.write(`${name} · ${system}\n`);
  const share = given.share === undefined ? {} : { share: Number(given.share) };
  const outcome = await runInChild({ set: name, system, cap, most, ...share });
  if ('failure' in outcome) return outcome;
  const { trial } = outcome;
  const { name: title, probabilities } = listed.system;
  const figures = figuresOf(trial, outcomesOf(set, trial), probabilities);
  return { system: title, ours: listed.ours, probabilities, trial, figures };
}

/** Whether the engine is right more often than every peer that finished; nothing when there was none. */
function verdict(set: MeasuredSet, scored: readonly Scored[]): string[] {
  const own = scored.find(({ system }) => system === SYSTEMS['cuecard']?.system.name);
  const other = scored
    .filter(({ ours }) => !ours)
    .toSorted((a, b) => b.figures.accuracy - a.figures.accuracy)
    .at(0);
  if (own === undefined || other === undefined) return [];
  const points = 100 * (own.figures.accuracy - other.figures.accuracy);
  const answer = points > 0 ? 'ahead' : 'NOT AHEAD';
  return [`${set.title}: ${answer} of ${other.system}, the best peer, by ${points.toFixed(1)} points`];
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

async function measureSet(
  name: string,
  systems: readonly string[],
): Promise<{ lines: string[][]; verdicts: string[] }> {
  const set = await readSet(name, most);
  const scored: Scored[] = [];
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
  return { lines, verdicts: verdict(set, scored) };
}

const shared = hasShared();
const missing = installPeers();
const sets = chosen(given.sets, SOURCES).filter((name) => shared || SOURCES[name]?.shared === false);
const systems = chosen(given.systems, SYSTEMS).filter((name) => missing === undefined || SYSTEMS[name]?.ours === true);
const all: { lines: string[][]; verdicts: string[] }[] = [];
for (const name of sets) {
  all.push(await measureSet(name, systems));
  keep(
    'engine.txt',
    `${table(
      HEAD,
      all.flatMap(({ lines }) => lines),
    )}\n`,
  );
}
const rows = all.flatMap(({ lines }) => lines);
console.log(table(HEAD, rows));
console.log(`\n${all.flatMap(({ verdicts }) => verdicts).join('\n')}\n`);
console.log(`Each system may learn for ${cap} s and be asked for as long. Curves and misses: ${fileURLToPath(OUT)}`);
if (!shared) console.log(`Only the pack was asked: there is no ${fileURLToPath(DATA)}.`);
if (missing !== undefined) console.log(`Peers are not measured: ${missing}.`);
