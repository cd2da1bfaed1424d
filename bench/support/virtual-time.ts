/** A clock that stands still while anything runs and then jumps to what happens next: minutes pass in milliseconds. */

type Event = { at: number; order: number; run: () => void };

/** Everything that was started by promises alone has come to rest. */
const rest = (): Promise<void> => new Promise((done) => setImmediate(done));

/** `start` in epoch ms. Only what waits by `sleep` may run in it: real timers and sockets are not seen. */
export function virtualTime(start: number) {
  let now = start;
  let order = 0;
  let running = 0;
  const events: Event[] = [];
  const failures: unknown[] = [];

  const schedule = (at: number, run: () => void): void => {
    order += 1;
    events.push({ at, order, run });
    events.sort((a, b) => a.at - b.at || a.order - b.order);
  };

  return {
    now: () => now,
    sleep: (ms: number): Promise<void> => new Promise((done) => schedule(now + Math.max(0, ms), done)),
    /** Runs something at a moment; its failure is raised by `run`. */
    at(moment: number, work: () => Promise<unknown>): void {
      schedule(moment, () => {
        running += 1;
        work()
          .catch((error: unknown) => failures.push(error))
          .finally(() => {
            running -= 1;
          });
      });
    },
    /** Lets everything happen. Raises the first failure, and when something hangs or goes on past `maxEvents`. */
    async run(maxEvents = 10_000): Promise<void> {
      for (let count = 0; events.length > 0; count += 1) {
        if (count >= maxEvents) throw new Error(`still not at rest after ${maxEvents} events`);
        const [next] = events.splice(0, 1);
        now = Math.max(now, next?.at ?? now);
        next?.run();
        await rest();
      }
      if (failures.length > 0) throw failures[0];
      if (running > 0) throw new Error('something waits for what virtual time does not see');
    },
  };
}
