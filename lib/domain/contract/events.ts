import * as z from 'zod';
import { InboundEvent } from '../event.ts';
import { TenantId } from '../ids.ts';
import { route } from './common.ts';

/** A webhook body larger than this is refused unread. */
export const MAX_WEBHOOK_BYTES = 64 * 1024;

export const Accepted = z.object({
  accepted: z.literal(true),
  duplicate: z.literal(true).optional(),
  messageId: z.string().optional(),
});
export type Accepted = z.infer<typeof Accepted>;

export const receiveEvent = route('POST', '/v1/webhooks/{platform}/{tenant}', {
  summary:
    'An event of a chat platform, signed (generic: Standard Webhooks over the raw bytes, at most five minutes old)',
  params: z.object({ platform: z.enum(['generic']), tenant: TenantId }),
  body: InboundEvent,
  upload: { contentType: 'application/json', maxBytes: MAX_WEBHOOK_BYTES },
  responses: {
    202: { description: 'Durable; the work is under way', schema: Accepted },
    200: { description: 'The same delivery or message was accepted before', schema: Accepted },
  },
});
