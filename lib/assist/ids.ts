import { createHash } from 'node:crypto';
import { AssistId, ConversationId } from '../domain/ids.ts';

/** Which assist an id names: its key in the store can be made from the id alone. */
export type AssistKey = { conversationId: ConversationId; turnId: string; revision: number };

const ASSIST = 'ast_';
const REPLAY = 'rpl_';
/** An id is at most two 200-character ids in UTF-8 and base64; longer ones are not ours. */
const MAX_LENGTH = 2_400;

function encode(prefix: string, { conversationId, turnId, revision }: AssistKey): string {
  return prefix + Buffer.from(`${conversationId}\n${turnId}\n${revision}`, 'utf8').toString('base64url');
}

/** The id of the one assist of a turn's revision; the same whenever it is computed. */
export function assistId(conversationId: ConversationId, turnId: string, revision: number): AssistId {
  return AssistId.parse(encode(ASSIST, { conversationId, turnId, revision }));
}

/** Reopens the assist in the hit tester. */
export function replayId(conversationId: ConversationId, turnId: string, revision: number): string {
  return encode(REPLAY, { conversationId, turnId, revision });
}

export function parseAssistId(id: string): AssistKey | undefined {
  return decode(ASSIST, id);
}

export function parseReplayId(id: string): AssistKey | undefined {
  return decode(REPLAY, id);
}

/** Ids come from outside: only what `encode` would write again is taken. */
function decode(prefix: string, id: string): AssistKey | undefined {
  if (!id.startsWith(prefix) || id.length > MAX_LENGTH) return undefined;
  const [conversation, turnId, written, ...more] = Buffer.from(id.slice(prefix.length), 'base64url')
    .toString('utf8')
    .split('\n');
  const conversationId = ConversationId.safeParse(conversation);
  const revision = Number(written);
  const complete = turnId !== undefined && turnId !== '' && more.length === 0;
  if (!conversationId.success || !complete || !Number.isSafeInteger(revision) || revision < 1) return undefined;
  const key = { conversationId: conversationId.data, turnId, revision };
  return encode(prefix, key) === id ? key : undefined;
}

/** The same answer of the same release is the same suggestion, whichever message it is offered for. */
export function suggestionId(entryId: string, answer: number | undefined, release: string): string {
  return `sug_${digest(`${entryId}\n${answer ?? 'ask'}\n${release}`)
    .toString('hex')
    .slice(0, 16)}`;
}

/** A number that is the same for all revisions of a turn: where rotation starts. */
export function turnSeed(conversationId: string, turnId: string): number {
  return digest(`${conversationId}\n${turnId}`).readUInt32BE(0);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
