/** Turns: the customer's consecutive messages since the last reply of agent or bot. */
import type { Head, Turn } from '../domain/conversation.ts';
import type { MessageId } from '../domain/ids.ts';
import { hashString } from '../engine/hash.ts';
import { unassistedTurns, without } from './head.ts';

/** A turn that grows beyond what one read loads is continued by another. */
export const MAX_TURN_MESSAGES = 32;
const MAX_BACKLOG = 8;
const TURN_SEED = 0x7475726e;

/** The same conversation and first message always give the same turn. */
const turnId = (conversation: string, startSeq: number): string =>
  `trn_${hashString(conversation, TURN_SEED).toString(36)}_${startSeq}`;

/** `startSeq` of a turn from its id. */
export function startSeqOf(id: string): number | undefined {
  const seq = /^trn_[a-z0-9]+_([1-9]\d{0,8})$/.exec(id)?.[1];
  return seq === undefined ? undefined : Number(seq);
}

/** Counts a customer's message and adds it to the open turn, or opens one. */
export function extendTurn(head: Head, message: MessageId, receivedAt: number): Head {
  const seq = head.customerSeq + 1;
  const full = head.turn !== undefined && head.turn.messageIds.length >= MAX_TURN_MESSAGES;
  const base = full ? closeTurn(head) : head;
  const turn: Turn =
    base.turn === undefined
      ? {
          id: turnId(head.id, seq),
          startSeq: seq,
          messageIds: [message],
          revision: 1,
          assisted: 0,
          lastAt: receivedAt,
          openedAt: receivedAt,
        }
      : {
          ...base.turn,
          messageIds: [...base.turn.messageIds, message],
          revision: base.turn.revision + 1,
          lastAt: Math.max(base.turn.lastAt, receivedAt),
        };
  return { ...base, customerSeq: seq, turn };
}

/** Ends the open turn: somebody answered. Without a stored assist it waits in the backlog for it. */
export function closeTurn(head: Head): Head {
  const { turn } = head;
  if (turn === undefined) return head;
  const rest = without(head, 'turn');
  return turn.assisted === turn.revision ? rest : { ...rest, backlog: bounded([...(head.backlog ?? []), turn]) };
}

/** The two oldest become one, so that no message is left without an assist however long assisting fails. */
function bounded(backlog: Turn[]): Turn[] {
  const [first, second, ...rest] = backlog;
  if (backlog.length <= MAX_BACKLOG || first === undefined || second === undefined) return backlog;
  const merged = {
    ...second,
    messageIds: [...first.messageIds, ...second.messageIds],
    revision: second.revision + 1,
    again: true,
  };
  return [merged, ...rest];
}

/** The `customerSeq` of the turn's newest message. */
export const lastSeqOf = (head: Head, turn: Turn): number =>
  head.turn?.id === turn.id ? head.customerSeq : turn.startSeq + Math.max(0, turn.messageIds.length - 1);

/** Changes the turn `id`, open or waiting; the head itself when there is no such turn. */
function mapTurn(head: Head, id: string, change: (turn: Turn) => Turn): Head {
  if (head.turn?.id === id) return { ...head, turn: change(head.turn) };
  if (head.backlog?.some((turn) => turn.id === id) !== true) return head;
  return { ...head, backlog: head.backlog.map((turn) => (turn.id === id ? change(turn) : turn)) };
}

const anew = (turn: Turn): Turn => ({ ...turn, revision: turn.revision + 1, again: true });

/** A withdrawn message leaves its turn, whose assist is computed anew; nothing is answered on its strength. */
export function withdraw(head: Head, message: string): Head {
  const turn = [...(head.backlog ?? []), ...(head.turn === undefined ? [] : [head.turn])].find(({ messageIds }) =>
    messageIds.some((id) => id === message),
  );
  if (turn === undefined) return head;
  const shorter = (old: Turn): Turn => anew({ ...old, messageIds: old.messageIds.filter((id) => id !== message) });
  const changed = mapTurn(head, turn.id, shorter);
  return head.pending?.turnId === turn.id ? without(changed, 'pending') : changed;
}

/** The open turn is to be assisted under its new owner. */
export function reopenTurn(head: Head): Head {
  return head.turn === undefined ? head : { ...head, turn: anew(head.turn) };
}

/** The turn of an assist if its revision is still the newest and not yet marked as assisted. */
export function awaiting(head: Head, id: string, revision: number): Turn | undefined {
  return unassistedTurns(head).find((turn) => turn.id === id && turn.revision === revision);
}

/** Notes that the turn's newest revision has a stored assist; a turn of the backlog is finished by it. */
export function markAssisted(head: Head, id: string): Head {
  const released = head.lease?.turnId === id ? without(head, 'lease') : head;
  if (released.turn?.id === id) {
    const { revision } = released.turn;
    return { ...released, turn: { ...without(released.turn, 'again'), assisted: revision } };
  }
  const backlog = (released.backlog ?? []).filter((turn) => turn.id !== id);
  return backlog.length === 0 ? without(released, 'backlog') : { ...released, backlog };
}

/** The oldest turn to assist, unless somebody is at it. */
export function freeTurn(head: Head, now: number): Turn | undefined {
  const [turn] = unassistedTurns(head);
  if (turn === undefined) return undefined;
  const { lease } = head;
  const held = lease?.turnId === turn.id && lease.revision === turn.revision && lease.until > now;
  return held ? undefined : turn;
}

/** Takes the lease: until `until` nobody else should compute this revision. A courtesy, not a lock: storing is conditional. */
export function leaseTurn(head: Head, turn: Turn, until: number): Head {
  return { ...head, lease: { turnId: turn.id, revision: turn.revision, until } };
}
