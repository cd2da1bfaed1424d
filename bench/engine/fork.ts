import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Trial, type TrialOptions } from './trial.ts';

const CHILD = fileURLToPath(new URL('child.ts', import.meta.url));
const FLAGS = ['--expose-gc', '--disable-warning=ExperimentalWarning', '--max-old-space-size=4096'];
/** Starting, reading the set, timing: what a child may take beside learning and asking. */
const SPARE_SECONDS = 30;

/** Learning was cut off. */
export const LEARNT_TOO_LONG = 'learns for longer than the cap';

export type Outcome = { trial: Trial } | { failure: string };

/** Runs one trial in a child, which is ended when it learns or asks for longer than it may. */
export function runInChild(options: TrialOptions): Promise<Outcome> {
  return new Promise((done) => {
    const child = fork(CHILD, [JSON.stringify(options)], { execArgv: FLAGS, silent: true, serialization: 'advanced' });
    let said = '';
    let failure = LEARNT_TOO_LONG;
    let outcome: Outcome | undefined;
    const end = () => child.kill('SIGKILL');
    let timer = setTimeout(end, options.cap * 1_000 + SPARE_SECONDS * 1_000);
    child.stderr?.on('data', (part: Buffer) => {
      said = `${said}${part}`.slice(-2_000);
    });
    child.on('message', (message) => {
      clearTimeout(timer);
      failure = 'asked for longer than the cap';
      timer = setTimeout(end, options.cap * 1_000 + SPARE_SECONDS * 1_000);
      if (message !== 'learnt') outcome = { trial: Trial.parse(message) };
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      if (code !== null && code !== 0) failure = /out of memory/.test(said) ? 'out of memory (4 GB)' : said.trim();
      done(outcome ?? { failure });
    });
  });
}
