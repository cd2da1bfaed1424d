import type { ConversationId } from '../domain/ids.ts';
import { startSeqOf } from '../handoff/turn.ts';
import { parseAssistId } from './ids.ts';

/** Where the assist of a turn lies in the store; any revision's id leads to the one that is kept. */
export function locateAssist(id: string): { conversation: ConversationId; startSeq: number } | undefined {
  const key = parseAssistId(id);
  const startSeq = key === undefined ? undefined : startSeqOf(key.turnId);
  return key === undefined || startSeq === undefined ? undefined : { conversation: key.conversationId, startSeq };
}
