/**
 * Milliseconds that a provider asks to wait: `retry-after-ms`, or `retry-after` in seconds or as a date (RFC 9110,
 * 10.2.3). Undefined when it does not say, or says nonsense.
 */
export function retryAfterMs(header: (name: string) => string | null | undefined, now: number): number | undefined {
  const exact = Number.parseFloat(header('retry-after-ms') ?? '');
  if (exact >= 0) return exact;
  const text = header('retry-after') ?? '';
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number.parseFloat(text) * 1_000;
  // `Date.parse` takes "-3" for a year.
  const date = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Statuses that another try may mend. */
export const isPassing = (status: number): boolean =>
  status === 408 || status === 409 || status === 425 || status === 429 || status >= 500;
