import type { ReleaseProgress } from '../domain/release.ts';
import type { Clock } from '../ports/clock.ts';

/** Progress is stored at most this often (ms), and it also renews the hold on the job. */
const SAVE_MS = 1_000;

/**
 * Stores progress beside a running compile or import without making it wait: at most one write is under way, the newest progress
 * wins. `settled` waits for the last write and throws what it threw (the job was taken over).
 */
export function storedProgress(
  running: { save(changes: { progress: ReleaseProgress }): Promise<void> },
  now: Clock,
): { report: (progress: ReleaseProgress) => void; settled: () => Promise<void> } {
  let saving: Promise<void> | undefined;
  let failure: { error: unknown } | undefined;
  let lastAt = Number.NEGATIVE_INFINITY;
  const save = async (progress: ReleaseProgress): Promise<void> => {
    try {
      await running.save({ progress });
    } catch (error) {
      failure = { error };
    } finally {
      saving = undefined;
    }
  };
  return {
    report(progress) {
      if (saving !== undefined || failure !== undefined || now() - lastAt < SAVE_MS) return;
      lastAt = now();
      saving = save(progress);
    },
    async settled() {
      await saving;
      if (failure !== undefined) throw failure.error;
    },
  };
}
