/** After a key press a suggestion stays where it is for this long. */
const KEY_HOLD_MS = 300;

type Timers = { now: () => number; later: (run: () => void, ms: number) => void };

/**
 * Keeps a value still under the agent's finger. A new one is shown at once unless the pointer or the focus rests on it
 * or a key was pressed within 300 ms; then it waits, only the newest of those waiting is kept, and it is shown on
 * release.
 */
export function createHold<T>(timers: Timers, show: (value: T) => void, onWaiting: (waiting: boolean) => void) {
  let pointerOver = false;
  let focusWithin = false;
  let keyAt = Number.NEGATIVE_INFINITY;
  let waiting: { value: T } | undefined;

  const held = () => pointerOver || focusWithin || timers.now() - keyAt < KEY_HOLD_MS;
  const replace = (value: T) => {
    waiting = undefined;
    onWaiting(false);
    show(value);
  };
  const release = () => {
    if (waiting !== undefined && !held()) replace(waiting.value);
  };
  return {
    offer(value: T): void {
      waiting = { value };
      if (held()) {
        onWaiting(true);
        timers.later(release, KEY_HOLD_MS + 20);
      } else release();
    },
    /** Another conversation was opened: nothing of the old one may wait. */
    replace,
    pointer(over: boolean): void {
      pointerOver = over;
      release();
    },
    /** The focus came to what is shown, or left it. */
    focus(within: boolean): void {
      focusWithin = within;
      release();
    },
    keyPressed(): void {
      keyAt = timers.now();
      timers.later(release, KEY_HOLD_MS + 20);
    },
  };
}
