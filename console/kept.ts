/** What a tab keeps for itself across reloads. */
export type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Everything here is of whoever is signed in, and goes with them. */
const KEYS = ['cuecard.drafts', 'cuecard.seen', 'cuecard.outgoing', 'cuecard.presence'] as const;
type Key = (typeof KEYS)[number];

/** What was kept, or nothing where it cannot be read any more. */
export function readKept<T>(kept: Kept, key: Key): T | undefined {
  try {
    return JSON.parse(kept.getItem(key) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

/** A full or forbidden store costs the reload's comfort, never the page. */
export function keep(kept: Kept, key: Key, value: unknown): void {
  try {
    kept.setItem(key, JSON.stringify(value));
  } catch {
    kept.removeItem(key);
  }
}

export function forgetKept(kept: Kept): void {
  for (const key of KEYS) kept.removeItem(key);
}
