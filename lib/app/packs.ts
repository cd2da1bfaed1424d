import { once } from '../adapters/memory.ts';
import type { Caller } from '../domain/tenant.ts';
import { table } from './clients.ts';
import { tenantStore } from './library.ts';
import { knowledgeDeps, tenants } from './manage.ts';

/** Packs, the shop's layer over them, and its facts. */
export const packs = /* @__PURE__ */ once(async () => {
  const [deps, store, theTable, theTenants, { packRoom }] = await Promise.all([
    knowledgeDeps(),
    tenantStore(),
    table(),
    tenants(),
    import('../knowledge/packs/room.ts'),
  ]);
  return packRoom({
    ...deps,
    readTenant: async (id) => (await store.readTenant(theTable, id))?.tenant,
    setFacts: async (id, shopFacts) => {
      const caller: Caller = { role: 'admin', tenant: id, agentId: 'facts' as Caller['agentId'] };
      return (await theTenants.patch(caller, id, { shopFacts })).tenant;
    },
  });
});
