/** `ConversationStore` and `WorkStore` in memory, with the conditions of the real ones: for flows and their properties. */
import { functionFor } from '../../lib/adapters/dynamodb/conversation-head.ts';
import type { Assist } from '../../lib/domain/assist.ts';
import type { Head } from '../../lib/domain/conversation.ts';
import type { Feedback } from '../../lib/domain/feedback.ts';
import { type AssistId, ConversationId } from '../../lib/domain/ids.ts';
import { toMessage } from '../../lib/domain/inbound.ts';
import type { Message } from '../../lib/domain/message.ts';
import type { KeptWrapUp } from '../../lib/domain/wrap-up.ts';
import type { ConversationStore, StoredAssist, StoredEvent } from '../../lib/ports/conversations.ts';
import type { DueWork, WorkStore } from '../../lib/ports/starts.ts';

type Line = { id: string; at: string; message?: Message; event?: StoredEvent };
type Due = { dueAt: number; attempts: number; work: DueWork['work'] };
type Place = {
  head?: Head;
  lines: Map<string, Line>;
  assists: Map<number, StoredAssist>;
  feedback: Map<string, Feedback>;
  wrapUps: Map<string, KeptWrapUp>;
};

export type MemoryStore = {
  conversations: ConversationStore;
  work: WorkStore;
  /** Every assist that was ever stored, in order: to see that revisions only go forward. */
  history: Assist[];
};

/** The ids that `respond` gives: a conversation and the first message of a turn. */
export const assistId = (conversation: string, startSeq: number): AssistId =>
  `ast_${Buffer.from(conversation).toString('base64url')}_${startSeq}` as AssistId;

export function locate(id: string): { conversation: ConversationId; startSeq: number } | undefined {
  const match = /^ast_(.+)_(\d+)$/.exec(id);
  if (match === null) return undefined;
  const conversation = ConversationId.parse(Buffer.from(match[1] ?? '', 'base64url').toString());
  return { conversation, startSeq: Number(match[2]) };
}

const isCustomers = ({ event }: StoredEvent): boolean =>
  event.type === 'message.created' && event.data.author.type === 'customer';

const lineKey = (stored: StoredEvent): string => `${isCustomers(stored) ? 'msg' : 'evt'}#${stored.id}`;
const byTime = (a: Line, b: Line): number => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1);
const copy = <T>(value: T): T => structuredClone(value);
const urgency = ({ handoff, id }: Head): string =>
  handoff === undefined ? id : `${9 - handoff.priority}#${handoff.front === true ? '!' : ''}${handoff.at}#${id}`;

