import type { FieldChange } from '../../domain/diff.ts';
import type { Answer, Entry } from '../../domain/entry.ts';
import type { EntryId, TenantId } from '../../domain/ids.ts';
import type { ImportCounts } from '../../domain/import-job.ts';
import type { PackChoices, PackUpdate } from '../../domain/pack-update.ts';
import type { KnowledgeDeps } from '../deps.ts';
import { packName } from '../plan.ts';
import { installedTags, readKept } from './installed.ts';
import { conflictOf, mergeOne, type Verdict } from './merge-one.ts';
import { same } from './three-way.ts';
import { versionOf } from './version.ts';

type ById = ReadonlyMap<EntryId, Entry>;

/** What a merge rests on beside the shop's draft: the pack's words, as they were and as they will be. */
export type MergeBase = {
  /** `name@version` that is merged in. */
  to: string;
  /** The version that is installed; absent, none is. */
  from?: string;
  theirs: ById;
  /** By mark: the pack's words of the version that an entry came from. */
  old: ReadonlyMap<string, ById>;
  choices: PackChoices;
  /** Entries that the shop has not are put back: what installing means, and updating does not. */
  restores: boolean;
};

const byId = (entries: readonly Entry[]): ById => new Map(entries.map((entry) => [entry.id, entry]));

/** Reads what was kept of the pack's versions. An update of what was never kept merges without the old words. */
export async function readBase(
  deps: Pick<KnowledgeDeps, 'objects'>,
  tenant: TenantId,
  present: readonly Entry[],
  request: { to: string; choices: PackChoices; restores: boolean; from?: string | undefined },
): Promise<MergeBase> {
  const { to, choices, restores } = request;
  const tags = installedTags(present).get(packName(to) ?? to) ?? [];
  const from = request.from ?? tags[0];
  const wanted = [...new Set([to, ...(from === undefined ? [] : [from]), ...tags])];
  const kept = await Promise.all(wanted.map(async (tag) => ({ tag, pack: await readKept(deps, tenant, tag) })));
  const old = new Map(kept.map(({ tag, pack }) => [tag, byId(pack?.entries ?? [])]));
  const theirs = old.get(to) ?? new Map();
  return { to, choices, restores, theirs, old, ...(from === undefined ? {} : { from }) };
}

/** What becomes of one entry; `mine` is what the shop has of it. */
export function judge({ to, from, theirs, old, choices, restores }: MergeBase, id: EntryId, mine?: Entry): Verdict {
  const wasThere = !restores && from !== undefined && old.get(from)?.has(id) === true;
  const before = mine?.pack === undefined ? undefined : old.get(mine.pack)?.get(id);
  return mergeOne(to, { old: before, theirs: theirs.get(id), mine, wasThere }, choices[id]);
}

/** An entry, what the shop has of it, and what becomes of it. */
export type Judged = { id: EntryId; mine: Entry | undefined; verdict: Verdict };

/** Every entry of the pack's new version, and every one that the shop has of an older one. */
export function judgeAll(base: MergeBase, present: readonly Entry[]): Judged[] {
  const mine = byId(present);
  const name = packName(base.to);
  const own = present.filter((entry) => packName(entry.pack) === name && !base.theirs.has(entry.id));
  return [...base.theirs.keys(), ...own.map(({ id }) => id)].map((id) => {
    const present = mine.get(id);
    return { id, mine: present, verdict: judge(base, id, present) };
  });
}

/** Whether anything is to be written for it; a new mark alone is, too. */
export const changes = ({ mine, verdict }: Judged): boolean => !same(mine, verdict.next);

const change = (path: string, before: unknown, after: unknown): FieldChange[] =>
  same(before, after)
    ? []
    : [{ path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];

const WHOLE: readonly (keyof Entry)[] = [
  'intent',
  'language',
  'category',
  'question',
  'similarQuestions',
  'ask',
  'policy',
  'shortcut',
  'note',
  'passage',
];
const ANSWER: readonly (keyof Answer)[] = [
  'text',
  'when',
  'validFrom',
  'validUntil',
  'channels',
  'shop',
  'attachments',
  'cards',
];

/** Answers one by one where their number is the same, else as a whole. */
function answerChanges(before: readonly Answer[], after: readonly Answer[]): FieldChange[] {
  if (before.length !== after.length) return change('answers', before, after);
  return before.flatMap((answer, index) =>
    ANSWER.flatMap((field) => change(`answers.${index}.${field}`, answer[field], after[index]?.[field])),
  );
}

/** What differs between two states of an entry, for a person to read: its mark is not. */
function fieldChanges(before: Entry, after: Entry): FieldChange[] {
  return [
    ...WHOLE.flatMap((field) => change(field, before[field], after[field])),
    ...answerChanges(before.answers, after.answers),
  ];
}

const short = ({ id, question }: Entry): { id: EntryId; question: string } => ({ id, question });

/** The readable report of a merge. */
export function reportOf(base: MergeBase, judged: readonly Judged[], dryRun: boolean): PackUpdate {
  const of = (kind: Verdict['kind']): { mine: Entry | undefined; next: Entry | undefined; verdict: Verdict }[] =>
    judged.flatMap(({ mine, verdict }) => (verdict.kind === kind ? [{ mine, next: verdict.next, verdict }] : []));
  const named = (kind: Verdict['kind']) => of(kind).flatMap(({ mine, next }) => short1(next ?? mine));
  const changed = (kind: Verdict['kind']) =>
    of(kind).flatMap(({ mine, next }) =>
      mine === undefined || next === undefined ? [] : [{ ...short(next), fields: fieldChanges(mine, next) }],
    );
  const version = (tag: string): string => versionOf(tag);
  return {
    pack: packName(base.to) ?? base.to,
    from: version(base.from ?? base.to),
    to: version(base.to),
    dryRun,
    added: named('added'),
    updated: changed('updated'),
    merged: changed('merged'),
    kept: named('kept'),
    removed: named('removed'),
    conflicts: of('conflict').flatMap(({ mine, verdict }) => (mine === undefined ? [] : [conflictOf(mine, verdict)])),
    unchanged: of('unchanged').length,
  };
}

const short1 = (entry: Entry | undefined) => (entry === undefined ? [] : [short(entry)]);

/** What an import says of itself: entries that only got a new mark are unchanged. */
export function countsOf(report: PackUpdate): ImportCounts {
  const { added, updated, merged, conflicts, removed, kept, unchanged } = report;
  return {
    added: added.length,
    changed: updated.length + merged.length + conflicts.length,
    removed: removed.length,
    unchanged: kept.length + unchanged,
  };
}
