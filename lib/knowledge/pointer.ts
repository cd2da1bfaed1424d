import { NO_RELEASE } from '../domain/ids.ts';
import type { LivePointer } from '../domain/knowledge.ts';
import type { Release } from '../domain/release.ts';

/** So many releases that were live are remembered on the pointer. */
const REMEMBERED = 100;

export const NO_POINTER: LivePointer = { release: NO_RELEASE, version: 0, history: [] };

/** The pointer after this release goes live; the catalogue stays as it is. */
export function pointTo(
  live: LivePointer | undefined,
  { id, snapshotKey }: Pick<Release, 'id' | 'snapshotKey'>,
  { at, by }: { at: number; by: string },
): LivePointer {
  const before = live ?? NO_POINTER;
  return {
    ...before,
    release: id,
    at: new Date(at).toISOString(),
    by,
    back: before.history.some((other) => other === id),
    ...(snapshotKey === undefined ? {} : { snapshotKey }),
    version: before.version + 1,
    history: [...before.history.filter((other) => other !== id), id].slice(-REMEMBERED),
  };
}
