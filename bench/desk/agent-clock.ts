/** At least so many milliseconds, and up to so many more. */
type Span = { least: number; more: number };

/** The timers of an agent's day: none goes off once it is over. `random` uniform in [0, 1). */
export function createClock(random: () => number) {
  const timers = new Set<NodeJS.Timeout>();
  let isOver = false;
  return {
    isOver: (): boolean => isOver,
    between: ({ least, more }: Span): number => least + random() * more,
    later(run: () => void, ms: number): void {
      const timer = setTimeout(() => {
        timers.delete(timer);
        if (!isOver) run();
      }, ms);
      timers.add(timer);
    },
    stop(): void {
      isOver = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
export type Clock = ReturnType<typeof createClock>;
