import { deskTools } from '../lib/app/desk-tools.ts';
import { checkReply, draftWrapUp, readOpening, searchDeskProducts } from '../lib/domain/contract/desk-tools.ts';
import { deskHttp } from './support/desk.ts';
import { on } from './support/http.ts';

export const handler = deskHttp(
  on(checkReply, async ({ tenant, params, body }) => ({
    status: 200,
    body: await (await deskTools()).check(tenant, params.id, body),
  })),
  on(readOpening, async ({ tenant, caller, params }) => ({
    status: 200,
    body: await (await deskTools()).opening(tenant, caller, params.id),
  })),
  on(draftWrapUp, async ({ tenant, params }) => ({
    status: 200,
    body: await (await deskTools()).wrapUp(tenant, params.id),
  })),
  on(searchDeskProducts, async ({ tenant, query }) => ({
    status: 200,
    body: await (await deskTools()).products(tenant, query),
  })),
);
