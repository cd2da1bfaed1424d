const DAY_MS = 86_400_000;

/** UTC days, newest first, ending with today. */
export const lastDays = (now: number, count: number): string[] =>
  Array.from({ length: count }, (_, back) => new Date(now - back * DAY_MS).toISOString().slice(0, 10));
