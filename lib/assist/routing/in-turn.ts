/**
 * Runs for one tenant after one another in an instance: whatever asks while one is at work is served by one more run after
 * it. Each run looks at the whole queue, so two at once would only fight over the same places.
 */
export function inTurn<Key, Args extends unknown[]>(
  keyOf: (...args: Args) => Key,
  run: (...args: Args) => Promise<void>,
): (...args: Args) => Promise<void> {
  const running = new Map<Key, Promise<void>>();
  const waiting = new Map<Key, Promise<void>>();
  const start = (key: Key, args: Args): Promise<void> => {
    const work = run(...args).finally(() => running.delete(key));
    running.set(key, work);
    return work;
  };
  const startAfter = async (key: Key, before: Promise<void>, args: Args): Promise<void> => {
    await before.catch(() => undefined);
    waiting.delete(key);
    return start(key, args);
  };
  return (...args) => {
    const key = keyOf(...args);
    const queued = waiting.get(key);
    if (queued !== undefined) return queued;
    const before = running.get(key);
    if (before === undefined) return start(key, args);
    const next = startAfter(key, before, args);
    waiting.set(key, next);
    return next;
  };
}
