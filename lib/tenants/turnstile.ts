/** Bounds what costs a processor: a few at once, a short line behind them, and whoever comes then is told to come again. */
import { CuecardError } from '../domain/error.ts';

export type Turnstile = <T>(work: () => Promise<T>) => Promise<T>;

/** `atOnce` run, `waiting` stand in line, in order. Raises `unavailable`, with `retryAfterSeconds`, for one more. */
export function turnstile(limits: { atOnce: number; waiting: number; retryAfterSeconds: number }): Turnstile {
  const line: (() => void)[] = [];
  let running = 0;
  const enter = (): Promise<void> | undefined => {
    if (running < limits.atOnce) {
      running += 1;
      return undefined;
    }
    if (line.length >= limits.waiting) {
      throw new CuecardError('unavailable', `too much at once: try again in ${limits.retryAfterSeconds} s`, {
        members: { retryAfterSeconds: limits.retryAfterSeconds },
      });
    }
    return new Promise((resolve) => line.push(resolve));
  };
  // Who leaves gives their place to the next in line, if there is one.
  const leave = (): void => {
    const next = line.shift();
    if (next === undefined) running -= 1;
    else next();
  };
  return async (work) => {
    await enter();
    try {
      return await work();
    } finally {
      leave();
    }
  };
}
