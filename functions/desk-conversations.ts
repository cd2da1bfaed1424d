import { desk } from '../lib/app/desk.ts';
import { listAssists, listConversations, readConversation } from '../lib/domain/contract/desk.ts';
import { deskHttp } from './support/desk.ts';
import { on } from './support/http.ts';

export const handler = deskHttp(
  on(listConversations, async ({ tenant, caller, query }) => ({
    status: 200,
    body: await (await desk()).list(tenant, caller, query),
  })),
  on(readConversation, async ({ tenant, caller, params }) => ({
    status: 200,
    body: await (await desk()).read(tenant, caller, params.id),
  })),
  on(listAssists, async ({ tenant, caller, params, query }) => ({
    status: 200,
    body: await (await desk()).assists(tenant, caller, params.id, query.after),
  })),
);
