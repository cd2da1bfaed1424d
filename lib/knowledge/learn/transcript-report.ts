/** What a shop's own history says: how much of it the knowledge covers, and what it should learn. */
import { setImmediate } from 'node:timers/promises';
import { scrub } from '../../domain/personal-data/scrub.ts';
import type { TranscriptReport, TranscriptTopic } from '../../domain/transcript.ts';
import type { PastReader, ReadTurn } from './deps.ts';
import { type Turn, turnsOf } from './past-turns.ts';
import type { Transcript } from './read-transcript.ts';
import { shownReplies } from './replies.ts';
import { type Asked, MAX_TEXT, type Topic, topicsOf } from './topics.ts';

/** Topics that a report shows; a topic of one question is none. */
const MAX_TOPICS = 100;
const FEWEST = 2;
/** Turns read before other work gets its turn. */
const AT_ONCE = 10;

export type Findings = Pick<
  TranscriptReport,
  'conversations' | 'messages' | 'turns' | 'languages' | 'acts' | 'asking' | 'topics'
> &
  Partial<Pick<TranscriptReport, 'coverage'>>;
export type OnProgress = (stage: string, done: number, total: number) => Promise<void>;

type Read = { turn: Turn; reading: ReadTurn };

/** Reads every turn as production would today, and groups what was asked. `now`: for exports that tell no time. */
export async function reportOf(
  transcript: Transcript,
  reader: PastReader,
  now: number,
  onProgress: OnProgress,
): Promise<Findings> {
  const turns = transcript.conversations.flatMap(turnsOf);
  const read: Read[] = [];
  for (const turn of turns) {
    const { replies: _, ...asked } = turn;
    read.push({ turn, reading: await reader.turn(asked, turn.at ?? now) });
    if (read.length % AT_ONCE === 0) {
      await setImmediate();
      await onProgress('read', read.length, turns.length);
    }
  }
  await onProgress('group', 0, 1);
  const asking = read.filter(({ reading }) => reading.asks);
  return {
    conversations: transcript.conversations.length,
    messages: transcript.messages,
    turns: turns.length,
    languages: countBy(read, ({ reading }) => reading.language),
    acts: countBy(read, ({ reading }) => reading.act),
    asking: asking.length,
    ...(asking.length === 0 ? {} : { coverage: coverageOf(asking) }),
    topics: topicsFor(asking, reader),
  };
}

function countBy<T, Key extends string>(
  items: readonly T[],
  keyOf: (item: T) => Key,
): Partial<Record<Key, number>> & Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  return counts as Partial<Record<Key, number>> & Record<string, number>;
}

function coverageOf(asking: readonly Read[]): NonNullable<TranscriptReport['coverage']> {
  const share = (kind: ReadTurn['covered']) =>
    asking.filter(({ reading }) => reading.covered === kind).length / asking.length;
  return { sure: share('sure'), shown: share('shown'), none: share('none') };
}

function topicsFor(asking: readonly Read[], reader: PastReader): TranscriptTopic[] {
  const asked: Asked[] = asking.flatMap(({ turn, reading }, number) =>
    reading.questions.map((question) => ({
      ...question,
      language: reading.language,
      turn: number,
      replies: turn.replies,
    })),
  );
  return topicsOf(asked, reader.replyKind)
    .filter(({ members }) => members.length >= FEWEST)
    .slice(0, MAX_TOPICS)
    .map((topic) => shownTopic(topic, asked, asking, reader));
}

/** From these shares of its turns on a topic is covered, or at least partly so. */
const COVERED = 0.7;
const PARTLY = 0.3;

function shownTopic(
  topic: Topic,
  asked: readonly Asked[],
  asking: readonly Read[],
  reader: PastReader,
): TranscriptTopic {
  const turns = [...new Set(topic.members.map((at) => asked[at]?.turn ?? 0))];
  const share = turns.filter((turn) => asking[turn]?.reading.covered !== 'none').length / turns.length;
  const covered = share >= COVERED ? 'yes' : share >= PARTLY ? 'partly' : 'no';
  const nearest = reader.nearest(topic.title, topic.language);
  // What an entry answers already needs no second one.
  const proposal = covered === 'yes' ? undefined : topic.proposal;
  return {
    id: topic.id,
    title: scrub(topic.title, MAX_TEXT),
    language: topic.language,
    count: turns.length,
    covered,
    ...(nearest === undefined ? {} : { nearest }),
    examples: topic.examples,
    replies: shownReplies(topic.replies),
    ...(proposal === undefined ? {} : { proposal }),
    drafted: false,
  };
}
