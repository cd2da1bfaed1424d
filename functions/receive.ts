import { receiver } from '../lib/app/messages.ts';
import { chatwootReceiver } from '../lib/app/platforms.ts';
import { receiveEvent } from '../lib/domain/contract/events.ts';
import { receiveChatwoot } from '../lib/domain/contract/platforms.ts';
import { http, on } from './support/http.ts';

export const handler = http(
  on(receiveEvent, async ({ params, headers, raw }) => {
    const { duplicate, messageId } = await (await receiver()).receive(params.tenant, headers, raw);
    return duplicate
      ? { status: 200, body: { accepted: true, duplicate: true, messageId } }
      : { status: 202, body: { accepted: true, messageId } };
  }),
  on(receiveChatwoot, async ({ params, headers, raw }) => {
    const { outcome, duplicate, messageId } = await (await chatwootReceiver()).receive(params.tenant, headers, raw);
    const named = messageId === undefined ? {} : { messageId };
    if (duplicate) return { status: 200, body: { accepted: true, duplicate: true, ...named } };
    return { status: outcome === 'ignored' ? 200 : 202, body: { accepted: true, ...named } };
  }),
);
