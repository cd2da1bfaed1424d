/** Replies that an agent sent in spite of what the guard said of them: whether its warnings are heeded, or only in the way. */
import type { Head } from '../domain/conversation.ts';
import type { AgentId } from '../domain/ids.ts';
import { matchReply } from '../handoff/match.ts';
import type { FlowDeps, Place } from './flow.ts';
import { assistId } from './ids.ts';
import { hourOf } from './tally.ts';

type WarnedDeps = Pick<FlowDeps, 'conversations' | 'now' | 'tally'>;
/** `id`: the message's. `isNoted`: the use of a suggestion was recorded, and the warnings with it. */
type Sent = { id: string; text: string; agentId: AgentId; warned: readonly string[] | undefined; isNoted: boolean };

/** Once for a new message; `before` is the head that it was sent on. */
export async function noteWarned(deps: WarnedDeps, place: Place, before: Head, sent: Sent): Promise<void> {
  const { warned = [], isNoted } = sent;
  if (warned.length === 0) return;
  deps.tally?.add(place.tenant, hourOf(deps.now()), { 'warned.sent': 1 });
  if (!isNoted) await keepWarned(deps, place, before, { ...sent, warned });
}

/** Own words are kept beside the turn that they answered; outside any turn they are only counted. */
async function keepWarned(
  { conversations, now }: WarnedDeps,
  { tenant, conversation }: Place,
  { turn }: Head,
  { id, text, agentId, warned }: Sent & { warned: readonly string[] },
): Promise<void> {
  const stored =
    turn === undefined ? undefined : await conversations.assist(tenant, assistId(conversation, turn.id, turn.revision));
  if (stored === undefined) return;
  await conversations.putFeedback(tenant, conversation, {
    id: `sent:${id}`,
    assistId: stored.assist.id,
    agentId,
    at: new Date(now()).toISOString(),
    sentText: text,
    matched: true,
    ...matchReply(text, stored.assist.suggestions),
    warned: [...warned],
  });
}
