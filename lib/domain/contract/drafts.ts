import * as z from 'zod';
import { Source } from '../assist.ts';
import { ConversationId, MAX_ASSIST_ID } from '../ids.ts';
import { route } from './common.ts';

/** Why the authored text stands: no model, its budget, its time, its failure, or what it wrote or was to read. */
export const AuthoredReason = z.enum([
  'not_configured',
  'over_budget',
  'timeout',
  'failed',
  'ungrounded',
  'injection',
  'no_source',
]);
export type AuthoredReason = z.infer<typeof AuthoredReason>;

const Claim = z.object({
  kind: z.enum(['number', 'date', 'size', 'link', 'name', 'product', 'promise', 'length', 'subject']),
  text: z.string(),
});

/** A reply for an agent to read and send: a model's words about the sources, or the authored ones. */
export const DraftedReply = z.object({
  kind: z.enum(['draft', 'authored']),
  text: z.string(),
  sources: z.array(Source),
  reason: AuthoredReason.optional(),
  /** What a dropped draft claimed and no source says. */
  claims: z.array(Claim).optional(),
});
export type DraftedReply = z.infer<typeof DraftedReply>;

export const draftReply = route('POST', '/v1/desk/assists/{id}/draft', {
  summary: 'A reply in words that fit the conversation, drafted from the suggestions and checked against them',
  roles: ['agent'],
  params: z.object({ id: z.string().max(MAX_ASSIST_ID) }),
  body: z.object({
    /** The suggestion it is to be made of; without one, the first. */
    suggestionId: z.string().max(200).optional(),
    /** Let the words be fewer, or warmer. */
    tone: z.enum(['plain', 'shorter', 'warmer']).default('plain'),
  }),
  responses: { 200: { description: '`authored` when no draft may be shown', schema: DraftedReply } },
});

/** One line of a summary, with the messages it comes from. */
export const SummaryPoint = z.object({
  kind: z.enum(['wanted', 'tried', 'fact', 'mood', 'open']),
  text: z.string(),
  messageIds: z.array(z.string()),
});
export type SummaryPoint = z.infer<typeof SummaryPoint>;

export const Summary = z.object({
  kind: z.enum(['drafted', 'rules']),
  points: z.array(SummaryPoint),
  reason: AuthoredReason.optional(),
});
export type Summary = z.infer<typeof Summary>;

export const summariseConversation = route('POST', '/v1/desk/conversations/{id}/summary', {
  summary: 'What is wanted, what was tried, what is known and what is open, each point with its messages',
  roles: ['agent'],
  params: z.object({ id: ConversationId }),
  responses: { 200: { description: '`rules` when no draft may be shown', schema: Summary } },
});
