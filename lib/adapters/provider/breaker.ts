import type { Clock } from '../../ports/clock.ts';

/** Whether a provider may be called, told by how its last calls went. */
export type Breaker = { lets(): boolean; note(went: 'well' | 'badly'): void };

/**
 * A circuit breaker (Nygard, Release It!, 2007): after `failures` in a row a provider is left alone for `restMs`, so that
 * a dead one costs a message nothing. Then one call goes through at a time until one goes well.
 */
export function breaker({ now, failures, restMs }: { now: Clock; failures: number; restMs: number }): Breaker {
  let badly = 0;
  let restUntil = 0;
  return {
    lets() {
      if (badly < failures) return true;
      if (now() < restUntil) return false;
      restUntil = now() + restMs;
      return true;
    },
    note(went) {
      badly = went === 'well' ? 0 : badly + 1;
      if (badly >= failures) restUntil = now() + restMs;
    },
  };
}
