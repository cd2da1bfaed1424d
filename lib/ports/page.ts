/** A page of a list and where the next one begins. */
export type Page<T> = { items: T[]; cursor?: string };
