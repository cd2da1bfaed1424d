import type { Entry } from '../../domain/entry.ts';
import type { PackConflict } from '../../domain/pack-update.ts';
import { packName } from '../plan.ts';
import { mergeEntry, sameContent } from './merge-entry.ts';
import { type Clash, clash, type Side } from './three-way.ts';

/** An entry as the three sides have it. `old`: as the version says that the shop's own is marked with. */
export type Sides = {
  old: Entry | undefined;
  theirs: Entry | undefined;
  mine: Entry | undefined;
  /** The version that the shop has installed holds the entry: where the shop has not, it was deleted. */
  wasThere: boolean;
};

/** What becomes of an entry. `next` is what it will be; without one it is taken out, or stays out. */
export type Verdict = {
  kind: 'added' | 'updated' | 'merged' | 'kept' | 'removed' | 'unchanged' | 'conflict';
  next: Entry | undefined;
  clashes: readonly Clash[];
};

const verdict = (kind: Verdict['kind'], next: Entry | undefined, clashes: readonly Clash[] = []): Verdict => ({
  kind,
  next,
  clashes,
});

/** The shop's own from now on: no pack speaks for it any more. */
function unmarked(entry: Entry): Entry {
  const { pack: _, ...own } = entry;
  return own;
}

/** The pack no longer has it. */
function dropped({ old, mine }: Sides & { mine: Entry }, choice: Side | undefined): Verdict {
  if (old === undefined) return verdict('kept', unmarked(mine));
  if (sameContent(old, mine)) return verdict('removed', undefined);
  if (choice === 'theirs') return verdict('removed', undefined);
  const clashes = [clash('deleted', { old: false, theirs: true, mine: false })];
  return verdict(choice === undefined ? 'conflict' : 'kept', unmarked(mine), clashes);
}

function present(old: Entry | undefined, theirs: Entry, mine: Entry, choice: Side | undefined): Verdict {
  const { value, clashes } = mergeEntry(old, theirs, mine, choice);
  if (clashes.length > 0) return verdict(choice === undefined ? 'conflict' : 'merged', value, clashes);
  if (sameContent(mine, theirs)) return verdict('unchanged', value);
  if (sameContent(mine, value)) return verdict('kept', value);
  return verdict(old !== undefined && sameContent(mine, old) ? 'updated' : 'merged', value);
}

/**
 * What an update of `pack` (`name@version`) makes of one entry. Entries without the pack's mark are the shop's, whatever
 * their id; one that the shop deleted stays deleted; one that already carries the new mark was merged before.
 */
export function mergeOne(pack: string, sides: Sides, choice?: Side): Verdict {
  const { theirs, mine } = sides;
  if (mine === undefined) {
    return theirs === undefined || sides.wasThere ? verdict('unchanged', undefined) : verdict('added', theirs);
  }
  if (packName(mine.pack) !== packName(pack)) return verdict('kept', mine);
  if (theirs === undefined) return dropped({ ...sides, mine }, choice);
  if (mine.pack === pack) return verdict('unchanged', mine);
  return present(sides.old, theirs, mine, choice);
}

/** A conflict as a person is asked about it. */
export const conflictOf = (entry: Entry, { clashes }: Verdict): PackConflict => ({
  entryId: entry.id,
  question: entry.question,
  fields: clashes.map(({ path, ...values }) => ({ path, ...values })),
});
