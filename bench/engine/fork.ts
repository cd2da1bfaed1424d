import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Trial, type TrialOptions } from './trial.ts';

const CHILD = fileURLToPath(new URL('child.ts', import.meta.url));
const FLAGS = ['--expose-gc', '--disable-warning=ExperimentalWarning', '--max-old-space-size=4096'];
/** How many times its processor time a child may take on a busy machine. */
const HANGING = 20;

/** Learning was cut off. */
export const LEARNT_TOO_LONG = 'learns for longer than the cap';

export type Outcome = { trial: Trial } | { failure: string };

function failureOf(code: number | null, hasLearnt: boolean, said: string): string {
  if (said.includes('out of memory')) return 'out of memory (4 GB)';
  if (code !== null) return said.trim();
  return hasLearnt ? 'hung when asked' : LEARNT_TOO_LONG;
}

/** Runs one trial in a child, which ends itself when it has used its processor time, and is ended when it hangs. */
export function runInChild(options: TrialOptions): Promise<Outcome> {
  return new Promise((done) => {
    const child = fork(CHILD, [JSON.stringify(options)], { execArgv: FLAGS, silent: true, serialization: 'advanced' });
    let said = '';
    let hasLearnt = false;
    let outcome: Outcome | undefined;
    const timer = setTimeout(() => child.kill('SIGKILL'), HANGING * options.cap * 1_000);
    child.stderr?.on('data', (part: Buffer) => {
      said = `${said}${part}`.slice(-2_000);
    });
    child.on('message', (message) => {
      if (message === 'learnt') hasLearnt = true;
      else outcome = { trial: Trial.parse(message) };
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      done(outcome ?? { failure: failureOf(code, hasLearnt, said) });
    });
  });
}
