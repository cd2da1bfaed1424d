/**
 * Counts gathered while a function runs and written once at its end: one write a tenant and hour, after customer and desk
 * have theirs. What a crash takes with it is missing from a statistic; nothing is counted twice.
 */
import type { TenantId } from '../domain/ids.ts';
import type { HourCounts } from '../ports/counts.ts';

export type Counts = Readonly<Record<string, number>>;

export type Tally = {
  /** `hour`: `YYYY-MM-DDTHH`, UTC. */
  add(tenant: TenantId, hour: string, counts: Counts): void;
};

/** The hour (UTC) of a moment (epoch ms). */
export const hourOf = (at: number): string => new Date(at).toISOString().slice(0, 13);

/** Sums of all names, without those that are 0. */
export function addCounts(...all: readonly Counts[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const [name, value] of all.flatMap(Object.entries)) sums.set(name, (sums.get(name) ?? 0) + value);
  return Object.fromEntries([...sums].filter(([, value]) => value !== 0));
}

type Noted = { tenant: TenantId; hour: string; counts: Counts };

/** `flush` never fails: counts that cannot be written are lost, as with a crash. */
export function createTally(store: Pick<HourCounts, 'add'>): Tally & { flush(): Promise<void> } {
  let noted = new Map<string, Noted>();
  return {
    add(tenant, hour, counts) {
      const key = `${hour}#${tenant}`;
      noted.set(key, { tenant, hour, counts: addCounts(noted.get(key)?.counts ?? {}, counts) });
    },
    async flush() {
      const all = [...noted.values()].filter(({ counts }) => Object.keys(counts).length > 0);
      noted = new Map();
      await Promise.allSettled(all.map(({ tenant, hour, counts }) => store.add(tenant, hour, counts)));
    },
  };
}
