/** What a decision does to the conversation: a reply or hand-off after the quiet window, or at once, or a hint to the platform. */
import type { Assist, Decision, DecisionReason, Source } from '../domain/assist.ts';
import type { Head, Pending } from '../domain/conversation.ts';
import type { HandoffTerms } from '../domain/handoff.ts';
import type { Part } from '../domain/message.ts';
import { GENERAL_SKILL } from '../domain/routing.ts';
import type { Mode } from '../domain/tenant.ts';
import { AT_ONCE, commitPending, DEFAULT_PRIORITY } from './commit.ts';
import { botItem } from './notice.ts';
import { enqueueSuggestion } from './outbox.ts';
import { awaiting, markAssisted } from './turn.ts';

const SUGGESTION_LIFE_MS = 10 * 60_000;

const PRIORITY: Partial<Record<DecisionReason, number>> = {
  safety: 9,
  legal: 8,
  asked_for_person: 6,
  policy_human: 5,
  needs_person: 5,
};
/** A stored assist and what of the tenant's settings its consequences depend on. */
export type Verdict = {
  assist: Assist;
  /** Of the head that the assist was computed under; another epoch's decision has no consequences. */
  epoch: number;
  mode: Mode;
  hasCallback: boolean;
  quietMs: number;
  disclosure: string;
  /** Told to the customer at a hand-off; empty: nothing. */
  notice: string;
  /** What holds of a hand-off from its commit on. */
  terms?: HandoffTerms;
};

/** Notes the assist of its turn's newest revision and does what it decided; a superseded assist changes nothing. */
export function decided(head: Head, verdict: Verdict, now: number): Head {
  const { assist } = verdict;
  const turn = awaiting(head, assist.turnId, assist.revision);
  if (turn === undefined) return head;
  const marked = markAssisted(head, turn.id);
  if (marked.turn?.id !== turn.id || verdict.mode === 'shadow' || verdict.epoch !== head.epoch) return marked;
  const told = suggestionFor(raised(marked, assist), verdict, now);
  const pending = head.owner === 'bot' ? pendingOf(marked, verdict, turn.lastAt) : undefined;
  return pending === undefined ? told : commitPending({ ...told, pending }, now);
}

/** A customer who waits for a person and grows urgent moves up the queue; they are told of it in the language they write. */
function raised(head: Head, { decision, understanding: { language } }: Assist): Head {
  const { handoff } = head;
  if (handoff === undefined) return head;
  const urgent = decision.priority ?? (decision.escalate ? PRIORITY[decision.reason] : undefined) ?? 0;
  const priority = Math.max(urgent, handoff.priority);
  if (priority === handoff.priority && language === (handoff.language ?? language)) return head;
  return { ...head, handoff: { ...handoff, priority, language } };
}

function suggestionFor(head: Head, { assist, hasCallback }: Verdict, now: number): Head {
  const offered = assist.decision.kind === 'suggest' || head.owner !== 'bot';
  if (!hasCallback || !offered || assist.suggestions.length === 0) return head;
  return enqueueSuggestion(head, {
    ...botItem(head, 'suggestion', `suggestion:${assist.turnId}:${assist.revision}`, '', now, SUGGESTION_LIFE_MS),
    assistId: assist.id,
    turnId: assist.turnId,
    revision: assist.revision,
  });
}

/** What the bot will do once the quiet window has passed; nothing for `none` and `suggest`. */
function pendingOf(head: Head, verdict: Verdict, lastAt: number): Pending | undefined {
  const { assist } = verdict;
  const base = {
    turnId: assist.turnId,
    revision: assist.revision,
    epoch: head.epoch,
    customerSeq: head.customerSeq,
    dueAt: lastAt + verdict.quietMs,
    reason: assist.decision.reason,
    assistId: assist.id,
  };
  switch (assist.decision.kind) {
    case 'handoff':
      return { ...base, ...handoffOf(assist, verdict), ...(AT_ONCE.has(base.reason) ? { dueAt: 0 } : {}) };
    case 'auto_reply':
    case 'clarify':
      return assist.decision.reply && { ...base, ...replyOf(assist, assist.decision.reply, verdict.disclosure) };
    default:
      return undefined;
  }
}

const handoffOf = ({ decision }: Assist, { notice, terms }: Verdict) => ({
  kind: 'handoff' as const,
  skill: decision.skill ?? GENERAL_SKILL,
  priority: decision.priority ?? PRIORITY[decision.reason] ?? DEFAULT_PRIORITY,
  ...(notice === '' ? {} : { text: notice }),
  ...(terms === undefined ? {} : { terms }),
});

function replyOf(
  { decision, suggestions, understanding }: Assist,
  reply: NonNullable<Decision['reply']>,
  disclosure: string,
) {
  const { text, suggestionId, attachments = [] } = reply;
  const source = suggestions.find(({ id }) => id === suggestionId)?.source;
  const others = sourcesOf(understanding, reply).filter((one) => one.id !== source?.id);
  const parts: Part[] = [{ kind: 'text', text }, ...attachments.map(attachment)];
  return {
    kind: 'reply' as const,
    text,
    ...(disclosure === '' ? {} : { disclosure }),
    ...(attachments.length === 0 ? {} : { parts }),
    ...(decision.choices === undefined ? {} : { choices: decision.choices }),
    ...(suggestionId === undefined ? {} : { suggestionId }),
    ...(source === undefined ? {} : { answerKey: answerKey(source) }),
    ...(others.length === 0 ? {} : { otherKeys: others.map(answerKey) }),
  };
}

/** What a reply to several questions is made of. */
function sourcesOf(
  { questions }: Assist['understanding'],
  { suggestionIds = [] }: NonNullable<Decision['reply']>,
): Source[] {
  const answers = questions.flatMap(({ suggestions = [] }) => suggestions);
  const ids = new Set(suggestionIds);
  const sources = new Map(answers.filter(({ id }) => ids.has(id)).map(({ id, source }) => [id, source]));
  return [...sources.values()];
}

/** An entry's answer, or what it asks back: having asked is not having answered. */
export const answerKey = (source: { id: string; answer?: number | undefined }): string =>
  `${source.id}#${source.answer ?? 'ask'}`;

const IMAGE = /\.(?:png|jpe?g|gif|webp)(?:\?|$)/i;
const attachment = (url: string): Part => ({ kind: IMAGE.test(url) ? 'image' : 'file', url });
