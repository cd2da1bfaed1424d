import { setImmediate } from 'node:timers/promises';

/** Bytes that the process holds, JavaScript and buffers; native libraries' own memory is not seen. Needs `--expose-gc`. */
export async function heldBytes(): Promise<number> {
  for (let go = 0; go < 2; go += 1) {
    globalThis.gc?.();
    // Freed buffers are given back a little after the collection.
    await setImmediate();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
