import type { Conflict } from '../../domain/comparison.ts';
import type { Answer, Entry } from '../../domain/entry.ts';
import { questionKey } from '../entry-rows.ts';
import { contradiction } from './contradiction.ts';
import { type Asked, nearPairs } from './near.ts';
import { type Circumstances, circumstancesOf, overlap } from './overlap.ts';

/** A conflict names at most this many entries; a question that more of them claim is no less a conflict. */
const MOST_NAMED = 20;
/** Entries that claim one question are compared with so many others each. */
const MOST_COMPARED = 50;
/** Questions of one conflict that are quoted. */
const QUOTED = 3;

export type Known = { entry: Entry; answers: readonly Circumstances[] };

export type ConflictOptions = {
  /** Epoch ms: answers that end before it can no longer collide. */
  at?: number;
};

export const questionsOf = (entry: Entry): readonly string[] => [entry.question, ...entry.similarQuestions];

/** What has ended meets nothing any more. */
const NEVER = Number.NEGATIVE_INFINITY;

export function knownOf(entry: Entry, at: number = NEVER): Known {
  const answers = entry.answers.map((answer) => circumstancesOf(answer, entry.language));
  return { entry, answers: answers.map((one) => (one.until > at ? one : { ...one, until: NEVER })) };
}

/** Whether one customer could be given an answer of either entry. */
export const meet = (a: Known, b: Known): boolean =>
  a.answers.some((one) => b.answers.some((other) => overlap(one, other)));

type Claim = { text: string; owners: Known[] };

/** By question, the entries that claim it; only questions of several. */
function claims(all: readonly Known[]): Claim[] {
  const byKey = new Map<string, Claim>();
  for (const known of all) {
    for (const text of questionsOf(known.entry)) claim(byKey, text, known);
  }
  return [...byKey.values()].filter(({ owners }) => owners.length > 1);
}

function claim(byKey: Map<string, Claim>, text: string, known: Known): void {
  const key = questionKey(text);
  const made = byKey.get(key);
  if (made === undefined) byKey.set(key, { text, owners: [known] });
  else if (made.owners.at(-1) !== known) made.owners.push(known);
}

/** Those of the claimants that could be meant where another is. */
function colliding(owners: readonly Known[]): Known[] {
  const found = new Set<Known>();
  owners.forEach((one, at) => {
    for (const other of owners.slice(at + 1, at + 1 + MOST_COMPARED)) {
      if (meet(one, other)) found.add(one).add(other);
    }
  });
  return owners.filter((one) => found.has(one));
}

const quoted = (texts: readonly string[]): string => {
  const shown = texts.slice(0, QUOTED).map((text) => `"${text}"`);
  return `${shown.join(', ')}${texts.length > QUOTED ? ` and ${texts.length - QUOTED} more` : ''}`;
};

function sameQuestions(all: readonly Known[]): Conflict[] {
  const byEntries = new Map<string, { ids: Entry['id'][]; texts: string[] }>();
  for (const { text, owners } of claims(all)) {
    const ids = colliding(owners).map(({ entry }) => entry.id);
    if (ids.length < 2) continue;
    const known = byEntries.get(ids.join('\n')) ?? { ids, texts: [] };
    known.texts.push(text);
    byEntries.set(ids.join('\n'), known);
  }
  return [...byEntries.values()].map(({ ids, texts }) => ({
    kind: 'same_question',
    entryIds: ids.slice(0, MOST_NAMED),
    question: texts[0] ?? '',
    detail:
      `${ids.slice(0, MOST_NAMED).join(' and ')} both claim ${quoted(texts)} where the conditions of both can hold: ` +
      'keep the question in one of them, make them one entry, or give their answers conditions that exclude each other',
  }));
}

/** What gives an answer its place among those that hold; see `answer-options.ts` of the message way. */
const narrowing = ({ shop, channels, validFrom, validUntil }: Answer): string =>
  [shop !== undefined, (channels?.length ?? 0) > 0, validFrom !== undefined || validUntil !== undefined].join();

