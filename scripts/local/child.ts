import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PRELOAD = fileURLToPath(new URL('./leave-with-parent.mjs', import.meta.url));
const KILL_AFTER_MS = 5_000;

export type Child = { process: ChildProcess; stop(): Promise<void>; ended: Promise<number> };

/** A Node process of the stack: its output goes to `logFile`, and it never outlives this process. */
export function startChild(
  script: string,
  args: readonly string[],
  options: { env?: Record<string, string>; logFile: string; nodeOptions?: readonly string[] },
): Child {
  const log = createWriteStream(options.logFile, { flags: 'a' });
  const child = spawn(process.execPath, ['--import', PRELOAD, ...(options.nodeOptions ?? []), script, ...args], {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Ctrl-C reaches the whole foreground group; the stack is stopped by its parent, in order.
    detached: true,
  });
  // Two streams into one file: neither may close it while the other still writes.
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  child.once('close', () => log.end());
  const ended = new Promise<number>((done) => child.once('exit', (code) => done(code ?? 1)));
  return {
    process: child,
    ended,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const hard = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
      await ended;
      clearTimeout(hard);
    },
  };
}
