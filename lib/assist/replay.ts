import * as z from 'zod';
import { Owner } from '../domain/conversation.ts';
import { Customer } from '../domain/customer.ts';
import { ConversationId, MessageId } from '../domain/ids.ts';
import { Language } from '../domain/language.ts';
import { AuthorType, Part } from '../domain/message.ts';
import { Settings } from '../domain/tenant.ts';
import type { ReplayInputs } from './situate.ts';

/** What is kept beside an assist, as it comes back from the store. */
const Stored = z.object({
  settings: Settings,
  customer: Customer.optional(),
  conversationId: ConversationId,
  turn: z.object({
    id: z.string(),
    revision: z.number().int(),
    messageIds: z.array(MessageId),
    parts: z.array(Part),
  }),
  customerSeq: z.number().int(),
  history: z.array(z.object({ author: AuthorType, text: z.string(), products: z.array(z.string()).optional() })),
  owner: Owner,
  firstContact: z.boolean(),
  sent: z.array(z.string()),
  language: Language.optional(),
  shop: z.string().optional(),
  channel: z.string().optional(),
  at: z.number(),
  degraded: z.array(z.string()),
  dense: z
    .array(
      z.object({
        text: z.string(),
        vector: z.string().optional(),
        hits: z.array(z.object({ key: z.string(), similarity: z.number() })).optional(),
      }),
    )
    .optional(),
});

/** What an assist was computed from, less what is looked up again: the release that it names, and the catalogue. */
export function readReplayInputs(stored: unknown): ReplayInputs {
  const { customer, language, shop, channel, ...rest } = Stored.parse(stored);
  return { ...rest, customer, language, shop, channel };
}
