import { Entry } from '../../domain/entry.ts';
import { questionKey } from '../entry-rows.ts';
import { MAX_ENTRY_BYTES } from '../group-rows.ts';
import { mergeAnswers } from './merge-answers.ts';
import { clash, type Merged, mergeTexts, mergeValue, type Side, same } from './three-way.ts';

/** Merged in ways of their own, or the shop's alone. */
const APART = new Set(['id', 'similarQuestions', 'answers', 'pack', 'off']);
const SCALARS = (Object.keys(Entry.shape) as (keyof Entry)[]).filter((field) => !APART.has(field));

/** What an entry says, without where it came from and whether the shop uses it. */
const contentOf = (entry: Entry): unknown => ({ ...entry, pack: undefined, off: undefined });

/** Whether two entries say the same, wherever they came from and whether they are used. */
export const sameContent = (one: Entry, other: Entry): boolean => same(contentOf(one), contentOf(other));

/** Without the pack's old words nothing tells who changed what: every difference is one to choose. */
function mergeBlind(theirs: Entry, mine: Entry, side: Side): Merged<Entry> {
  const fields = [...SCALARS, 'answers' as const].filter((field) => !same(theirs[field], mine[field]));
  const texts = mergeTexts([], theirs.similarQuestions, mine.similarQuestions, questionKey);
  const chosen = side === 'mine' ? mine : theirs;
  const differing = fields.map((field) => clash(field, { theirs: theirs[field], mine: mine[field] }));
  return { value: { ...chosen, similarQuestions: texts }, clashes: differing };
}

function mergeFields(old: Entry, theirs: Entry, mine: Entry, side: Side): Merged<Entry> {
  const scalars = SCALARS.map((field) => ({
    field,
    ...mergeValue<unknown>(field, old[field], theirs[field], mine[field], side),
  }));
  const answers = mergeAnswers({ old: old.answers, theirs: theirs.answers, mine: mine.answers, side });
  const fields = Object.fromEntries(
    scalars.flatMap(({ field, value }) => (value === undefined ? [] : [[field, value]])),
  );
  const texts = mergeTexts(old.similarQuestions, theirs.similarQuestions, mine.similarQuestions, questionKey);
  // What one side made the standard question is no similar one of the other.
  const own = String(fields['question']);
  const similarQuestions = same(mine.question, theirs.question) ? texts : texts.filter((text) => text !== own);
  const merged = { ...fields, id: mine.id, similarQuestions, answers: answers.value };
  const clashes = [...scalars, answers].flatMap((part) => part.clashes);
  const parsed = Entry.safeParse(merged);
  if (parsed.success && Buffer.byteLength(JSON.stringify(merged)) <= MAX_ENTRY_BYTES) {
    return { value: parsed.data, clashes };
  }
  // Both together are more than an entry may hold.
  return { value: side === 'mine' ? mine : theirs, clashes: [clash('', { old, theirs, mine })] };
}

function mergeContent(old: Entry | undefined, theirs: Entry, mine: Entry, side: Side): Merged<Entry> {
  if (old === undefined) return mergeBlind(theirs, mine, side);
  if (sameContent(mine, old)) return { value: theirs, clashes: [] };
  if (sameContent(theirs, old)) return { value: mine, clashes: [] };
  return mergeFields(old, theirs, mine, side);
}

/**
 * An entry of the pack merged three ways: the pack's old words, its new ones, the shop's. Every edit of the shop stays,
 * what it did not touch follows the pack, and what both changed differently is a clash, where `side` (else the shop)
 * wins. The result carries the new version's mark, and is off if the shop switched it off.
 */
export function mergeEntry(old: Entry | undefined, theirs: Entry, mine: Entry, side: Side = 'mine'): Merged<Entry> {
  const { value, clashes } = mergeContent(old, theirs, mine, side);
  const { off: _, pack: __, ...content } = value;
  return {
    value: {
      ...content,
      ...(theirs.pack === undefined ? {} : { pack: theirs.pack }),
      ...(mine.off === undefined ? {} : { off: mine.off }),
    },
    clashes,
  };
}
