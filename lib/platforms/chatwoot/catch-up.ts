/**
 * What no webhook has brought is read from Chatwoot: it sends an account's webhook once and gives up after five seconds.
 * A round goes down the list of conversations, the last active first, until those that were quiet since the last round
 * began, and reads their messages. Every step may be repeated: what is held is not taken again.
 *
 * Two things keep a round from missing what moves while it reads. Its times are Chatwoot's own, and reach `OVERLAP_S`
 * behind the round before, since a message may be seen later than it is dated. And a conversation that becomes active
 * moves up the list, past the page that is being read: it is active after this round's beginning, so the next round looks
 * at it, and reads its messages back to where this one did (`from`).
 */
import type { ChatwootReached } from '../../domain/chatwoot.ts';
import type { ChatwootApi } from './api.ts';
import type { ChatwootConversation, ChatwootMessage } from './shapes.ts';

const OVERLAP_S = 150;
/** Messages come by twenty (`MessageFinder`); of one conversation at most 200 are read. */
const MESSAGES_A_PAGE = 20;
const MAX_MESSAGE_PAGES = 10;
/** Each is a request; the list and later pages of messages come on top. Chatwoot takes 3,000 a minute. */
const MAX_CONVERSATIONS = 300;
/** So many are read at a time. */
const AT_ONCE = 5;

/** `at`: Chatwoot's time as it was listed, in epoch seconds. Messages oldest first. */
export type Fresh = { conversation: ChatwootConversation; messages: ChatwootMessage[]; at: number };

export type CatchUpSteps = {
  api: Pick<ChatwootApi, 'active' | 'messages'>;
  /** Whether a conversation is of an inbox that counts. */
  isWanted(conversation: ChatwootConversation): boolean;
  /** Takes what is not held of a conversation. */
  take(fresh: Fresh): Promise<void>;
  /** Keeps how far it got; `lost` where another run has taken over. */
  save(reached: ChatwootReached): Promise<'ok' | 'lost'>;
  /** Epoch ms: stands in where Chatwoot does not say the time. */
  now(): number;
  /** Nothing is begun after it (epoch ms). */
  until: number;
};

export type Progress = { reached: ChatwootReached; outcome: 'done' | 'more' | 'lost' };

export const beginAt = (of: string, nowMs: number): ChatwootReached => {
  const at = Math.floor(nowMs / 1_000);
  return { of, since: at, from: at, failures: 0 };
};

const activeAt = ({ last_activity_at, timestamp, updated_at }: ChatwootConversation): number =>
  last_activity_at ?? timestamp ?? updated_at ?? Number.POSITIVE_INFINITY;

/** Reads until the round is over, or as much as one run may. Raises as the API does; what was saved stays. */
export async function catchUp(steps: CatchUpSteps, begun: ChatwootReached): Promise<Progress> {
  let progress: Progress = { reached: begun, outcome: 'more' };
  let left = MAX_CONVERSATIONS;
  while (progress.outcome === 'more' && left > 0 && steps.now() < steps.until) {
    const { read, ...further } = await nextPage(steps, progress.reached);
    if (read === undefined) break;
    left -= read;
    progress = further;
    if ((await steps.save(progress.reached)) === 'lost') return { ...progress, outcome: 'lost' };
  }
  return progress;
}

/** Reads one page. `read`: how many conversations; undefined when time ran out first, and nothing was got further. */
async function nextPage(steps: CatchUpSteps, reached: ChatwootReached): Promise<Progress & { read?: number }> {
  const { conversations, at } = await listed(steps, reached);
  const round = reached.round ?? { at, page: 1 };
  const active = conversations.filter((one) => activeAt(one) >= reached.since - OVERLAP_S);
  const wanted = active.filter(steps.isWanted);
  if (!(await readAll(steps, wanted, reached.from, at))) return { reached, outcome: 'more' };
  const isOver = active.length < conversations.length || conversations.length === 0;
  return isOver
    ? { reached: nextRound(reached, round.at), outcome: 'done', read: wanted.length }
    : { reached: { ...reached, round: { ...round, page: round.page + 1 } }, outcome: 'more', read: wanted.length };
}

async function listed({ api, now }: CatchUpSteps, { round }: ChatwootReached) {
  const { conversations, at } = await api.active(round?.page ?? 1);
  return { conversations, at: Math.floor((at ?? now()) / 1_000) };
}

const nextRound = ({ of, since }: ChatwootReached, began: number): ChatwootReached => ({
  of,
  since: Math.max(since, began),
  from: since,
  failures: 0,
});

/** False when time ran out first: the page is read again by the next run. */
async function readAll(steps: CatchUpSteps, active: ChatwootConversation[], from: number, at: number) {
  for (let first = 0; first < active.length; first += AT_ONCE) {
    if (steps.now() >= steps.until) return false;
    const some = active.slice(first, first + AT_ONCE);
    await Promise.all(
      some.map(async (conversation) => {
        const messages = await messagesSince(steps, conversation.id, from - OVERLAP_S);
        await steps.take({ conversation, messages, at });
      }),
    );
  }
  return true;
}

/** Oldest first. */
async function messagesSince({ api }: CatchUpSteps, id: number, since: number): Promise<ChatwootMessage[]> {
  const isFresh = ({ created_at }: ChatwootMessage): boolean => created_at == null || created_at >= since;
  let found: ChatwootMessage[] = [];
  let upTo: number | undefined;
  for (let page = 0; page < MAX_MESSAGE_PAGES; page += 1) {
    const older = await api.messages(id, upTo);
    const [oldest] = older;
    found = [...older.filter(isFresh), ...found];
    if (oldest === undefined || older.length < MESSAGES_A_PAGE || !isFresh(oldest)) break;
    upTo = oldest.id - 1;
  }
  return found;
}
