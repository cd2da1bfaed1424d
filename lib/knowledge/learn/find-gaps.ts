/** What nothing answered, as gaps: grouped by meaning, counted and dated. Pure. */
import type { GapEvidence } from '../../domain/evidence.ts';
import type { GapKind } from '../../domain/gap.ts';
import type { GapRecord } from '../../domain/learning.ts';
import type { PastReader } from './deps.ts';
import { shownReplies } from './replies.ts';
import { idsOfKnown } from './same-group.ts';
import { type Asked, type Topic, topicsOf } from './topics.ts';

/** Gaps kept at most; of those that only one evidence speaks for the newest few, or they would bury the others. */
const MAX_GAPS = 300;
const MAX_ONCE = 50;
/** Names the members of a gap that are remembered, the newest. */
const REMEMBERED = 500;

export type FoundGap = { gap: Omit<GapRecord, 'status' | 'dismissedAt'>; members: string[] };

/** Gaps out of the evidence, the most frequent first. `known`: the members of each gap that has an id already. */
export function findGaps(
  evidence: readonly GapEvidence[],
  reader: PastReader,
  known: ReadonlyMap<string, readonly string[]>,
): FoundGap[] {
  const open = finished(evidence).flatMap((one, turn) => askedOf(one, turn, reader));
  const topics = topicsOf(
    open.map(({ asked }) => asked),
    reader.replyKind,
  );
  const found = keep(topics.map((topic) => ({ topic, of: topic.members.flatMap((at) => open[at]?.evidence ?? []) })));
  const ids = idsOfKnown(
    found.map(({ of }) => of.map(({ id }) => id)),
    known,
  );
  const taken = new Set(ids);
  return found.map(({ topic, of }, at) => {
    const id = ids[at] ?? freeId(topic.id, taken);
    taken.add(id);
    return { gap: gapOf(id, topic, of, reader), members: of.map((one) => one.id).slice(-REMEMBERED) };
  });
}

/** A new gap's title may be that of an older one that has moved on. */
function freeId(wanted: string, taken: ReadonlySet<string | undefined>): string {
  let id = `gap_${wanted}`;
  for (let more = 2; taken.has(id); more += 1) id = `gap_${wanted}_${more}`;
  return id;
}

type Open = { evidence: GapEvidence; asked: Asked };

/** Nothing where the knowledge answers by now, unless an agent wrote something else although it did. */
function askedOf(evidence: GapEvidence, turn: number, reader: PastReader): Open[] {
  const { text, meant, language, reply, kinds } = evidence;
  const question = reader.kept(text, meant, language);
  if (!kinds.includes('own_reply') && reader.covers(question)) return [];
  return [{ evidence, asked: { ...question, language, turn, replies: reply === undefined ? [] : [reply] } }];
}

const SEARCH = 'search#';
/** An agent types on within this time (ms). */
const TYPING_MS = 120_000;

/** Without the searches that were typed on: "refund" a moment before "refund to card". */
function finished(evidence: readonly GapEvidence[]): GapEvidence[] {
  const searches = evidence.filter(({ id }) => id.startsWith(SEARCH));
  const agentOf = (id: string): string => id.slice(0, id.lastIndexOf('#'));
  const isTypedOn = (one: GapEvidence): boolean =>
    searches.some(
      (other) =>
        other !== one &&
        agentOf(other.id) === agentOf(one.id) &&
        other.text.length > one.text.length &&
        other.text.startsWith(one.text) &&
        Math.abs(Date.parse(other.at) - Date.parse(one.at)) <= TYPING_MS,
    );
  return evidence.filter((one) => !one.id.startsWith(SEARCH) || !isTypedOn(one));
}

type Of = { topic: Topic; of: GapEvidence[] };

const newest = (of: readonly GapEvidence[]): string => of.reduce((last, { at }) => (at > last ? at : last), '');

function keep(found: readonly Of[]): Of[] {
  const often = found.filter(({ of }) => of.length > 1);
  const once = found.filter(({ of }) => of.length === 1).sort((a, b) => (newest(a.of) < newest(b.of) ? 1 : -1));
  return [...often, ...once.slice(0, MAX_ONCE)].slice(0, MAX_GAPS);
}

function gapOf(id: string, topic: Topic, of: readonly GapEvidence[], reader: PastReader): FoundGap['gap'] {
  const nearest = reader.nearest(topic.title, topic.language);
  const times = of.map(({ at }) => at).sort();
  const kinds: Partial<Record<GapKind, number>> = {};
  for (const kind of of.flatMap((one) => one.kinds)) kinds[kind] = (kinds[kind] ?? 0) + 1;
  return {
    id,
    title: topic.title,
    language: topic.language,
    count: of.length,
    kinds,
    firstAt: times[0] ?? '',
    lastAt: times.at(-1) ?? '',
    examples: topic.examples,
    replies: shownReplies(topic.replies),
    ...(nearest === undefined ? {} : { nearest }),
    ...(topic.proposal === undefined ? {} : { proposal: topic.proposal }),
  };
}
