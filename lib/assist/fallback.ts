/** Assists that are made without reading the turn: there is nothing left to read, or reading it keeps failing. */
import type { Assist, Decision } from '../domain/assist.ts';
import type { Head, Turn } from '../domain/conversation.ts';
import { NO_RELEASE } from '../domain/ids.ts';
import { GENERAL_SKILL } from '../domain/routing.ts';
import type { Understanding } from '../domain/understanding.ts';
import { lastSeqOf } from '../handoff/turn.ts';
import { assistId, replayId } from './ids.ts';
import type { Situation } from './situation.ts';

const UNREACHABLE = { autoReply: 1.01, suggest: 1.01 };

const unread = (language: Understanding['language'], act: Understanding['act']): Understanding => ({
  language,
  act,
  intent: { name: 'unknown', confidence: 0 },
  alternatives: [],
  questions: [],
  entities: [],
  sentiment: { label: 'neutral', score: 0, angry: false },
  flags: [],
});

type Frame = { head: Pick<Head, 'id' | 'customerSeq'>; turn: Pick<Turn, 'id' | 'revision' | 'messageIds'>; at: number };

const empty = ({ head, turn, at }: Frame, understanding: Understanding, decision: Decision): Assist => ({
  id: assistId(head.id, turn.id, turn.revision),
  conversationId: head.id,
  turnId: turn.id,
  messageIds: [...turn.messageIds],
  revision: turn.revision,
  customerSeq: head.customerSeq,
  createdAt: new Date(at).toISOString(),
  release: NO_RELEASE,
  replay: replayId(head.id, turn.id, turn.revision),
  degraded: [],
  understanding,
  suggestions: [],
  cards: [],
  decision,
  timings: {},
});

/** Of a turn whose every message was withdrawn: what was suggested for it is gone. */
export function withdrawnAssist(head: Head, turn: Turn, at: number): Assist {
  const decision: Decision = { kind: 'none', reason: 'no_question', escalate: false, thresholds: UNREACHABLE };
  const frame = { head: { id: head.id, customerSeq: lastSeqOf(head, turn) }, turn, at };
  return empty(frame, unread(head.language ?? 'zh', 'inform'), decision);
}

/** A turn that cannot be assisted goes to a person, never into silence. */
export function fallbackAssist(situation: Situation): Assist {
  const { conversationId: id, customerSeq, turn, owner, language, tenant, at } = situation;
  const kind = owner === 'bot' ? 'handoff' : 'none';
  const decision: Decision = {
    kind,
    reason: 'nothing_fits',
    escalate: owner !== 'bot',
    thresholds: UNREACHABLE,
    ...(kind === 'handoff' ? { skill: GENERAL_SKILL, priority: 5 } : {}),
  };
  const frame = { head: { id, customerSeq }, turn: { ...turn, messageIds: [...turn.messageIds] }, at };
  const assist = empty(frame, unread(language ?? tenant.languages[0] ?? 'zh', 'question'), decision);
  return { ...assist, degraded: [...situation.degraded, 'assist'] };
}
