/** `npx cuecard`: see `run.ts`. */
import { readFile, writeFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { run } from './run.ts';

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  isTerminal: process.stderr.isTTY === true,
  fetch,
  sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
  read: (path) => readFile(path),
  write: (path, bytes) => writeFile(path, bytes),
  stdin: () => buffer(process.stdin),
});
