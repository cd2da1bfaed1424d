import { addCounts } from '../../lib/assist/tally.ts';
import type { HourCounts } from '../../lib/ports/counts.ts';

/** `HourCounts` in memory, without the bound on names. `writes`: how often something was added. */
export function memoryHourCounts(): HourCounts & { writes(): number; sum(): Record<string, number> } {
  const hours = new Map<string, Record<string, number>>();
  let writes = 0;
  return {
    writes: () => writes,
    sum: () => addCounts(...hours.values()),
    async add(tenant, hour, counts) {
      writes += 1;
      const key = `${tenant}#${hour}`;
      hours.set(key, addCounts(hours.get(key) ?? {}, counts));
    },
    async between(tenant, from, to) {
      const within = [...hours].filter(([key]) => key >= `${tenant}#${from}` && key <= `${tenant}#${to}`).sort();
      return within.map(([key, counts]) => ({ hour: key.slice(tenant.length + 1), counts }));
    },
  };
}
