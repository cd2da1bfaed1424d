/** What agents changed in the answers that they sent, as changes of the entries. Pure. */
import { createHash } from 'node:crypto';
import type { Entry } from '../../domain/entry.ts';
import type { EditEvidence } from '../../domain/evidence.ts';
import type { ProposalRecord } from '../../domain/learning.ts';
import { hasMasked } from '../../domain/personal-data/scrub.ts';
import { exactKey, normalize } from '../../engine/normalize.ts';
import { cluster } from './cluster.ts';
import { likenessOf } from './likeness.ts';
import { idsOfKnown } from './same-group.ts';
import { slotValuesIn, withSlots } from './slots-back.ts';
import { vectorsOf } from './vectors.ts';

/** Edits of one answer are one change in other words from this likeness on. */
const SAME = 0.6;
/** Less like the answer than this, an agent wrote something of their own. */
const LEAST_LIKE = 0.25;
const MAX_PROPOSALS = 200;
const MAX_EDITS = 300;
const SHOWN_EVIDENCE = 20;

export type FoundProposal = { proposal: Omit<ProposalRecord, 'status'>; members: string[] };
type Change = { edit: EditEvidence; after: string };

const plain = (text: string): string => exactKey(normalize(text));

/** An edit of the answer as it reads now, with its slots back; undefined of an answer that has changed since. */
function changeOf(edit: EditEvidence, before: string): Change | undefined {
  const values = slotValuesIn(before, edit.offered);
  if (values === undefined) return undefined;
  const after = withSlots(edit.sent, values);
  return plain(after) === plain(before) ? undefined : { edit, after };
}

/** Proposals, those with most evidence first. `entries`: the draft's, by id. */
export function findProposals(
  edits: readonly EditEvidence[],
  entries: ReadonlyMap<string, Entry>,
  known: ReadonlyMap<string, readonly string[]>,
): FoundProposal[] {
  const byAnswer = Map.groupBy(edits, ({ entryId, answer }) => JSON.stringify([entryId, answer]));
  const found = [...byAnswer.values()].flatMap((of) => changesOf(of.slice(0, MAX_EDITS), entries));
  found.sort((a, b) => b.changes.length - a.changes.length);
  const ids = idsOfKnown(
    found.map(({ changes }) => changes.map(({ edit }) => edit.id)),
    known,
  );
  return found.slice(0, MAX_PROPOSALS).map((one, at) => proposalOf(ids[at] ?? newId(one), one));
}

type Found = { before: string; changes: Change[]; best: Change };

function changesOf(edits: readonly EditEvidence[], entries: ReadonlyMap<string, Entry>): Found[] {
  const [first] = edits;
  const before = first === undefined ? undefined : entries.get(first.entryId)?.answers[first.answer]?.text;
  if (before === undefined) return [];
  const all = edits.flatMap((edit) => changeOf(edit, before) ?? []);
  const likeness = likenessOf(vectorsOf([...all.map(({ after }) => after), before]));
  const { size, values } = likeness;
  const near = all.map((_, at) => at).filter((at) => (values[at * size + all.length] ?? 0) >= LEAST_LIKE);
  const alike = {
    size: near.length,
    values: Float32Array.from(near.flatMap((a) => near.map((b) => values[a * size + b] ?? 0))),
  };
  return cluster(alike, SAME).flatMap((group) => {
    const changes = group.flatMap((at) => all[near[at] ?? -1] ?? []);
    const best = bestOf(changes);
    return best === undefined ? [] : [{ before, changes, best }];
  });
}

/** The wording sent most often, of equals the newest; never one with something of one customer in it. */
function bestOf(changes: readonly Change[]): Change | undefined {
  const general = changes.filter(({ after }) => !hasMasked(after.replace(/\{\{[^{}]*\}\}/g, '')));
  const times = (change: Change) => general.filter(({ after }) => plain(after) === plain(change.after)).length;
  return general.toSorted((a, b) => times(b) - times(a) || (a.edit.at < b.edit.at ? 1 : -1))[0];
}

const newId = ({ before, best }: Found): string =>
  `prp_${createHash('sha256')
    .update(JSON.stringify([best.edit.entryId, best.edit.answer, before, best.after]))
    .digest('hex')
    .slice(0, 16)}`;

function proposalOf(id: string, { before, changes, best }: Found): FoundProposal {
  const { entryId, answer } = best.edit;
  const newestFirst = changes.toSorted((a, b) => (a.edit.at < b.edit.at ? 1 : -1));
  const evidence = newestFirst
    .slice(0, SHOWN_EVIDENCE)
    .map(({ edit: { assistId, agentId, at }, after }) => ({ assistId, agentId, at, sent: after }));
  return {
    proposal: { id, entryId, answer, before, after: best.after, count: changes.length, evidence },
    members: changes.map(({ edit }) => edit.id),
  };
}
