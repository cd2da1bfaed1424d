import { Answer } from '../../domain/entry.ts';
import { circumstances } from '../entry-rows.ts';
import { matchAnswers } from './match-answers.ts';
import { type Clash, clash, type Merged, mergeValue, type Side, same } from './three-way.ts';

const FIELDS = Object.keys(Answer.shape) as (keyof Answer)[];

/** An answer without a condition, a date, a channel or a shop: several of them take turns, which is no contradiction. */
const ANYTIME = circumstances({ text: '' });

/** One answer that the pack and the shop both still have, field by field. */
function mergeAnswer(path: string, old: Answer, theirs: Answer, mine: Answer, side: Side): Merged<Answer> {
  const merged = FIELDS.map((field) => {
    const one = mergeValue<unknown>(`${path}.${field}`, old[field], theirs[field], mine[field], side);
    return { field, ...one };
  });
  const value = Object.fromEntries(merged.flatMap(({ field, value: v }) => (v === undefined ? [] : [[field, v]])));
  return { value: Answer.parse(value), clashes: merged.flatMap(({ clashes }) => clashes) };
}

type Lists = { old: readonly Answer[]; theirs: readonly Answer[]; mine: readonly Answer[]; side: Side };
type Piece = { answers: Answer[]; clashes: Clash[] };

const inverted = (map: ReadonlyMap<number, number>): Map<number, number> =>
  new Map([...map].map(([from, to]) => [to, from]));

/** Of an answer that the pack dropped: gone, unless the shop had changed it. */
function dropped(path: string, old: Answer, mine: Answer | undefined, side: Side): Piece {
  if (mine === undefined || same(old, mine)) return { answers: [], clashes: [] };
  return { answers: side === 'mine' ? [mine] : [], clashes: [clash(path, { old, mine })] };
}

/** Of an answer that the pack added: the shop may have added one for the very same circumstances. */
function added(theirs: Answer, own: { path: string; mine: Answer } | undefined, side: Side): Piece {
  if (own === undefined) return { answers: [theirs], clashes: [] };
  const { path, mine } = own;
  if (same(theirs, mine)) return { answers: [mine], clashes: [] };
  return { answers: [side === 'mine' ? mine : theirs], clashes: [clash(path, { theirs, mine })] };
}

function mergeMatched({ old, theirs, mine, side }: Lists): Piece[] {
  const toMine = matchAnswers(old, mine);
  const toTheirs = matchAnswers(old, theirs);
  const fromTheirs = inverted(toTheirs);
  const known = new Set(toMine.values());
  const own = mine.flatMap((answer, index) => (known.has(index) ? [] : [{ path: `answers.${index}`, mine: answer }]));
  const used = new Set<object>();
  const competing = (answer: Answer) =>
    own.find((one) => {
      if (used.has(one)) return false;
      const when = circumstances(answer);
      return same(one.mine, answer) || (when !== ANYTIME && circumstances(one.mine) === when);
    });
  const pieces = theirs.map((answer, index): Piece => {
    const before = fromTheirs.get(index);
    if (before === undefined) {
      const rival = competing(answer);
      if (rival !== undefined) used.add(rival);
      return added(answer, rival, side);
    }
    const at = toMine.get(before);
    const present = at === undefined ? undefined : mine[at];
    // The shop took this answer out: it stays out, whatever the pack makes of it.
    if (present === undefined) return { answers: [], clashes: [] };
    const { value, clashes } = mergeAnswer(`answers.${at}`, old[before] ?? answer, answer, present, side);
    return { answers: [value], clashes };
  });
  const gone = old.flatMap((answer, index) => {
    if (toTheirs.has(index)) return [];
    const at = toMine.get(index);
    return [dropped(`answers.${at}`, answer, at === undefined ? undefined : mine[at], side)];
  });
  const left = own.filter((one) => !used.has(one)).map((one): Piece => ({ answers: [one.mine], clashes: [] }));
  return [...pieces, ...gone, ...left];
}

const MOST_ANSWERS = 50;

/**
 * Merges three ways what an entry answers. Answers are matched by what they are for, then by their words; a matched one is
 * merged field by field. Where nothing would be left, or too much, the lists as a whole clash.
 */
export function mergeAnswers(lists: Lists): Merged<Answer[]> {
  const { old, theirs, mine, side } = lists;
  if (same(mine, theirs) || same(theirs, old)) return { value: [...mine], clashes: [] };
  if (same(mine, old)) return { value: [...theirs], clashes: [] };
  const pieces = mergeMatched(lists);
  const answers = pieces.flatMap((piece) => piece.answers);
  if (answers.length === 0 || answers.length > MOST_ANSWERS) {
    return { value: [...(side === 'mine' ? mine : theirs)], clashes: [clash('answers', { old, theirs, mine })] };
  }
  return { value: answers, clashes: pieces.flatMap((piece) => piece.clashes) };
}
