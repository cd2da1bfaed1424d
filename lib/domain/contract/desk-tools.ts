/** What stands beside an agent at work: a look at the reply before it goes, what to show before the first word, the wrap-up. */
import * as z from 'zod';
import { ConversationId } from '../ids.ts';
import { Language } from '../language.ts';
import { Opening } from '../opening.ts';
import { ProductCard } from '../product.ts';
import { WrapUp } from '../wrap-up.ts';
import { route } from './common.ts';
import { SummaryPoint } from './drafts.ts';

const agent = { roles: ['agent'] } as const;
const inConversation = { ...agent, params: z.object({ id: ConversationId }) };

/** What is wrong with a reply: it contradicts what is known, promises what the shop does not, or says what it should not. `repeated`: it was sent already. */
export const WarningKind = z.enum([
  'price',
  'stock',
  'fact',
  'policy',
  'promise',
  'personal_data',
  'abusive',
  'language',
  'repeated',
]);
export type WarningKind = z.infer<typeof WarningKind>;

/** One thing to look at before sending. `start` and `end` are UTF-16 offsets into the text (`end` exclusive). */
export const ReplyWarning = z.object({
  kind: WarningKind,
  text: z.string(),
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
  message: z.object({ zh: z.string(), en: z.string() }),
  /** What is known instead. */
  expected: z.string().optional(),
});
export type ReplyWarning = z.infer<typeof ReplyWarning>;

export const checkReply = route('POST', '/v1/desk/conversations/{id}/check', {
  summary: 'What should be looked at before a reply goes: facts it contradicts, promises, personal data, words',
  ...inConversation,
  body: z.object({ text: z.string().max(5_000), language: Language.optional() }),
  responses: {
    200: { description: 'Nothing found: an empty list', schema: z.object({ warnings: z.array(ReplyWarning) }) },
  },
});

export const readOpening = route('GET', '/v1/desk/conversations/{id}/opening', {
  summary: 'What the customer probably came for, before their first word, and what the lead is worth',
  ...inConversation,
  responses: { 200: { description: 'Empty lists where nothing is known', schema: Opening } },
});

export const WrapUpDraft = z.object({
  draft: WrapUp,
  kind: z.enum(['drafted', 'rules']),
  points: z.array(SummaryPoint),
});
export type WrapUpDraft = z.infer<typeof WrapUpDraft>;

export const draftWrapUp = route('POST', '/v1/desk/conversations/{id}/wrap-up', {
  summary: 'A note on how the conversation went, to edit and to send with `close`',
  ...inConversation,
  responses: { 200: { description: '`rules` when no draft may be shown', schema: WrapUpDraft } },
});

export const searchDeskProducts = route('GET', '/v1/desk/products', {
  summary: 'Products as cards, for words, needs, a price or a SKU; the best first',
  ...agent,
  query: z.object({
    q: z.string().trim().min(1).max(500),
    limit: z.coerce.number().int().min(1).max(20).default(8),
  }),
  responses: {
    200: { description: 'With the facts of now', schema: z.object({ items: z.array(ProductCard) }) },
  },
});
