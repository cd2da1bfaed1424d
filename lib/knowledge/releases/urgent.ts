/** An urgent notice: what is live and one entry of the draft, by the same gate and within a minute. */
import type { Entry } from '../../domain/entry.ts';
import { CuecardError } from '../../domain/error.ts';
import type { EntryId, ReleaseId, TenantId } from '../../domain/ids.ts';
import { questionsOf } from '../../domain/questions.ts';
import type { Reuse } from '../../engine/types.ts';
import type { KnowledgeDeps } from '../deps.ts';
import { entriesIn } from '../gate/side.ts';
import { type DraftAt, releasable } from '../load-draft.ts';
import { canonical } from '../plan.ts';

type Deps = Pick<KnowledgeDeps, 'drafts' | 'live' | 'objects' | 'open'>;

/** What is live with the one entry as the draft has it. `base` is the release that it was made from. */
export type UrgentAt = DraftAt & { base: ReleaseId; reuse: Reuse; meta: Uint8Array };

const NOTHING_LIVE = 'nothing is live yet: make a whole release before an urgent one';

/** In the order of the live entries, so that a changed one keeps its place; a new one comes last. */
function withEntry(live: readonly Entry[], id: EntryId, drafted: Entry | undefined): Entry[] {
  const place = live.findIndex((entry) => entry.id === id);
  if (drafted === undefined) return live.filter((entry) => entry.id !== id);
  if (place < 0) return [...live, drafted];
  return live.with(place, drafted);
}

const asked = (entry: Entry): string => canonical([questionsOf(entry), entry.language ?? null]);

/** Whether the model of what is live still is right: the entry was there and asks the same. */
function keeps(live: readonly Entry[], id: EntryId, drafted: Entry | undefined): Reuse['keep'] {
  const before = live.find((entry) => entry.id === id);
  const isSame = before !== undefined && drafted !== undefined && asked(before) === asked(drafted);
  return isSame ? 'model' : 'calibration';
}

/** Raises `invalid` when nothing is live or neither the draft nor what is live has the entry. */
export async function loadUrgent(deps: Deps, tenant: TenantId, id: EntryId): Promise<UrgentAt> {
  const pointer = await deps.live.read(tenant);
  const snapshot = pointer?.snapshotKey === undefined ? undefined : await deps.objects.get(pointer.snapshotKey);
  if (pointer === undefined || snapshot === undefined) throw new CuecardError('invalid', NOTHING_LIVE);
  const { generation, changes } = await deps.drafts.head(tenant);
  const entry = await deps.drafts.entry(tenant, generation, id);
  const [drafted] = releasable(entry === undefined ? [] : [entry]);
  const engine = deps.open(snapshot);
  const live = await entriesIn(engine);
  const entries = withEntry(live, id, drafted);
  if (entries.length === live.length && drafted === undefined) {
    throw new CuecardError('invalid', `${id} is neither in the draft nor live`);
  }
  const reuse: Reuse = { snapshot, keep: keeps(live, id, drafted) };
  return { entries, changes, base: pointer.release, reuse, meta: engine.meta() };
}
