import type { Context } from './command.ts';
import { progress, type Step } from './progress.ts';

const EVERY_MS = 500;

type Polled = { status: string; progress?: Step | undefined };

/** Asks for a job until it has ended, drawing its progress. */
export async function untilEnded<T extends Polled>(
  { api, io, json }: Pick<Context, 'api' | 'io' | 'json'>,
  path: string,
  running: readonly string[],
): Promise<T> {
  const shown = progress(io, json);
  try {
    for (;;) {
      const job = await api.call<T>('GET', path);
      if (!running.includes(job.status)) return job;
      shown.show(job.progress ?? { stage: job.status, done: 0, total: 0 });
      await io.sleep(EVERY_MS);
    }
  } finally {
    shown.end();
  }
}

export const IN_WORK = ['queued', 'running'] as const;
