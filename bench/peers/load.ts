/** Peers are packages of `bench/peers`, which the first run installs: the product's own install stays lean. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** Resolved when it runs, since nothing is there before the install. The caller says what shape it expects. */
export function load(name: string) {
  return import(name);
}

export const arePeersInstalled = (): boolean => existsSync(`${FOLDER}node_modules/.package-lock.json`);

/** Returns why the peers cannot be measured, or undefined. */
export function installPeers(): string | undefined {
  if (arePeersInstalled()) return undefined;
  console.log('Installing what the engine is measured against (bench/peers, once).');
  const options = ['ci', '--prefix', FOLDER, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, error } = spawnSync('npm', options, { stdio: 'inherit' });
  if (status === 0) return undefined;
  return `bench/peers was not installed (${error?.message ?? `npm ended with ${status}`})`;
}
