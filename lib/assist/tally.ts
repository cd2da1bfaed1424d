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

/**
 * `flush` never fails: counts that cannot be written are lost, as with a crash. What ends while one is written is written
 * together after it: where many run in one instance, they share a write.
 */
export function createTally(store: Pick<HourCounts, 'add'>): Tally & { flush(): Promise<void> } {
  let noted = new Map<string, Noted>();
  let writing: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const write = async (): Promise<void> => {
    const all = [...noted.values()].filter(({ counts }) => Object.keys(counts).length > 0);
    noted = new Map();
    await Promise.allSettled(all.map(({ tenant, hour, counts }) => store.add(tenant, hour, counts)));
    writing = undefined;
  };
  const writeAfter = async (before: Promise<void>): Promise<void> => {
    await before;
    next = undefined;
    writing = write();
    await writing;
  };
  return {
    add(tenant, hour, counts) {
      const key = `${hour}#${tenant}`;
      noted.set(key, { tenant, hour, counts: addCounts(noted.get(key)?.counts ?? {}, counts) });
    },
    flush() {
      if (writing === undefined) {
        writing = write();
        return writing;
      }
      next ??= writeAfter(writing);
      return next;
    },
  };
}
