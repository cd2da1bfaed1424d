import type { ConversationView } from '../lib/domain/contract/desk.ts';

/** Conversations' heads by id. */
export type Heads = Record<string, ConversationView>;

type Listed = { items: readonly ConversationView[] };

const newer = (one: ConversationView, other: ConversationView | undefined): ConversationView =>
  other !== undefined && other.version > one.version ? other : one;

/**
 * What the lists hold, each as the newest that anything has told of it. Lists are read from an index that may lag
 * behind: a conversation just taken must not jump back.
 */
export function newest(lists: readonly Listed[], told: readonly Heads[]): Heads {
  const found: Heads = {};
  for (const head of lists.flatMap(({ items }) => items)) {
    found[head.id] = told.reduce((best, heads) => newer(best, heads[head.id]), newer(head, found[head.id]));
  }
  return found;
}

/** The items as just read, with the object we had where nothing changed: what is the same is not drawn again. */
export function sameWhereUnchanged(before: readonly ConversationView[], after: ConversationView[]): ConversationView[] {
  const had = new Map(before.map((head) => [head.id, head]));
  return after.map((head) => {
    const same = had.get(head.id);
    return same?.version === head.version ? same : head;
  });
}
