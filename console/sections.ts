import type { ConversationView } from '../lib/domain/contract/desk.ts';
import { awaitsAnswer } from './awaits.ts';
import type { Heads } from './heads.ts';
import type { ListName } from './reader.ts';

export type SectionId = 'offered' | 'mine' | 'waiting' | 'bot' | 'others' | 'closed';
export const SECTIONS: readonly SectionId[] = ['offered', 'mine', 'waiting', 'bot', 'others', 'closed'];
/** The list that a section is read from. */
export const LIST_OF: Record<SectionId, ListName> = {
  offered: 'queue',
  mine: 'me',
  waiting: 'queue',
  bot: 'bot',
  others: 'others',
  closed: 'closed',
};
export type Section = { id: SectionId; items: readonly ConversationView[] };

/** How much of a conversation this desk has seen: the `customerSeq` it was last open at, by id. */
export type Seen = Record<string, number>;

type Looking = { me: string | undefined; seen: Seen; search: string };

export const isOfferedTo = (head: ConversationView, me: string | undefined): boolean =>
  me !== undefined && head.owner === 'queue' && head.offer?.agentId === me;

/** The customer has written what nobody here has looked at. */
export const isUnread = (head: ConversationView, seen: Seen): boolean =>
  head.lastAuthor === 'customer' && head.customerSeq > (seen[head.id] ?? 0);

function sectionOf(head: ConversationView, me: string | undefined): SectionId {
  if (head.owner === 'queue') return isOfferedTo(head, me) ? 'offered' : 'waiting';
  if (head.owner === 'bot' || head.owner === 'closed') return head.owner;
  return head.owner === `agent:${me}` ? 'mine' : 'others';
}

/** When a person is wanted first: the promised first response, else the longest wait. Smaller is sooner. */
const dueBy = ({ handoff }: ConversationView): number =>
  handoff?.sla?.firstResponseBy ?? (handoff === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(handoff.at));

type RankOf<T> = (one: T) => readonly number[];
type Rank = RankOf<ConversationView>;

/** By urgency: the priority, then whoever has to be answered first. */
const waitingRank: Rank = (head) => [-(head.handoff?.priority ?? 0), dueBy(head)];
const newestFirst: Rank = (head) => [-Date.parse(head.updatedAt)];
/** Unread first, then whoever still waits for an answer, then what was promised soonest, then the newest. */
const mineRank =
  (seen: Seen): Rank =>
  (head) => [
    isUnread(head, seen) ? 0 : 1,
    awaitsAnswer(head) ? 0 : 1,
    head.promise === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(head.promise.dueAt),
    -Date.parse(head.updatedAt),
  ];

/** By the first number in which two differ, the smaller first. */
export function sorted<T>(all: readonly T[], rank: RankOf<T>): T[] {
  const ranked = all.map((one) => ({ one, by: rank(one) }));
  ranked.sort((a, b) => a.by.reduce((sum, part, at) => (sum !== 0 ? sum : part - (b.by[at] ?? 0)), 0));
  return ranked.map(({ one }) => one);
}

/** Whether everything that was typed stands somewhere in what a list shows of a conversation. */
function fits(head: ConversationView, search: string): boolean {
  const { customerName = '', lastText = '', lastCustomerText = '', id, handoff, owner, lastSaid } = head;
  const all = [customerName, lastText, lastCustomerText, lastSaid?.text ?? '', id, handoff?.skill ?? '', owner]
    .join('\n')
    .toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

/** Whose is what, each section in the order in which it should be looked at. */
export function sectionsOf(heads: Heads, { me, seen, search }: Looking): Section[] {
  const found = Object.groupBy(
    Object.values(heads).filter((head) => search === '' || fits(head, search)),
    (head) => sectionOf(head, me),
  );
  const ranks: Record<SectionId, Rank> = {
    offered: (head) => [head.offer?.until ?? 0],
    mine: mineRank(seen),
    waiting: waitingRank,
    bot: newestFirst,
    others: newestFirst,
    closed: newestFirst,
  };
  return SECTIONS.map((id) => ({ id, items: sorted(found[id] ?? [], ranks[id]) }));
}
