import { drafting } from '../lib/app/drafts.ts';
import { draftReply, summariseConversation } from '../lib/domain/contract/drafts.ts';
import { deskHttp } from './support/desk.ts';
import { on } from './support/http.ts';

export const handler = deskHttp(
  on(draftReply, async ({ tenant, params, body }) => ({
    status: 200,
    body: await (await drafting()).reply(tenant, params.id, body),
  })),
  on(summariseConversation, async ({ tenant, params }) => ({
    status: 200,
    body: await (await drafting()).summary(tenant, params.id),
  })),
);