const folded = (when: string | undefined): string => (when ?? '').replace(/\s+/g, ' ').trim().toLowerCase();

/**
 * Answers of one entry for the same condition take turns, as other wordings of one reply. They collide where they are
 * not meant as such: their seasons, shops or channels overlap in part, or one says what the other does not allow.
 */
export function answersCollide({ entry, answers }: Known): Conflict[] {
  for (const [first, second] of pairsUpTo(entry.answers.length)) {
    const why = collision(entry, answers, first, second);
    if (why === undefined) continue;
    const detail =
      `answers ${first + 1} and ${second + 1} of ${entry.id} are meant for the same customers and ${why}: ` +
      'which of them is sent is chance; give them conditions or dates that exclude each other, or keep one';
    return [{ kind: 'overlapping_answers', entryIds: [entry.id], question: entry.question, detail }];
  }
  return [];
}

function* pairsUpTo(count: number): Generator<[number, number]> {
  for (let first = 0; first < count; first += 1) {
    for (let second = first + 1; second < count; second += 1) yield [first, second];
  }
}

function collision(
  { answers }: Entry,
  circumstances: readonly Circumstances[],
  first: number,
  second: number,
): string | undefined {
  const [a, b, whenA, whenB] = [answers[first], answers[second], circumstances[first], circumstances[second]];
  if (a === undefined || b === undefined || whenA === undefined || whenB === undefined) return undefined;
  const rivals = folded(a.when) === folded(b.when) && narrowing(a) === narrowing(b) && overlap(whenA, whenB);
  return rivals ? difference(a, b) : undefined;
}

function difference(a: Answer, b: Answer): string | undefined {
  const when = ({ validFrom, validUntil, channels, shop }: Answer) =>
    JSON.stringify([validFrom ?? '', validUntil ?? '', [...(channels ?? [])].sort(), shop ?? '']);
  if (when(a) !== when(b)) return 'their dates or channels overlap';
  const said = contradiction(a.text, b.text);
  return said === undefined ? undefined : `do not say the same (${said})`;
}

function nearDuplicates(all: readonly Known[], claimed: ReadonlySet<string>): Conflict[] {
  const asked: Asked[] = all.flatMap(({ entry }, owner) => questionsOf(entry).map((text) => ({ text, owner })));
  const seen = new Set(claimed);
  return nearPairs(asked).flatMap(({ later, earlier }): Conflict[] => {
    const [one, other] = [asked[earlier], asked[later]];
    const [a, b] = [all[one?.owner ?? -1], all[other?.owner ?? -1]];
    if (one === undefined || other === undefined || a === undefined || b === undefined) return [];
    const pair = pairKey(a.entry.id, b.entry.id);
    if (seen.has(pair) || questionKey(one.text) === questionKey(other.text) || !meet(a, b)) return [];
    seen.add(pair);
    return [
      {
        kind: 'near_duplicate',
        entryIds: [a.entry.id, b.entry.id],
        question: other.text,
        detail: `"${other.text}" of ${b.entry.id} is nearly "${one.text}" of ${a.entry.id}`,
      },
    ];
  });
}

const pairKey = (a: string, b: string): string => (a < b ? `${a}\n${b}` : `${b}\n${a}`);

const pairsOf = ({ entryIds }: Conflict): string[] =>
  entryIds.flatMap((a, at) => entryIds.slice(at + 1).map((b) => pairKey(a, b)));

/**
 * What of these entries collides: questions that several claim, answers of one entry that are meant for the same
 * customers, questions that are nearly the same. The first two kinds leave it to chance what is answered; the last is
 * only worth a look. Entries that are off, and passages, claim nothing. Near-linear in the number of questions.
 */
export function findConflicts(entries: readonly Entry[], { at = NEVER }: ConflictOptions = {}): Conflict[] {
  const used = entries.filter(({ off, passage }) => off !== true && passage === undefined);
  const all = used.map((entry) => knownOf(entry, at));
  const same = sameQuestions(all);
  const own = all.flatMap(answersCollide);
  return [...same, ...own, ...nearDuplicates(all, new Set(same.flatMap(pairsOf)))];
}
