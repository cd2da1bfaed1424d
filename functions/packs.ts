import { packs } from '../lib/app/packs.ts';
import {
  installPack,
  listPacks,
  readFacts,
  readPackUpdate,
  resetEntry,
  switchOff,
  switchOn,
  updatePack,
  writeFacts,
} from '../lib/domain/contract/packs.ts';
import { http, on } from './support/http.ts';

export const handler = http(
  on(listPacks, async ({ tenant }) => ({ status: 200, body: await (await packs()).list(tenant) })),
  on(installPack, async ({ tenant, caller, params }) => ({
    status: 202,
    body: await (await packs()).install(tenant, params.name, caller.agentId),
  })),
  on(updatePack, async ({ tenant, caller, params, query, body }) => {
    const request = { ...body, by: caller.agentId };
    const room = await packs();
    return query.dryRun
      ? { status: 200, body: await room.preview(tenant, params.name, request) }
      : { status: 202, body: await room.update(tenant, params.name, request) };
  }),
  on(readPackUpdate, async ({ tenant, params }) => ({
    status: 200,
    body: await (await packs()).report(tenant, params.id),
  })),
  on(switchOff, async ({ tenant, caller, params }) => ({
    status: 200,
    body: await (await packs()).switch(tenant, params.id, 'off', caller.agentId),
  })),
  on(switchOn, async ({ tenant, caller, params }) => ({
    status: 200,
    body: await (await packs()).switch(tenant, params.id, 'on', caller.agentId),
  })),
  on(resetEntry, async ({ tenant, caller, params }) => ({
    status: 200,
    body: await (await packs()).reset(tenant, params.id, caller.agentId),
  })),
  on(readFacts, async ({ tenant }) => ({ status: 200, body: await (await packs()).facts(tenant) })),
  on(writeFacts, async ({ tenant, body }) => ({
    status: 200,
    body: await (await packs()).setFacts(tenant, body),
  })),
);
