import type { KnowledgeDiff } from '../../domain/diff.ts';
import type { Entry } from '../../domain/entry.ts';
import { CuecardError } from '../../domain/error.ts';
import { NO_RELEASE, type ReleaseId, type TenantId } from '../../domain/ids.ts';
import type { KnowledgeDeps } from '../deps.ts';
import { entriesIn, openReleased } from '../gate/side.ts';
import { releasable } from '../load-draft.ts';
import { pageSize } from '../search-pages.ts';
import { countChanges, diffEntries } from './diff-entries.ts';

type Deps = Pick<KnowledgeDeps, 'drafts' | 'releases' | 'live' | 'objects' | 'open'>;

const PAGE = 50;
const MAX_PAGE = 200;

/** A state of the knowledge: what is live, a release, or what the draft would be if it were released now. */
export type DiffEnd = 'live' | 'draft' | ReleaseId;
type State<Name> = { name: Name; entries: Entry[] };

/** The entries that a snapshot was made of. */
export async function entriesAt(
  { objects, open }: Pick<Deps, 'objects' | 'open'>,
  snapshotKey: string,
): Promise<Entry[]> {
  const bytes = await objects.get(snapshotKey);
  if (bytes === undefined) throw new CuecardError('conflict', 'the snapshot of that release is no longer kept');
  return entriesIn(open(bytes));
}

/** What is live; nothing where nothing is, undefined where it cannot be read. */
export async function entriesLive(
  deps: Pick<Deps, 'live' | 'objects' | 'open'>,
  tenant: TenantId,
): Promise<Entry[] | undefined> {
  const live = await deps.live.read(tenant);
  return live?.snapshotKey === undefined ? [] : (await openReleased(deps, live))?.entries;
}

async function liveState(deps: Pick<Deps, 'live' | 'objects' | 'open'>, tenant: TenantId): Promise<State<ReleaseId>> {
  const live = await deps.live.read(tenant);
  if (live?.snapshotKey === undefined) return { name: NO_RELEASE, entries: [] };
  return { name: live.release, entries: await entriesAt(deps, live.snapshotKey) };
}

async function releaseState(deps: Deps, tenant: TenantId, id: ReleaseId): Promise<State<ReleaseId>> {
  const held = await deps.releases.read(tenant, id);
  if (held === undefined) throw new CuecardError('not_found', `no release ${id}`);
  const { snapshotKey, status } = held.job;
  if (snapshotKey === undefined) throw new CuecardError('conflict', `release ${id} is ${status}: it holds nothing yet`);
  return { name: id, entries: await entriesAt(deps, snapshotKey) };
}

async function draftState(deps: Deps, tenant: TenantId): Promise<State<'draft'>> {
  const { generation } = await deps.drafts.head(tenant);
  return { name: 'draft', entries: releasable(await deps.drafts.all(tenant, generation)) };
}

const releasedState = (deps: Deps, tenant: TenantId, end: Exclude<DiffEnd, 'draft'>): Promise<State<ReleaseId>> =>
  end === 'live' || end === NO_RELEASE ? liveOrNothing(deps, tenant, end) : releaseState(deps, tenant, end);

const liveOrNothing = async (deps: Deps, tenant: TenantId, end: 'live' | ReleaseId): Promise<State<ReleaseId>> =>
  end === 'live' ? liveState(deps, tenant) : { name: NO_RELEASE, entries: [] };

type Asked = {
  from?: Exclude<DiffEnd, 'draft'> | undefined;
  to?: DiffEnd | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
};

/**
 * What changed from one state to another, a page of it by id; the counts are of all. Raises `not_found` for an unknown
 * release, `conflict` for one that holds nothing yet or no longer.
 */
export async function knowledgeDiff(
  deps: Deps,
  tenant: TenantId,
  { from = 'live', to = 'draft', cursor, limit }: Asked,
): Promise<KnowledgeDiff> {
  const [before, after] = await Promise.all([
    releasedState(deps, tenant, from),
    to === 'draft' ? draftState(deps, tenant) : releasedState(deps, tenant, to),
  ]);
  const changes = diffEntries(before.entries, after.entries);
  const rest = cursor === undefined ? changes : changes.filter(({ id }) => id > cursor);
  const items = rest.slice(0, pageSize(limit, PAGE, MAX_PAGE));
  const last = items.at(-1);
  const more = last !== undefined && rest.length > items.length ? { cursor: last.id } : {};
  return { from: before.name, to: after.name, ...countChanges(changes), items, ...more };
}
