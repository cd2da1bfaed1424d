/** How often somebody may try. `burst` at once, then one every `intervalMs`. */
export type Pace = { intervalMs: number; burst: number };

/**
 * The generic cell rate algorithm (ITU-T I.371): all there is to remember is when the last attempt would have come had
 * all come evenly. `next` is that instant after this attempt; `waitMs` says how long until one is allowed.
 */
export function admit(
  seen: number | undefined,
  now: number,
  { intervalMs, burst }: Pace,
): { allowed: true; next: number } | { allowed: false; waitMs: number } {
  const due = Math.max(seen ?? 0, now);
  const waitMs = due - now - (burst - 1) * intervalMs;
  return waitMs > 0 ? { allowed: false, waitMs } : { allowed: true, next: due + intervalMs };
}
