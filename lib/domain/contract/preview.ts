import * as z from 'zod';
import { Assist } from '../assist.ts';
import { Owner } from '../conversation.ts';
import { CustomerPatch } from '../customer.ts';
import { Explanation } from '../explanation.ts';
import { MAX_ASSIST_ID, ReleaseId } from '../ids.ts';
import { Language } from '../language.ts';
import { AuthorType, Part } from '../message.ts';
import { Mode } from '../tenant.ts';
import { route } from './common.ts';

/** A line said before: with its author, or with `role` as language models write it. */
const HistoryLine = z
  .object({
    author: z.union([AuthorType, z.object({ type: AuthorType })]).optional(),
    role: z.enum(['customer', 'agent', 'bot', 'user', 'assistant']).optional(),
    text: z.string().max(20_000),
  })
  .transform(({ author, role, text }) => {
    const named = typeof author === 'string' ? author : author?.type;
    const byRole = role === 'user' ? 'customer' : role === 'assistant' ? 'bot' : role;
    return { author: named ?? byRole ?? ('customer' as const), text };
  });

export const PreviewRequest = z
  .object({
    text: z.string().max(20_000).optional(),
    parts: z.array(Part).max(20).optional(),
    language: Language.optional(),
    history: z.array(HistoryLine).max(100).default([]),
    customer: CustomerPatch.partial({ id: true }).optional(),
    owner: Owner.default('bot'),
    at: z.iso.datetime({ offset: true }).optional(),
    release: ReleaseId.optional(),
    shop: z.string().max(100).optional(),
    channel: z.string().max(100).optional(),
    /** The tenant's mode as if it were another. */
    mode: Mode.optional(),
    /** Adds what was asked of the knowledge, what matched and why, and why each answer was or was not chosen. */
    explain: z.boolean().default(false),
    /**
     * Reopens a live assist from what it was computed from; everything else but `explain` is ignored. With a `release` the
     * same turn is asked of that release.
     */
    replay: z.string().max(MAX_ASSIST_ID).optional(),
  })
  .refine((request) => request.text !== undefined || request.parts !== undefined || request.replay !== undefined, {
    message: 'text, parts or replay is required',
    path: ['text'],
  });
export type PreviewRequest = z.infer<typeof PreviewRequest>;

export const previewAssist = route('POST', '/v1/assist/preview', {
  summary: 'The assist a message would get: the same code on the same snapshot as production, without side effects',
  roles: ['manager', 'agent'],
  body: PreviewRequest,
  responses: {
    200: { description: 'The assist', schema: Assist.extend({ explanation: Explanation.optional() }) },
  },
});
