import type { Entry } from '../../domain/entry.ts';
import type { RowProblem } from '../../domain/import-job.ts';
import { type EntryRow, questionKey } from '../entry-rows.ts';
import { answersCollide, type Known, knownOf, meet, questionsOf } from './conflicts.ts';
import { type Finding, placeName, problemAt } from './finding.ts';
import { type Asked, nearPairs } from './near.ts';

/** An entry that was read and the rows it comes from; without rows it is one that was there. */
export type Read = { entry: Entry; rows: readonly EntryRow[] };

/** Entries that claim one question are compared with so many others each. */
const MOST_COMPARED = 50;

type Owner = { read: Read; known: Known };
type Warned = { owner: Owner; finding: Finding };

const nameOf = ({ read: { entry, rows } }: Owner): string => {
  const place = rows[0]?.place;
  return place === undefined ? `the entry ${entry.id}, which is there already,` : placeName(place);
};

const columnOf = ({ entry }: Read, question: string): Finding['column'] =>
  questionKey(entry.question) === questionKey(question) ? 'question' : 'similar_questions';

const asksToo = (owner: Owner, other: Owner, question: string): Finding => ({
  column: columnOf(owner.read, question),
  value: question,
  reason: `${nameOf(other)} asks the same, and its conditions can hold together with these: a conflict`,
  fix:
    other.read.rows.length === 0
      ? `give this row the id ${other.read.entry.id} to replace it, or switch that entry off`
      : 'keep the question in one of them, or give their answers conditions that exclude each other',
});

/** Each entry's first question that an earlier one claims as well. Entries that were there come first, and are not told. */
function claimedTwice(owners: readonly Owner[]): Warned[] {
  const byKey = new Map<string, Owner[]>();
  return owners.flatMap((owner) => {
    const found = questionsOf(owner.read.entry).flatMap((question): Warned[] => {
      const key = questionKey(question);
      const claimants = byKey.get(key) ?? [];
      byKey.set(key, claimants);
      const rival = claimants.slice(-MOST_COMPARED).find((other) => other !== owner && meet(other.known, owner.known));
      if (claimants.at(-1) !== owner) claimants.push(owner);
      return rival === undefined || owner.read.rows.length === 0
        ? []
        : [{ owner, finding: asksToo(owner, rival, question) }];
    });
    return found.slice(0, 1);
  });
}

function nearly(owners: readonly Owner[], told: ReadonlySet<Owner>): Warned[] {
  const asked: (Asked & { text: string })[] = owners.flatMap(({ read }, owner) =>
    questionsOf(read.entry).map((text) => ({ text, owner })),
  );
  const compareFrom = asked.findIndex(({ owner }) => (owners[owner]?.read.rows.length ?? 0) > 0);
  const seen = new Set(told);
  return nearPairs(asked, Math.max(0, compareFrom)).flatMap(({ later, earlier }): Warned[] => {
    const [one, other] = [asked[later], asked[earlier]];
    const [owner, rival] = [owners[one?.owner ?? -1], owners[other?.owner ?? -1]];
    if (one === undefined || other === undefined || owner === undefined || rival === undefined) return [];
    if (seen.has(owner) || !meet(owner.known, rival.known)) return [];
    seen.add(owner);
    const reason = `nearly the question "${other.text}" of ${nameOf(rival)}`.replace(/,$/, '');
    const fix = 'if both mean the same, make it a similar question of that entry';
    return [{ owner, finding: { column: columnOf(owner.read, one.text), value: one.text, reason, fix } }];
  });
}

const apart = (owner: Owner): Warned[] =>
  owner.read.rows.length < 2
    ? []
    : answersCollide(owner.known).map(({ question, detail }) => {
        const fix = 'give them conditions or dates that exclude each other, or keep one';
        return { owner, finding: { column: 'answer', value: question, reason: detail.split(': ')[0] ?? detail, fix } };
      });

/**
 * What the read entries have in common with each other and with those that are there: the same question where both can be
 * meant, nearly the same, answers that contradict each other. One of each kind an entry.
 */
export function collisionsOf(read: readonly Read[], existing: readonly Entry[]): RowProblem[] {
  const replaced = new Set(read.map(({ entry }) => entry.id));
  const there = existing.filter(({ id }) => !replaced.has(id)).map((entry) => ({ entry, rows: [] }));
  const owners = [...there, ...read]
    .filter(({ entry }) => entry.off !== true && entry.passage === undefined)
    .map((one): Owner => ({ read: one, known: knownOf(one.entry) }));
  const claimed = claimedTwice(owners);
  const warned = [...claimed, ...nearly(owners, new Set(claimed.map(({ owner }) => owner))), ...owners.flatMap(apart)];
  return warned.flatMap(({ owner, finding }) => {
    const place = owner.read.rows[0]?.place;
    return place === undefined ? [] : [problemAt(place, finding)];
  });
}
