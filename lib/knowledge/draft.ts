import { Entry } from '../domain/entry.ts';
import { CuecardError } from '../domain/error.ts';
import type { EntryId, TenantId } from '../domain/ids.ts';
import type { DraftHead } from '../domain/knowledge.ts';
import type { DraftStore, Page } from '../ports.ts';
import { conditionProblem, slotProblem } from './check-text.ts';
import { questionKey } from './entry-rows.ts';
import { MAX_ENTRY_BYTES } from './group-rows.ts';
import { pageSize, searchPages } from './search-pages.ts';

/** How often a change of the head is tried against others changing it. */
const HEAD_ATTEMPTS = 50;
const MAX_PAGE = 200;

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

/** Everything wrong with the texts of an entry whose shape is right, by path. */
function problemsOf(entry: Entry): { path: string; message: string | undefined }[] {
  const bytes = Buffer.byteLength(JSON.stringify(entry));
  const tooBig = bytes > MAX_ENTRY_BYTES ? `takes ${bytes} bytes, at most ${MAX_ENTRY_BYTES}` : undefined;
  return [
    { path: '', message: tooBig },
    { path: 'ask', message: entry.ask === undefined ? undefined : slotProblem(entry.ask) },
    ...entry.answers.flatMap((answer, index) => [
      { path: `answers.${index}.text`, message: slotProblem(answer.text) },
      {
        path: `answers.${index}.when`,
        message: answer.when === undefined ? undefined : conditionProblem(answer.when),
      },
    ]),
  ];
}

function checkEntry(entry: Entry): void {
  const errors = problemsOf(entry).flatMap(({ path, message }) => (message === undefined ? [] : [{ path, message }]));
  if (errors.length > 0) throw new CuecardError('invalid', 'the entry is not valid', { errors });
}

/**
 * Writes into the current generation and counts the change. When a `replace` flipped the generation in between, the
 * edit would lie where nobody looks: it is written again into the new one.
 */
async function edit(
  drafts: DraftStore,
  tenant: TenantId,
  changes: { puts?: readonly Entry[]; deletes?: readonly EntryId[] },
): Promise<void> {
  for (let attempt = 0; attempt < HEAD_ATTEMPTS; attempt++) {
    const { generation } = await drafts.head(tenant);
    await drafts.write(tenant, generation, changes);
    if ((await drafts.touch(tenant, generation)) === 'ok') return;
    await drafts.write(tenant, generation, { deletes: changes.puts?.map((entry) => entry.id) ?? [] });
  }
  throw new CuecardError('unavailable', 'the draft is being replaced: try again');
}

/** Puts an entry into the draft. Raises `invalid` with the path of each problem. */
export async function putEntry(drafts: DraftStore, tenant: TenantId, input: unknown): Promise<Entry> {
  const parsed = Entry.safeParse(input);
  if (!parsed.success) {
    const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
    throw new CuecardError('invalid', 'the entry is not valid', { errors });
  }
  checkEntry(parsed.data);
  await edit(drafts, tenant, { puts: [parsed.data] });
  return parsed.data;
}

/** Raises `not_found`. */
export async function getEntry(drafts: DraftStore, tenant: TenantId, id: EntryId): Promise<Entry> {
  const { generation } = await drafts.head(tenant);
  const entry = await drafts.entry(tenant, generation, id);
  if (entry === undefined) throw new CuecardError('not_found', `no entry ${id}`);
  return entry;
}

/** Raises `not_found`. */
export async function deleteEntry(drafts: DraftStore, tenant: TenantId, id: EntryId): Promise<void> {
  await getEntry(drafts, tenant, id);
  await edit(drafts, tenant, { deletes: [id] });
}

function matcher(query: string | undefined): (entry: Entry) => boolean {
  const wanted = query === undefined ? '' : questionKey(query);
  if (wanted === '') return () => true;
  const holds = (text: string): boolean => questionKey(text).includes(wanted);
  return (entry) =>
    holds(entry.id) ||
    holds(entry.intent) ||
    holds(entry.question) ||
    entry.similarQuestions.some(holds) ||
    entry.answers.some((answer) => holds(answer.text));
}

/** Entries by id; `q` keeps those that hold it in id, intent, a question or an answer. */
export async function listEntries(
  drafts: DraftStore,
  tenant: TenantId,
  { limit, cursor, q }: { limit?: number | undefined; cursor?: string | undefined; q?: string | undefined },
): Promise<Page<Entry>> {
  const { generation } = await drafts.head(tenant);
  const wanted = pageSize(limit, 50, MAX_PAGE);
  const readAtOnce = q === undefined ? wanted : MAX_PAGE;
  return searchPages((after) => drafts.page(tenant, generation, readAtOnce, after), matcher(q), wanted, cursor);
}
