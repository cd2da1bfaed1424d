import { desk } from '../lib/app/desk.ts';
import { team } from '../lib/app/team.ts';
import {
  accept,
  changeAgent,
  decline,
  listAgents,
  readPresence,
  setPresence,
  takeOver,
} from '../lib/domain/contract/team.ts';
import { deskHttp } from './support/desk.ts';
import { on } from './support/http.ts';

export const handler = deskHttp(
  on(setPresence, async ({ tenant, caller, body }) => ({
    status: 200,
    body: await (await team()).set(tenant, caller, body.presence, body.heartbeat),
  })),
  on(readPresence, async ({ tenant, caller }) => ({ status: 200, body: await (await team()).get(tenant, caller) })),
  on(accept, async ({ tenant, caller, params }) => ({
    status: 200,
    body: await (await desk()).accept(tenant, caller, params.id),
  })),
  on(decline, async ({ tenant, caller, params }) => ({
    status: 200,
    body: await (await desk()).decline(tenant, caller, params.id),
  })),
  on(takeOver, async ({ tenant, caller, params }) => ({
    status: 200,
    body: await (await desk()).takeOver(tenant, caller, params.id),
  })),
  on(listAgents, async ({ tenant }) => ({ status: 200, body: await (await team()).list(tenant) })),
  on(changeAgent, async ({ tenant, params, body }) => ({
    status: 200,
    body: await (await team()).change(tenant, params.id, body),
  })),
);
