/** Knowledge of given sizes, compiled in a process of its own and kept as a file in `bench/out/`. */
import { fork } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { type Made, makeQuestions } from '../support/questions.ts';
import { OUT } from './report.ts';
import { hasShared, readSet } from './sets.ts';

export const SEED = 17;
const ASKED = 1_000;
const ENGINE = new URL('../../lib/engine/', import.meta.url);
const FLAGS = ['--expose-gc', '--disable-warning=ExperimentalWarning'];

type Size = { title: string; each: number; classes: number } | { title: string; set: string };

export const SIZES: Readonly<Record<string, Size>> = {
  '1k': { title: 'made, 1,000 × 50', classes: 50, each: 20 },
  '10k': { title: 'made, 10,000 × 500', classes: 500, each: 20 },
  pack: { title: 'e-commerce pack en', set: 'pack-en' },
  clinc: { title: 'CLINC150, 15,000 × 150', set: 'clinc' },
  '20k': { title: 'made, 20,000 × 2,000', classes: 2_000, each: 10 },
  '20k-deep': { title: 'made, 20,000 × 500', classes: 500, each: 40 },
  '20k-wide': { title: 'made, 20,000 × 10,000', classes: 10_000, each: 2 },
  '100k': { title: 'made, 100,000 × 5,000', classes: 5_000, each: 20 },
};

/** The sizes named, or all that can be read here. Throws on a name that there is not. */
export function chosenSizes(named: string | undefined): string[] {
  const names = named?.split(',') ?? Object.keys(SIZES).filter((name) => name !== 'clinc' || hasShared());
  const unknown = names.filter((name) => SIZES[name] === undefined);
  if (unknown.length > 0) throw new Error(`There is no ${unknown.join(', ')}: ${Object.keys(SIZES).join(', ')}.`);
  return names;
}

export const titleOf = (name: string): string => SIZES[name]?.title ?? name;

export async function knowledgeOf(name: string): Promise<Made> {
  const size = SIZES[name];
  if (size === undefined) throw new Error(`There is no size "${name}".`);
  if (!('set' in size)) return makeQuestions({ ...size, asked: ASKED, seed: SEED });
  const { classes, test } = await readSet(size.set, ASKED);
  return { classes: [...classes], asked: [...test] };
}

export const snapshotFile = (name: string): URL => new URL(`snapshots/${name}.bin`, OUT);

export const Compiled = z.object({
  cpuSeconds: z.number(),
  wallSeconds: z.number(),
  /** Wall seconds by stage. */
  stages: z.record(z.string(), z.number()),
  peakMb: z.number(),
  megabytes: z.number(),
});
export type Compiled = z.infer<typeof Compiled>;

/** What a child that was given `argument` sends back, or that it ended without. */
function ask<T>(file: string, argument: string, shape: z.ZodType<T>): Promise<T> {
  return new Promise((done, fail) => {
    const path = fileURLToPath(new URL(file, import.meta.url));
    const child = fork(path, [argument], { execArgv: FLAGS, serialization: 'advanced' });
    let answer: T | undefined;
    child.on('message', (message) => {
      answer = shape.parse(message);
    });
    child.on('close', (code) => {
      if (answer === undefined) fail(new Error(`${file} ${argument} ended with ${code}.`));
      else done(answer);
    });
  });
}

export function compileInChild(name: string): Promise<Compiled> {
  mkdirSync(new URL('snapshots/', OUT), { recursive: true });
  return ask('compile-child.ts', name, Compiled);
}

/** Whether the file is younger than the code that made it. */
function isFresh(name: string): boolean {
  const file = snapshotFile(name);
  if (!existsSync(file)) return false;
  const made = statSync(file).mtimeMs;
  return readdirSync(ENGINE, { recursive: true }).every(
    (source) => statSync(new URL(String(source), ENGINE)).mtimeMs < made,
  );
}

const Spread = z.object({ p50: z.number(), p99: z.number() });

export const Searched = z.object({
  openMs: z.number(),
  /** Milliseconds a text. */
  classify: Spread,
  search: Spread,
  both: Spread,
  /** What the process holds once all was asked, beyond what it held before, snapshot included. */
  heldMb: z.number(),
  /** Share of the texts asked whose class came first: proof that the time was spent on answering. */
  right: z.number(),
  /** MiniSearch on the same texts in the same process; absent where it is not installed. */
  peer: Spread.optional(),
});
export type Searched = z.infer<typeof Searched>;

/** Opens what was compiled; compiles it first when there is none, or one of older code. */
export async function searchInChild(name: string): Promise<Searched> {
  if (!isFresh(name)) await compileInChild(name);
  return ask('search-child.ts', name, Searched);
}
