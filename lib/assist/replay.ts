import * as z from 'zod';
import { NO_RELEASE } from '../domain/assist.ts';
import { Owner } from '../domain/conversation.ts';
import { Customer } from '../domain/customer.ts';
import { ConversationId, MessageId, ReleaseId } from '../domain/ids.ts';
import { Language } from '../domain/language.ts';
import { AuthorType, Part } from '../domain/message.ts';
import type { Situation } from './situation.ts';

/**
 * What an assist was computed from, kept beside it: everything of the situation that is not looked up again. The
 * release is named, so a replay reads the snapshot that answered then; settings and product facts are today's.
 */
export const ReplayInputs = z.object({
  release: ReleaseId,
  customer: Customer.optional(),
  conversationId: ConversationId,
  turn: z.object({
    id: z.string(),
    revision: z.number().int(),
    messageIds: z.array(MessageId),
    parts: z.array(Part),
  }),
  customerSeq: z.number().int(),
  history: z.array(z.object({ author: AuthorType, text: z.string() })),
  owner: Owner,
  firstContact: z.boolean(),
  sent: z.array(z.string()),
  language: Language.optional(),
  shop: z.string().optional(),
  channel: z.string().optional(),
  at: z.number(),
  degraded: z.array(z.string()),
});
export type ReplayInputs = z.infer<typeof ReplayInputs>;

/** The inputs to keep of a situation. */
export function replayInputs(situation: Situation): ReplayInputs {
  const { tenant: _, knowledge, catalog: __, ...rest } = situation;
  return ReplayInputs.parse({ ...rest, release: knowledge?.release ?? NO_RELEASE });
}

/** The situation's part that was kept, and the release that answered. */
export function readReplayInputs(stored: unknown): {
  release: ReleaseId;
  situation: Omit<Situation, 'tenant' | 'knowledge' | 'catalog'>;
} {
  const { release, customer, language, shop, channel, ...rest } = ReplayInputs.parse(stored);
  return { release, situation: { ...rest, customer, language, shop, channel } };
}
