/** Time, ids and waiting: nothing in `lib` takes them from its surroundings. */

/** Epoch milliseconds. */
export type Clock = () => number;

/** `prefix_` and enough randomness to be unique. */
export type NewId = (prefix: string) => string;

export type Sleep = (ms: number) => Promise<void>;
