/**
 * Joins a burst of requests for the same reread: at most one runs, at most one waits behind it, and the waiting one
 * sees everything that was asked for meanwhile. `pause` passes between one run and the one that waits for it, so that
 * a storm of hints costs a few rereads a second; a single request never waits.
 */
export function coalesce(run: () => Promise<void>, pause?: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let waiting: Promise<void> | undefined;
  const start = (): Promise<void> => {
    running = run().finally(() => {
      running = undefined;
    });
    return running;
  };
  const startLater = async (before: Promise<void>): Promise<void> => {
    await before.catch(() => undefined);
    await pause?.();
    waiting = undefined;
    return start();
  };
  return () => {
    if (waiting !== undefined) return waiting;
    if (running === undefined) return start();
    waiting = startLater(running);
    return waiting;
  };
}
