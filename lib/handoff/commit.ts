/** What the bot was about to do is done: once the quiet window has passed, and only while everything still stands. */
import type { DecisionReason } from '../domain/assist.ts';
import type { Head, OutboxItem, Pending } from '../domain/conversation.ts';
import type { Handoff } from '../domain/handoff.ts';
import type { Part } from '../domain/message.ts';
import { GENERAL_SKILL } from '../domain/routing.ts';
import { addSent, enqueue, withLast, withOwner, without } from './head.ts';
import { botItem, noticed } from './notice.ts';
import { CLAIM_MS, outboxFull } from './outbox.ts';
import { timesFrom } from './terms.ts';
import { closeTurn } from './turn.ts';

const REPLY_LIFE_MS = 10 * 60_000;
const HANDOFF_LIFE_MS = 24 * 3_600_000;
export const DEFAULT_PRIORITY = 4;

/** These are never waited with: a person is wanted whatever else the customer goes on to say. */
export const AT_ONCE: ReadonlySet<DecisionReason> = new Set<DecisionReason>(['asked_for_person', 'safety', 'legal']);

/** Whether what is pending still stands: same owner, same epoch, and the customer said nothing since. */
function stands(head: Head, pending: Pending): boolean {
  return (
    head.owner === 'bot' &&
    head.epoch === pending.epoch &&
    head.customerSeq === pending.customerSeq &&
    head.turn?.id === pending.turnId &&
    head.turn.revision === pending.revision
  );
}

/** Commits what is pending once it is due and stands; drops it if it does not stand. */
export function commitPending(head: Head, now: number): Head {
  const { pending } = head;
  if (pending === undefined) return head;
  const rest = without(head, 'pending');
  if (!stands(head, pending)) return rest;
  if (pending.dueAt > now) return head;
  // The platform takes nothing at the moment; what the bot has to say is tried again rather than lost.
  if (outboxFull(head, pending.text ?? '')) return { ...head, pending: { ...pending, dueAt: now + CLAIM_MS } };
  return pending.kind === 'reply' ? committedReply(rest, pending, now) : handedOff(rest, pending, now);
}

function committedReply(head: Head, pending: Pending, now: number): Head {
  const answer = pending.text ?? '';
  const disclosure = head.disclosed ? undefined : pending.disclosure;
  const text = disclosure === undefined ? answer : `${disclosure}\n${answer}`;
  const botSeq = head.botSeq + 1;
  const reply: OutboxItem = {
    ...botItem(head, 'bot_reply', `bot:${botSeq}`, text, now, REPLY_LIFE_MS),
    assistId: pending.assistId,
    ...(pending.parts === undefined ? {} : { parts: disclosed(pending.parts, text) }),
    ...(pending.choices === undefined ? {} : { choices: pending.choices }),
    ...(pending.suggestionId === undefined ? {} : { suggestionId: pending.suggestionId }),
  };
  const said = {
    ...closeTurn(head),
    botSeq,
    disclosed: head.disclosed || disclosure !== undefined,
    ...(pending.reason === 'self_service' ? { selfServed: true } : {}),
  };
  return withLast(addSent(enqueue(said, reply), answer, pending.answerKey, ...(pending.otherKeys ?? [])), 'bot', text);
}

const disclosed = (parts: readonly Part[], text: string): Part[] => [{ kind: 'text', text }, ...parts.slice(1)];

/** Puts the conversation into the queue, tells the customer and asks the platform for a person. */
function handedOff(head: Head, pending: Pending, now: number): Head {
  const queued: Head = { ...withOwner(head, 'queue'), handoff: handoffFrom(pending, now) };
  const notified = pending.text === undefined ? queued : told(queued, pending, pending.text, now);
  return enqueue(notified, {
    ...botItem(notified, 'handoff', `handoff:${notified.epoch}`, '', now, HANDOFF_LIFE_MS),
    assistId: pending.assistId,
  });
}

function handoffFrom({ reason, skill = GENERAL_SKILL, priority, assistId, terms = {} }: Pending, now: number): Handoff {
  const { language, line } = terms;
  return {
    reason,
    skill,
    priority: priority ?? DEFAULT_PRIORITY,
    at: new Date(now).toISOString(),
    assistId,
    ...(language === undefined ? {} : { language }),
    ...(line === undefined ? {} : { line, toldPlace: line.place }),
    ...timesFrom(now, skill, terms),
  };
}

/** The notice; what it asks for is not asked again. */
const told = (head: Head, pending: Pending, text: string, now: number): Head =>
  asked(addSent(noticed(head, text, now), pending.terms?.ask), pending);

/**
 * Who asked for a person and is told that one comes was answered: what they write next is another turn. Where nothing
 * fitted, the sentence may not have been over, and goes on in the same turn.
 */
const asked = (head: Head, { reason }: Pending): Head => (AT_ONCE.has(reason) ? closeTurn(head) : head);
