import type { ReleaseJob, ReleaseProgress } from '../../domain/release.ts';
import type { Progress } from '../../engine/types.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Running } from '../job.ts';

/**
 * What a release passes on its way, and where in its whole work (0-100) each ends. The shares are those of a compile of
 * 20,000 questions.
 */
export const STAGES = ['parsed', 'embedded', 'trained', 'indexed', 'calibrated', 'gated', 'uploaded', 'live'] as const;
export type Stage = (typeof STAGES)[number];
const ENDS: Readonly<Record<Stage, number>> = {
  parsed: 8,
  embedded: 12,
  trained: 45,
  indexed: 60,
  calibrated: 82,
  gated: 96,
  uploaded: 98,
  live: 100,
};
const WHOLE = 100;

/** The compiler's own words for what it does. */
export const COMPILED: Readonly<Record<Parameters<Progress>[0], Stage>> = {
  features: 'parsed',
  train: 'trained',
  index: 'indexed',
  calibrate: 'calibrated',
  write: 'calibrated',
};

function startOf(stage: Stage): number {
  const before = STAGES[STAGES.indexOf(stage) - 1];
  return before === undefined ? 0 : ENDS[before];
}

/** How far the whole work is, 0-1, when a stage is at `done` of `total`. */
function shareDone(stage: Stage, done: number, total: number): number {
  const [from, to] = [startOf(stage), ENDS[stage]];
  return (from + (to - from) * (total > 0 ? Math.min(1, done / total) : 1)) / WHOLE;
}

const placeOf = (stage: string): number => STAGES.findIndex((one) => one === stage);

/**
 * Progress that only grows, also where the work begins again because the draft moved or a run was cut off: then the work
 * that is left shares what is left of the way.
 */
export function growing(from: ReleaseProgress | undefined): {
  at(stage: Stage, done: number, total: number): ReleaseProgress;
  again(): void;
} {
  let last: ReleaseProgress = from ?? { stage: 'parsed', done: 0, total: WHOLE };
  let base = last.done;
  return {
    at(stage, done, total) {
      const reached = Math.floor(base + (WHOLE - base) * shareDone(stage, done, total));
      last = {
        stage: placeOf(last.stage) > placeOf(stage) ? last.stage : stage,
        done: Math.max(last.done, Math.min(WHOLE - 1, reached)),
        total: WHOLE,
      };
      return last;
    },
    again() {
      base = last.done;
    },
  };
}

/** How the progress of a release reads that has ended, however it did: nothing more will come. */
export const ended = (progress: ReleaseProgress | undefined, stage?: Stage): { progress: ReleaseProgress } => ({
  progress: { stage: stage ?? progress?.stage ?? 'parsed', done: WHOLE, total: WHOLE },
});

/** Within a stage, progress is stored at most this often (ms); it also renews the hold on the job. */
const SAVE_MS = 1_000;

export type Reported = {
  report(stage: Stage, done: number, total: number): void;
  /** The work begins again. */
  again(): void;
  /** Waits for what is being stored, and throws what that threw (the job was taken over). */
  settled(): Promise<void>;
};

/**
 * Stores progress beside running work without making it wait: one write at a time, the newest wins. A new stage is
 * always stored.
 */
export function reported(running: Running<ReleaseJob>, now: Clock): Reported {
  const progress = growing(running.job().progress);
  let saving: Promise<void> | undefined;
  let failure: { error: unknown } | undefined;
  let next: ReleaseProgress | undefined;
  let stored = '';
  let lastAt = Number.NEGATIVE_INFINITY;

  const save = async (): Promise<void> => {
    while (next !== undefined && failure === undefined) {
      const saved = next;
      next = undefined;
      stored = saved.stage;
      lastAt = now();
      try {
        await running.save({ progress: saved });
      } catch (error) {
        failure = { error };
      }
    }
    saving = undefined;
  };

  return {
    report(stage, done, total) {
      const made = progress.at(stage, done, total);
      if (made.stage === stored && now() - lastAt < SAVE_MS) return;
      next = made;
      saving ??= save();
    },
    again: () => progress.again(),
    async settled() {
      await saving;
      if (failure !== undefined) throw failure.error;
    },
  };
}