/** `whereIs`: how assist ids say where they lie. */
export function memoryStore(whereIs: typeof locate = locate): MemoryStore {
  const places = new Map<string, Place>();
  const deliveries = new Map<string, string>();
  const work = new Map<string, Due>();
  const history: Assist[] = [];
  const place = (tenant: string, conversation: string): Place => {
    const key = `${tenant}#${conversation}`;
    const found = places.get(key) ?? { lines: new Map(), assists: new Map(), feedback: new Map(), wrapUps: new Map() };
    places.set(key, found);
    return found;
  };
  const workKey = (tenant: string, conversation: string, key: string): string => `${tenant}#${conversation}|${key}`;
  const pending = (tenant: string, conversation: string, line: Line | undefined): StoredEvent | undefined => {
    const due = line?.event && work.get(workKey(tenant, conversation, lineKey(line.event)));
    return due && line?.event ? { ...copy(line.event), attempts: due.attempts } : undefined;
  };

  const conversations: ConversationStore = {
    async load(tenant, conversation, limit = 40) {
      const { head, lines } = place(tenant, conversation);
      const newest = [...lines.values()]
        .filter((line) => line.message !== undefined || pending(tenant, conversation, line) !== undefined)
        .sort(byTime)
        .slice(-limit);
      return {
        head: copy(head),
        messages: newest.flatMap(({ message }) => (message === undefined ? [] : [copy(message)])),
        events: newest.flatMap((line) => pending(tenant, conversation, line) ?? []),
      };
    },
    head: async (tenant, conversation) => copy(place(tenant, conversation).head),
    async putHead(tenant, head, expected) {
      const at = place(tenant, head.id);
      if (at.head?.version !== expected) return 'conflict';
      at.head = copy(head);
      const key = workKey(tenant, head.id, 'head');
      const payload = { tenant, conversation: head.id };
      const name = functionFor(head);
      if (head.dueAt === undefined) work.delete(key);
      else
        work.set(key, {
          dueAt: head.dueAt,
          attempts: 0,
          work:
            name === 'assist' ? { name, payload: { ...payload, message: head.turn?.id ?? 'head' } } : { name, payload },
        });
      return 'ok';
    },
    async putDelivery(tenant, delivery, message) {
      const known = deliveries.get(`${tenant}#${delivery}`);
      if (known === undefined) deliveries.set(`${tenant}#${delivery}`, message);
      return known;
    },
    async receive(tenant, conversation, stored, dueAt) {
      const { lines } = place(tenant, conversation);
      const key = lineKey(stored);
      if (lines.has(key)) return 'duplicate';
      const { event, receivedAt, id } = copy(stored);
      const message =
        event.type === 'message.created' && isCustomers(stored) ? { message: toMessage(event.data, receivedAt) } : {};
      lines.set(key, { id, at: new Date(receivedAt).toISOString(), event: copy(stored), ...message });
      work.set(workKey(tenant, conversation, key), {
        dueAt,
        attempts: 0,
        work: { name: 'assist', payload: { tenant, conversation, message: id } },
      });
      return 'ok';
    },
    async due(tenant, conversation, id) {
      const { lines } = place(tenant, conversation);
      return (
        pending(tenant, conversation, lines.get(`msg#${id}`)) ?? pending(tenant, conversation, lines.get(`evt#${id}`))
      );
    },
    async done(tenant, conversation, stored) {
      work.delete(workKey(tenant, conversation, lineKey(stored)));
    },
    async putMessage(tenant, conversation, message) {
      const { lines } = place(tenant, conversation);
      const key = `msg#${message.id}`;
      if (lines.has(key)) return 'duplicate';
      lines.set(key, { id: message.id, at: message.at, message: copy(message) });
      return 'ok';
    },
    async recall(tenant, conversation, id) {
      const line = place(tenant, conversation).lines.get(`msg#${id}`);
      if (line?.message !== undefined) line.message = { ...line.message, recalled: true };
    },
    async putAssist(tenant, stored) {
      const at = whereIs(stored.assist.id);
      if (at === undefined) throw new Error(`no place for ${stored.assist.id}`);
      const { assists } = place(tenant, at.conversation);
      const known = assists.get(at.startSeq);
      if (known !== undefined && known.assist.revision >= stored.assist.revision) return 'stale';
      assists.set(at.startSeq, copy(stored));
      history.push(copy(stored.assist));
      return 'ok';
    },
    async assist(tenant, id) {
      const at = whereIs(id);
      return at === undefined ? undefined : copy(place(tenant, at.conversation).assists.get(at.startSeq));
    },
    async assists(tenant, conversation) {
      const found = [...place(tenant, conversation).assists.entries()].sort(([a], [b]) => a - b);
      return found.map(([, stored]) => copy(stored));
    },
    async putFeedback(tenant, conversation, feedback) {
      const { feedback: known } = place(tenant, conversation);
      const isNew = !known.has(feedback.id);
      known.set(feedback.id, copy(feedback));
      return isNew ? 'new' : 'known';
    },
    async putWrapUp(tenant, conversation, kept) {
      place(tenant, conversation).wrapUps.set(kept.id, copy(kept));
    },
    wrapUps: async (tenant, conversation) => copy([...place(tenant, conversation).wrapUps.values()]),
    async feedback(tenant, conversation) {
      const found = [...place(tenant, conversation).feedback.values()];
      return copy(found.sort((a, b) => (a.id < b.id ? -1 : 1)));
    },
    async waiting(tenant, limit) {
      const heads = [...places.entries()].flatMap(([key, { head }]) =>
        key.startsWith(`${tenant}#`) && head?.owner === 'queue' && head.handoff !== undefined
          ? [{ ...head.handoff, conversation: head.id, at: Date.parse(head.handoff.at) }]
          : [],
      );
      const first = (front: boolean | undefined): number => (front === true ? 0 : 1);
      return heads
        .sort((a, b) => b.priority - a.priority || first(a.front) - first(b.front) || a.at - b.at)
        .map(({ conversation, skill, priority, at, front }) => ({ conversation, skill, priority, at, front }))
        .slice(0, limit);
    },
    async list(tenant, owner, limit, cursor = '0') {
      const heads = [...places.entries()].filter(([key]) => key.startsWith(`${tenant}#`)).map(([, { head }]) => head);
      const owned = heads.filter((head): head is Head => head?.owner === owner);
      const sorted = owner === 'queue' ? owned.sort((a, b) => (urgency(a) < urgency(b) ? -1 : 1)) : owned;
      const next = Number(cursor) + limit;
      const items = copy(sorted.slice(Number(cursor), next));
      return next < sorted.length ? { items, cursor: String(next) } : { items };
    },
  };
  return { conversations, work: workOf(work), history };
}

const workOf = (work: Map<string, Due>): WorkStore => ({
  shards: 1,
  due: async (_shard, now, limit) => dueWork(work, now, limit),
  async defer({ key, dueAt, attempts }, until) {
    const found = work.get(key.sk);
    if (found?.dueAt !== dueAt) return 'conflict';
    work.set(key.sk, { ...found, dueAt: until, attempts: attempts + 1 });
    return 'ok';
  },
});

function dueWork(work: Map<string, Due>, now: number, limit: number): DueWork[] {
  return [...work.entries()]
    .filter(([, { dueAt }]) => dueAt <= now)
    .sort(([, a], [, b]) => a.dueAt - b.dueAt)
    .slice(0, limit)
    .map(([sk, found]) => ({ key: { pk: 'memory', sk }, ...found }));
}
