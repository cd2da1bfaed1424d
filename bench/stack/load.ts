/** Runs loads in the sender's process and tells what each process of the machine had to do for them. */
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Job, Sent } from './sender.ts';

const SENDER = fileURLToPath(new URL('./sender.ts', import.meta.url));
/** Kernel ticks in a second, as Linux reports CPU time. */
const TICKS = 100;

export type Sender = { pid: number; run(job: Job): Promise<Sent[]>; stop(): void };

export function startSender(): Sender {
  const child = fork(SENDER, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const run = (job: Job): Promise<Sent[]> =>
    new Promise((done, fail) => {
      const ended = (): void => fail(new Error('the sender ended'));
      child.once('exit', ended);
      child.once('message', (message: { sent?: Sent[]; error?: string }) => {
        child.off('exit', ended);
        if (message.sent === undefined) fail(new Error(message.error));
        else done(message.sent);
      });
      child.send({ job });
    });
  return { pid: child.pid ?? 0, run, stop: () => void child.disconnect() };
}

/** CPU seconds that a process has used; `undefined` where the system does not tell. */
function cpuSeconds(pid: number): number | undefined {
  try {
    // After the name in brackets: state, …; utime and stime are the 14th and 15th fields of all.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  } catch {
    return undefined;
  }
}

/** CPU seconds since the count began. */
export type Used = Record<string, number | undefined>;

/** Begins to count; the function it gives tells what each process has used since. */
export function watchCpu(pids: Record<string, number | undefined>): () => Used {
  const of = (pid: number | undefined): number | undefined => (pid === undefined ? undefined : cpuSeconds(pid));
  const before = Object.entries(pids).map(([name, pid]) => ({ name, pid, used: of(pid) }));
  const since = ({ pid, used }: { pid: number | undefined; used: number | undefined }): number | undefined => {
    const now = of(pid);
    return used === undefined || now === undefined ? undefined : now - used;
  };
  return () => Object.fromEntries(before.map((one) => [one.name, since(one)]));
}
