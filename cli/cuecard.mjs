#!/usr/bin/env node
// Starts the CLI. It is TypeScript that Node runs as it is from 22.18 on; an older one hands over to the Node that comes
// with this project.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const main = new URL('./main.ts', import.meta.url);

if (process.features.typescript) {
  await import(main.href);
} else {
  const node = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));
  if (!existsSync(node)) {
    console.error(`cuecard needs Node 22.18 or later (this is ${process.version}), or "npm ci" in its folder.`);
    process.exit(2);
  }
  const run = spawnSync(node, [fileURLToPath(main), ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exit(run.status ?? 1);
}
