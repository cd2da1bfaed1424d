/** Visits of a customer, so that a conversation that goes on for years is counted by what happened in it. */
import type { Episode, Head } from '../domain/conversation.ts';

/** After so long a silence a customer's next message begins another visit. */
export const SILENCE_MS = 12 * 3_600_000;

const isPersons = (head: Head): boolean => head.owner === 'queue' || head.owner.startsWith('agent:');

/** Whether an agent wrote in the change from one to the other. */
export const agentSpoke = (before: Head, head: Head): boolean =>
  head.lastAuthor === 'agent' &&
  (before.lastAuthor !== 'agent' || before.lastText !== head.lastText || before.lastAgent?.at !== head.lastAgent?.at);

/** The visit that goes on; undefined where another may begin. */
function current(before: Head, head: Head): Episode | undefined {
  if (before.owner === 'closed' && head.owner !== 'closed') return undefined;
  const silent = Date.parse(head.updatedAt) - Date.parse(before.updatedAt) > SILENCE_MS;
  return silent && head.customerSeq > before.customerSeq ? undefined : before.episode;
}

/**
 * The visit after a change; `head` has its new time. One begins when the customer writes or a person takes part; what a
 * person once had a part in stays so until it ends.
 */
export function episodeAfter(before: Head, head: Head): Episode | undefined {
  const known = current(before, head);
  const spoke = agentSpoke(before, head);
  const takesPart = isPersons(head) || spoke;
  if (known === undefined && !takesPart && head.customerSeq === before.customerSeq) return undefined;
  return {
    at: known?.at ?? Date.parse(head.updatedAt),
    ...(takesPart || known?.person === true ? { person: true } : {}),
    ...(spoke || known?.answered === true ? { answered: true } : {}),
  };
}
