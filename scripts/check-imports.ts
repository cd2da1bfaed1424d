/**
 * The direction of imports, and proof that the check can fail: modules were really read, and a forbidden import planted
 * in a copy of the configuration's own territory is caught.
 */
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const PLANTED = 'lib/engine/planted-import.ts';
const LEAST_MODULES = 50;

const Output = z.object({
  summary: z.object({
    totalCruised: z.number(),
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

function cruise(): z.infer<typeof Output>['summary'] {
  const run = spawnSync(
    process.execPath,
    ['node_modules/.bin/depcruise', '--config', '.dependency-cruiser.mjs', '--output-type', 'json', 'functions', 'lib'],
    { cwd: PROJECT, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
  );
  if (run.error !== undefined) throw run.error;
  return Output.parse(JSON.parse(run.stdout)).summary;
}

function plantedIsCaught(): boolean {
  writeFileSync(`${PROJECT}/${PLANTED}`, "export { readSettings } from '../settings.ts';\n");
  try {
    return cruise().violations.some(({ from, rule }) => from === PLANTED && rule.name === 'engine-only');
  } finally {
    rmSync(`${PROJECT}/${PLANTED}`, { force: true });
  }
}

const { totalCruised, violations } = cruise();
for (const { from, to, rule } of violations) console.error(`${rule.name}: ${from} → ${to}`);
console.log(`${totalCruised} modules read, ${violations.length} forbidden imports`);
if (totalCruised < LEAST_MODULES) console.error(`only ${totalCruised} modules were read: the check sees nothing`);
const caught = plantedIsCaught();
if (!caught) console.error('a forbidden import, planted on purpose, was not caught');
process.exit(violations.length === 0 && totalCruised >= LEAST_MODULES && caught ? 0 : 1);
