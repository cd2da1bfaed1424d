import { receiver } from '../lib/app/messages.ts';
import { receiveEvent } from '../lib/domain/contract/events.ts';
import { http, on } from './support/http.ts';

export const handler = http(
  on(receiveEvent, async ({ params, headers, raw }) => {
    const { duplicate, messageId } = await (await receiver()).receive(params.tenant, headers, raw);
    return duplicate
      ? { status: 200, body: { accepted: true, duplicate: true, messageId } }
      : { status: 202, body: { accepted: true, messageId } };
  }),
);
