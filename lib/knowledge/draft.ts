import { Entry } from '../domain/entry.ts';
import { CuecardError } from '../domain/error.ts';
import type { EntryId, TenantId } from '../domain/ids.ts';
import type { KeptEntry } from '../domain/kept-entry.ts';
import type { DraftHead } from '../domain/knowledge.ts';
import type { DraftStore, Touch } from '../ports/draft.ts';
import { conditionProblem, slotProblem, unreadable } from './check-text.ts';
import { MAX_ENTRY_BYTES } from './group-rows.ts';

/** How often a change of the head is tried against others changing it. */
const HEAD_ATTEMPTS = 50;

/** Changes the head against the version it was read at, again and again until nobody was quicker. */
export async function changeHead(
  drafts: DraftStore,
  tenant: TenantId,
  change: (head: DraftHead) => DraftHead | undefined,
): Promise<DraftHead> {
  for (let attempt = 0; attempt < HEAD_ATTEMPTS; attempt++) {
    const head = await drafts.head(tenant);
    const changed = change(head);
    if (changed === undefined) return head;
    if ((await drafts.putHead(tenant, changed, head.version)) === 'ok') return changed;
  }
  throw new CuecardError('unavailable', 'the draft is being changed too often: try again');
}

type Problem = { path: string; message: string | undefined };

const isWeb = (url: string): boolean => /^https?:/i.test(url);

function answerProblems({ text, when, validFrom, validUntil }: Entry['answers'][number], path: string): Problem[] {
  const ends = validFrom !== undefined && validUntil !== undefined && Date.parse(validFrom) >= Date.parse(validUntil);
  return [
    { path: `${path}.text`, message: unreadable(text) ?? slotProblem(text) },
    { path: `${path}.when`, message: when === undefined ? undefined : conditionProblem(when) },
    { path: `${path}.validUntil`, message: ends ? 'it ends before it begins: exchange the two dates' : undefined },
  ];
}

/** Everything wrong with the texts of an entry whose shape is right, by path. */
function problemsOf(entry: Entry): Problem[] {
  const bytes = Buffer.byteLength(JSON.stringify(entry));
  const tooBig =
    bytes > MAX_ENTRY_BYTES
      ? `the entry takes ${bytes} bytes, at most ${MAX_ENTRY_BYTES}: make several entries of it`
      : undefined;
  const { ask, passage } = entry;
  const isForeign = passage?.url !== undefined && !isWeb(passage.url);
  return [
    { path: '', message: tooBig },
    { path: 'intent', message: unreadable(entry.intent) },
    { path: 'question', message: unreadable(entry.question) },
    ...entry.similarQuestions.map((text, at) => ({ path: `similarQuestions.${at}`, message: unreadable(text) })),
    { path: 'ask', message: ask === undefined ? undefined : slotProblem(ask) },
    { path: 'passage.url', message: isForeign ? 'no web address: write https://…' : undefined },
    ...entry.answers.flatMap((answer, at) => answerProblems(answer, `answers.${at}`)),
  ];
}

function checkEntry(entry: Entry): void {
  const errors = problemsOf(entry).flatMap(({ path, message }) => (message === undefined ? [] : [{ path, message }]));
  if (errors.length > 0) throw new CuecardError('invalid', 'the entry is not valid', { errors });
}

/** Who edits, and which revision the edit was made from: `null` of nothing, left out whatever is there. */
export type Edit = { revision?: string | null | undefined; by?: string; at?: number };

const touchOf = ({ by, at }: Edit): { touch?: Touch } =>
  by === undefined || at === undefined ? {} : { touch: { by, at } };

/** What two people changed at once, for the one who came second to choose from. */
function conflictOf(id: EntryId, current: KeptEntry | undefined, yours: Entry | undefined): CuecardError {
  const what = current === undefined ? 'has been deleted' : 'was changed';
  const who = current?.updatedBy === undefined ? '' : ` by ${current.updatedBy}`;
  return new CuecardError('conflict', `${id} ${what}${who} since you opened it; your version was not saved`, {
    members: { current: current ?? null, yours: yours ?? null },
  });
}

const expects = ({ revision }: Edit, stored: KeptEntry | undefined): boolean =>
  revision === undefined || (revision ?? undefined) === stored?.revision;

/** An edit that does not name the entry's pack leaves it the pack's: its updates go on merging with the edit. */
const marked = (next: Entry, stored: KeptEntry | undefined): Entry =>
  next.pack === undefined && stored?.pack !== undefined ? { ...next, pack: stored.pack } : next;

/**
 * One entry's change: from the revision that the editor saw, into the generation that is the draft's, counted on the
 * head. When a `replace` flips the generation in between, the edit would lie where nobody looks: it is tried again on the
 * new one.
 */
async function change(
  drafts: DraftStore,
  tenant: TenantId,
  id: EntryId,
  next: Entry | undefined,
  edit: Edit,
): Promise<KeptEntry | undefined> {
  for (let attempt = 0; attempt < HEAD_ATTEMPTS; attempt++) {
    const { generation } = await drafts.head(tenant);
    const stored = await drafts.kept(tenant, generation, id);
    if (!expects(edit, stored)) throw conflictOf(id, stored, next);
    const swap = { expected: stored?.revision, next: next && marked(next, stored), ...touchOf(edit) };
    if ((await drafts.swap(tenant, generation, id, swap)).status === 'conflict') continue;
    if ((await drafts.touch(tenant, generation)) === 'ok') return drafts.kept(tenant, generation, id);
    await drafts.write(tenant, generation, { deletes: [id] });
  }
  throw new CuecardError('unavailable', 'the draft is being changed too often: try again');
}

/** The entry in the right shape and fit to be stored. Raises `invalid` with the path of each problem. */
export function readEntry(input: unknown): Entry {
  const parsed = Entry.safeParse(input);
  if (!parsed.success) {
    const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
    throw new CuecardError('invalid', 'the entry is not valid', { errors });
  }
  checkEntry(parsed.data);
  return parsed.data;
}

/** Puts an entry into the draft. Raises `invalid`, and `conflict` with `current` and `yours` in its members. */
export async function putEntry(
  drafts: DraftStore,
  tenant: TenantId,
  input: unknown,
  edit: Edit = {},
): Promise<KeptEntry> {
  const entry = readEntry(input);
  for (let attempt = 0; attempt < HEAD_ATTEMPTS; attempt++) {
    const kept = await change(drafts, tenant, entry.id, entry, edit);
    if (kept !== undefined) return kept;
  }
  throw new CuecardError('unavailable', 'the entry is being deleted as often as it is put');
}

/** Raises `not_found`. */
export async function getEntry(drafts: DraftStore, tenant: TenantId, id: EntryId): Promise<KeptEntry> {
  const { generation } = await drafts.head(tenant);
  const entry = await drafts.kept(tenant, generation, id);
  if (entry === undefined) throw new CuecardError('not_found', `no entry ${id}`);
  return entry;
}

/** Raises `not_found`, and `conflict` where it is no longer what the editor saw. */
export async function deleteEntry(drafts: DraftStore, tenant: TenantId, id: EntryId, edit: Edit = {}): Promise<void> {
  await getEntry(drafts, tenant, id);
  await change(drafts, tenant, id, undefined, edit);
}
