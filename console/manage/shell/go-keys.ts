import { GO, keyNamed, TO_DESK } from './key-list.ts';

export type Press = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey'> & { inText: boolean; at: number };
export type Go = { kind: 'page'; page: string } | { kind: 'help' } | { kind: 'search' };

/** A page that can be gone to. */
type Target = { id: string; key: string };

const SEQUENCE_MS = 1_500;

/** Reads `g e` and the single keys; remembers the `g` for a moment. `at` in milliseconds. */
export function createGoKeys(pages: readonly Target[]): (press: Press) => Go | undefined {
  let since = Number.NEGATIVE_INFINITY;
  return (press) => {
    const follows = press.at - since < SEQUENCE_MS;
    const plain = isPlain(press);
    since = plain && !follows && press.key === GO ? press.at : Number.NEGATIVE_INFINITY;
    if (!plain) return undefined;
    return follows ? pageFor(pages, press.key) : single(press);
  };
}

function single(press: Press): Go | undefined {
  const name = keyNamed(press);
  return name === 'help' || name === 'search' ? { kind: name } : undefined;
}

function pageFor(pages: readonly Target[], key: string): Go | undefined {
  const page = key === TO_DESK ? 'desk' : pages.find((one) => one.key === key)?.id;
  return page === undefined ? undefined : { kind: 'page', page };
}

export const isPlain = (press: Omit<Press, 'at'>): boolean =>
  !(press.altKey || press.ctrlKey || press.metaKey || press.inText);
