import { signal } from '@preact/signals';

/** Where on the page somebody is: `#/entries/order.cancel?language=zh`. The desk is `#/`. */
export type Route = { page: string; id?: string; query: URLSearchParams };

/** A fragment that is a place on the page, not what somebody signs in with. */
export const isPlace = (hash: string): boolean => hash.startsWith('#/');

export function readRoute(hash: string): Route {
  const [path = '', query = ''] = (isPlace(hash) ? hash.slice(2) : '').split('?');
  const [page = '', ...rest] = path.split('/');
  const id = decode(rest.join('/'));
  return { page: page === '' ? 'desk' : page, query: new URLSearchParams(query), ...(id === '' ? {} : { id }) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function hashOf(page: string, id?: string, query?: Record<string, string | undefined>): string {
  const asked = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== '');
  const tail = asked.length === 0 ? '' : `?${new URLSearchParams(asked as [string, string][])}`;
  const head = page === 'desk' && id === undefined ? '#/' : `#/${page}`;
  return `${head}${id === undefined ? '' : `/${encodeURIComponent(id)}`}${tail}`;
}

export const route = signal<Route>({ page: 'desk', query: new URLSearchParams() });
/** Set while something unsaved would be lost by leaving: says whether it may be left, by asking. */
export const guard = signal<((leave: () => void) => void) | undefined>(undefined);

type Place = { hash: string };
type Past = { pushState(data: unknown, unused: string, url: string): void };
type Listening = Pick<Window, 'addEventListener'>;

/**
 * Follows the address. A guarded place is put back and its guard asked; leaving then goes where somebody wanted to.
 * Returns the function that stops it.
 */
export function followRoute(page: Listening, place: Place, past: Past): () => void {
  const stop = new AbortController();
  let shown = place.hash;
  const arrive = () => {
    shown = place.hash;
    route.value = readRoute(shown);
  };
  const onChange = () => {
    const wanted = place.hash;
    if (wanted === shown) return;
    if (guard.value === undefined) return arrive();
    past.pushState(null, '', shown === '' ? '#/' : shown);
    guard.value(() => {
      guard.value = undefined;
      place.hash = wanted;
    });
  };
  page.addEventListener('hashchange', onChange, { signal: stop.signal });
  arrive();
  return () => stop.abort();
}
