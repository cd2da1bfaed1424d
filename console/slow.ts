import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Call } from './api.ts';

/** What takes longer is noticed, and shown. */
const NOTICED_MS = 300;

export type Slow = { isSlow: ReadonlySignal<boolean>; watch(call: Call): Call };

/** Counts the calls that have been under way for longer than one notices. */
export function createSlow(later: (run: () => void, ms: number) => void): Slow {
  const count = signal(0);
  return {
    isSlow: computed(() => count.value > 0),
    watch: (call) => async (method, path, body) => {
      const calling = { done: false, noticed: false };
      later(() => {
        if (calling.done) return;
        calling.noticed = true;
        count.value += 1;
      }, NOTICED_MS);
      try {
        return await call(method, path, body);
      } finally {
        calling.done = true;
        if (calling.noticed) count.value -= 1;
      }
    },
  };
}
