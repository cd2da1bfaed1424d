import { desk } from '../lib/app/desk.ts';
import { claim, close, feedback, release, sendMessage, transfer } from '../lib/domain/contract/desk-actions.ts';
import { deskHttp } from './support/desk.ts';
import { on } from './support/http.ts';

export const handler = deskHttp(
  on(claim, async ({ tenant, caller, params }) => ({
    status: 200,
    body: await (await desk()).claim(tenant, caller, params.id),
  })),
  on(release, async ({ tenant, caller, params }) => ({
    status: 200,
    body: await (await desk()).release(tenant, caller, params.id),
  })),
  on(transfer, async ({ tenant, caller, params, body }) => ({
    status: 200,
    body: await (await desk()).transfer(tenant, caller, params.id, body),
  })),
  on(close, async ({ tenant, caller, params, body }) => ({
    status: 200,
    body: await (await desk()).close(tenant, caller, params.id, body.wrapUp),
  })),
  on(sendMessage, async ({ tenant, caller, params, body }) => ({
    status: 201,
    body: await (await desk()).send(tenant, caller, params.id, body),
  })),
  on(feedback, async ({ tenant, caller, params, body }) => {
    await (await desk()).feedback(tenant, caller, params.id, body);
    return { status: 202, body: { accepted: true } };
  }),
);
