/**
 * Runs flows interleaved at every await that touches the outside, in an order that a seed decides, on a clock of its
 * own. A flow may be cut off at any of its operations, before or after the effect, as a machine that dies would be.
 */
import { generator } from '../../lib/engine/hash.ts';

/** What a flow that was cut off gets from everything it still tries. */
export class CutOff extends Error {}

type Waiting = { at: number; go: () => Promise<void> };
/** `after`: operations until the cut; `done`: whether the last one still has its effect. */
export type Cut = { after: number; done: boolean };

export type Flow = {
  /** An operation: it happens, at once and whole, when the scheduler says so. */
  operate<T>(effect: () => Promise<T> | T): Promise<T>;
  sleep(ms: number): Promise<void>;
  isCut(): boolean;
};

export function scheduler(seed: number, start: number) {
  const random = generator(seed);
  let now = start;
  let running = 0;
  const waiting: Waiting[] = [];
  const pick = (count: number): number => Math.floor(random() * count);

  /** What waits for the scheduler; a cut flow gets nothing more done. */
  function flowOf(cut: Cut = { after: Number.POSITIVE_INFINITY, done: false }): Flow {
    let operations = 0;
    const isCut = (): boolean => operations >= cut.after;
    async function happen<T>(effect: () => Promise<T> | T): Promise<T> {
      const wasCut = isCut();
      operations += 1;
      if (wasCut || (isCut() && !cut.done)) throw new CutOff('cut off');
      const value = await effect();
      if (isCut()) throw new CutOff('cut off');
      return value;
    }
    const wait = <T>(at: number, effect: () => Promise<T> | T): Promise<T> =>
      new Promise((resolve, reject) => {
        waiting.push({ at, go: () => happen(effect).then(resolve, reject) });
      });
    return {
      operate: (effect) => wait(0, effect),
      sleep: (ms) => wait(now + ms, () => undefined),
      isCut,
    };
  }

  /** Starts a flow; what becomes of it is told to `then`. */
  function spawn<T>(
    body: (flow: Flow) => Promise<T>,
    cut?: Cut,
    then: (result: { ok: T } | { error: unknown }) => void = ignore,
  ) {
    running += 1;
    const finish = (result: { ok: T } | { error: unknown }) => {
      running -= 1;
      then(result);
    };
    body(flowOf(cut)).then(
      (ok) => finish({ ok }),
      (error) => finish({ error }),
    );
  }

  /** Lets one operation happen; moves the clock when all that is left is asleep. False when nothing waits. */
  async function step(): Promise<boolean> {
    await quiet();
    if (waiting.length === 0) return false;
    const awake = waiting.filter(({ at }) => at <= now);
    if (awake.length === 0) now = Math.min(...waiting.map(({ at }) => at));
    const ready = waiting.filter(({ at }) => at <= now);
    const next = ready[pick(ready.length)];
    if (next === undefined) return false;
    waiting.splice(waiting.indexOf(next), 1);
    await next.go();
    await quiet();
    return true;
  }

  return {
    spawn,
    step,
    pick,
    random,
    now: () => now,
    pass: (ms: number) => {
      now += ms;
    },
    idle: () => waiting.length === 0 && running === 0,
  };
}

const ignore = (): void => undefined;

/** Every continuation runs as far as it can without the scheduler. */
const quiet = (): Promise<void> => new Promise((done) => setImmediate(done));
