/** What was read from Chatwoot's API as the events its webhooks would have brought. */
import { InboundEvent } from '../../domain/event.ts';
import type { Fresh } from './catch-up.ts';
import { isWanted, parse } from './parse.ts';
import { conversationOf, type Reading } from './reading.ts';
import { type ChatwootMessage, ReadEvent } from './shapes.ts';
import { stateOf } from './state.ts';

/** `isPast`: people are done with it there, so nobody is to answer it: it is kept for whoever reads the conversation. */
export type Fetched = { delivery: string; event: InboundEvent; at: number; isPast: boolean };

/**
 * A message that comes as its conversation is resolved reopens it a moment later. Only what was said that long (seconds)
 * before the list was read counts as past; anything newer waits for the next round.
 */
const SETTLED_S = 60;

/** Oldest first; `receivedAt` in epoch ms. A message that cannot be read is left out. */
export function fetchedEvents(fresh: Fresh, reading: Reading, receivedAt: number): Fetched[] {
  if (!isWanted(fresh.conversation, reading)) return [];
  const isPast = fresh.conversation.status === 'resolved';
  const settled = isPast ? fresh.messages.filter((message) => isSettled(message, fresh.at)) : fresh.messages;
  return settled.flatMap((message) =>
    (['message_created', 'message_updated'] as const).flatMap((name) => {
      const at = (message.created_at ?? receivedAt / 1_000) * 1_000;
      const events = readAs(name, message, fresh, { reading, receivedAt });
      return events.map((event) => ({ delivery: `chatwoot:fetched:${message.id}:${event.type}`, event, at, isPast }));
    }),
  );
}

const isSettled = ({ created_at }: ChatwootMessage, at: number): boolean => (created_at ?? 0) <= at - SETTLED_S;

type Seeing = { reading: Reading; receivedAt: number };

function readAs(name: string, message: ChatwootMessage, { conversation }: Fresh, seeing: Seeing): InboundEvent[] {
  const isDeleted = message.content_attributes?.['deleted'] === true;
  if (name === 'message_created' && isDeleted) return [];
  try {
    const read = ReadEvent.parse({ ...message, event: name, conversation });
    return parse(read, seeing.reading, seeing.receivedAt);
  } catch {
    // As a webhook it would have been refused; the round must not end with it.
    return [];
  }
}

/** How we know the conversation: whose it is, and the newest state that was applied (epoch ms). */
export type Known = { owner: string; platformAt?: number | undefined };

/**
 * How the conversation stands, where that is newer than what we were told and says that people have it or are done with
 * it. Nothing else is concluded from a state without the change that led to it: what we have just told Chatwoot may not
 * have arrived there.
 */
export function fetchedState(
  { conversation, at }: Fresh,
  reading: Reading,
  { owner, platformAt = 0 }: Known,
): Omit<Fetched, 'isPast'> | undefined {
  if (!isWanted(conversation, reading) || owner === 'closed') return undefined;
  const isOver = conversation.status === 'resolved' && (conversation.last_activity_at ?? 0) <= at - SETTLED_S;
  const state = stateOf(conversation, reading, at * 1_000, isOver ? ['status'] : []);
  const isTaken = owner === 'bot' || (owner === 'queue' && state?.agentId !== undefined);
  if (state === undefined || state.at <= platformAt || !(isOver || isTaken)) return undefined;
  const conversationId = conversationOf(conversation.id);
  const event = InboundEvent.parse({ type: 'conversation.state', data: { conversationId, state } });
  return { delivery: `chatwoot:fetched:${conversation.id}:${state.at}:state`, event, at: state.at };
}
