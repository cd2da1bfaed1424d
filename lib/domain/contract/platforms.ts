/** Chat platforms that are connected by an admin. */
import * as z from 'zod';
import { ChatwootCheck, ChatwootView, PutChatwoot } from '../chatwoot.ts';
import { TenantId } from '../ids.ts';
import { route } from './common.ts';
import { Accepted } from './events.ts';

/** Chatwoot's bodies hold the conversation and its newest message beside what happened. */
const MAX_BYTES = 1024 * 1024;

export const receiveChatwoot = route('POST', '/v1/webhooks/chatwoot/{tenant}', {
  summary:
    'A webhook of Chatwoot, of the account or of an agent bot: X-Chatwoot-Signature over timestamp and raw bytes, at most five minutes old; without one, by the tenant’s setting, it is read back from Chatwoot before it counts',
  params: z.object({ tenant: TenantId }),
  body: z.looseObject({ event: z.string() }),
  upload: { contentType: 'application/json', maxBytes: MAX_BYTES },
  responses: {
    202: { description: 'Durable; the work is under way', schema: Accepted },
    200: { description: 'Accepted before, or of no interest', schema: Accepted },
  },
});

const admin = { roles: ['admin'] } as const;
const PATH = '/v1/platforms/chatwoot';

export const readChatwoot = route('GET', PATH, {
  summary: 'The shop’s Chatwoot as it is connected; secrets are only said to be there',
  ...admin,
  responses: { 200: { description: 'The connection, and the events that came last', schema: ChatwootView } },
});

export const putChatwoot = route('PUT', PATH, {
  summary: 'Connects the shop’s Chatwoot, or changes how; what is left out stays',
  ...admin,
  body: PutChatwoot,
  responses: { 200: { description: 'As it is now', schema: ChatwootView } },
});

export const removeChatwoot = route('DELETE', PATH, {
  summary: 'Disconnects Chatwoot; its secrets are forgotten, conversations stay',
  ...admin,
  responses: { 200: { description: 'Disconnected', schema: z.object({ removed: z.literal(true) }) } },
});

export const checkChatwoot = route('POST', `${PATH}/check`, {
  summary: 'Asks Chatwoot whether address, account and token fit',
  ...admin,
  responses: {
    200: { description: 'Whose token it is, the inboxes it sees, and what is wrong', schema: ChatwootCheck },
  },
});
