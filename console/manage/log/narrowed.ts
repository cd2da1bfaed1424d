/** What a log is narrowed to: as it stands in the address, and as the API is asked. */

/** `day` to `to`, both in it, by this computer's clock (`YYYY-MM-DD`). */
export type Narrowed = Record<(typeof NAMES)[number], string>;
const NAMES = ['person', 'action', 'conversation', 'subject', 'day', 'to'] as const;

export const narrowedIn = (query: URLSearchParams): Narrowed =>
  Object.fromEntries(NAMES.map((name) => [name, query.get(name) ?? ''])) as Narrowed;

export const isNarrow = (narrowed: Narrowed): boolean => NAMES.some((name) => narrowed[name] !== '');

/** A midnight of this computer's clock, `after` days after the day that is named; undefined where none is. */
function midnight(day: string, after: number): string | undefined {
  const at = new Date(`${day}T00:00`);
  if (Number.isNaN(at.getTime())) return undefined;
  at.setDate(at.getDate() + after);
  return at.toISOString();
}

/** Empty fields are not asked about; the day something lasts until is in it, so it ends at the next one's beginning. */
export function queryOf({ day, to, ...rest }: Narrowed): URLSearchParams {
  const asked = { ...rest, from: midnight(day, 0) ?? '', until: midnight(to, 1) ?? '' };
  return new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== ''));
}

type Page<E> = { items: E[]; cursor?: string };
/** A narrowed page may hold nothing and still not be the last. So many are read before somebody is asked whether to go on. */
const EMPTY_PAGES = 5;

/** Pages from there on until one holds something, none is left, or enough were read. */
export async function readOn<E>(
  read: (cursor: string | undefined) => Promise<Page<E>>,
  cursor?: string,
): Promise<Page<E>> {
  let page = await read(cursor);
  for (let more = 1; page.items.length === 0 && page.cursor !== undefined && more < EMPTY_PAGES; more += 1) {
    page = await read(page.cursor);
  }
  return page;
}

/** What can be done, under a heading each; a `family` is all that begin so. */
export type ActionGroup = { family?: string; actions: readonly string[] };

export const ACCESS_ACTIONS: readonly ActionGroup[] = [
  {
    family: 'conversation',
    actions: ['read', 'send', 'claim', 'accept', 'decline', 'release', 'transfer', 'take_over', 'close', 'other'].map(
      (one) => `conversation.${one}`,
    ),
  },
  { family: 'customer', actions: ['customer.export', 'customer.erase', 'customer.erased'] },
  { family: 'sign_in', actions: ['sign_in.good', 'sign_in.link', 'sign_in.bad'] },
  { actions: ['sign_out', 'session.revoked', 'password.set'] },
  { family: 'person', actions: ['person.created', 'person.changed', 'person.removed', 'person.link'] },
  { family: 'token', actions: ['token.created', 'token.revoked'] },
];

export const CHANGE_ACTIONS: readonly ActionGroup[] = [
  { family: 'release', actions: ['release.created', 'release.activated', 'release.rolled_back'] },
  { family: 'pack', actions: ['pack.installed', 'pack.updated'] },
  { actions: ['golden.changed', 'settings.changed', 'secret.rotated', 'freezes.changed', 'customer.erased'] },
];
