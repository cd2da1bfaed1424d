import { bump, cumulate, type Numbers, numbers, rangeOf } from '../arrays.ts';

/** Ascending lists of documents, one a key: list `k` is `document[start[k] .. start[k + 1])`. */
export type Lists = { start: Uint32Array; document: Numbers };

/** `lists[document]` are the document's keys, each once. */
export function invert(lists: readonly (readonly number[])[], keys: number): Lists {
  const start = new Uint32Array(keys + 1);
  for (const own of lists) for (const key of own) bump(start, key + 1);
  cumulate(start);
  const next = start.slice();
  const document = numbers(start[keys] ?? 0, lists.length);
  lists.forEach((own, number) => {
    for (const key of own) document[bump(next, key)] = number;
  });
  return { start, document };
}

export function countOf({ start }: Lists, key: number): number {
  const [from, to] = rangeOf(start, key);
  return to - from;
}

export function listOf({ start, document }: Lists, key: number): Numbers {
  const [from, to] = rangeOf(start, key);
  return document.subarray(from, to);
}
