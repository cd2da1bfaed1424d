import { useEffect } from 'preact/hooks';
import type { Resource } from './resource.tsx';

const FAST_MS = 700;
const SLOW_MS = 3_000;
/** After this many looks the work is a long one. */
const FAST_LOOKS = 15;

/** Reads again and again while the work goes on; looks less often at long work. */
export function useFollow<T>(of: Resource<T>, isRunning: (value: T) => boolean, wait: (ms: number) => Promise<void>) {
  const { value } = of;
  const runs = value.value !== undefined && isRunning(value.value);
  useEffect(() => {
    if (!runs) return;
    const stop = new AbortController();
    void follow(of.reload, wait, stop.signal);
    return () => stop.abort();
  }, [runs]);
}

async function follow(reload: () => Promise<void>, wait: (ms: number) => Promise<void>, stop: AbortSignal) {
  for (let looks = 0; !stop.aborted; looks += 1) {
    await wait(looks < FAST_LOOKS ? FAST_MS : SLOW_MS);
    if (!stop.aborted) await reload();
  }
}
