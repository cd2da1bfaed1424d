import { writeFileSync } from 'node:fs';
import { compile } from '../../lib/engine/compile.ts';
import { inputOf } from './cuecard.ts';
import { type Compiled, knowledgeOf, snapshotFile } from './scale.ts';

const OUT_OF_SCOPE_SHARE = 0.3;
const MB = 1e6;

const [, , name = ''] = process.argv;
const { classes } = await knowledgeOf(name);
const stages: Record<string, number> = {};
const cpu = process.cpuUsage();
const from = performance.now();
let last = from;
/** Stages follow one another: what has passed since the last word belongs to the stage that now speaks. */
const { bytes } = compile(inputOf({ classes, outOfScopeShare: OUT_OF_SCOPE_SHARE }), (stage) => {
  const now = performance.now();
  stages[stage] = (stages[stage] ?? 0) + (now - last) / 1_000;
  last = now;
});
const wallSeconds = (performance.now() - from) / 1_000;
const { user, system } = process.cpuUsage(cpu);
const peakMb = (process.resourceUsage().maxRSS * 1_024) / MB;
writeFileSync(snapshotFile(name), bytes);
const result: Compiled = {
  cpuSeconds: (user + system) / 1e6,
  wallSeconds,
  stages,
  peakMb,
  megabytes: bytes.length / MB,
};
process.send?.(result);
