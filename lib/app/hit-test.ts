/** The hit tester and the desk's search: the message way with nothing written. */
import { once } from '../adapters/memory.ts';
import type { PreviewDeps } from '../assist/preview.ts';
import type { TenantId } from '../domain/ids.ts';
import { now } from './clients.ts';
import { evidence } from './evidence.ts';
import { liveCatalog, livePointer, opened, openedRelease, products, readProducts, readTenant } from './library.ts';
import { conversations, densifying } from './messages.ts';

export const hitTest = /* @__PURE__ */ once(async () => {
  const [{ preview }, { searchKnowledge }, { noteSearch }, { searchProducts }, store] = await Promise.all([
    import('../assist/preview.ts'),
    import('../assist/search.ts'),
    import('../assist/evidence.ts'),
    import('../knowledge/catalog.ts'),
    conversations(),
  ]);
  const deps: PreviewDeps = {
    tenant: readTenant,
    library: async (tenant, release, catalogKey) =>
      release === undefined ? opened(await livePointer(tenant)) : openedRelease(tenant, release, catalogKey),
    readProducts,
    densify: await densifying(),
    assist: (tenant, id) => store.assist(tenant, id),
    now,
  };
  return {
    preview: (tenant: TenantId, request: Parameters<typeof preview>[2]) => preview(deps, tenant, request),
    /** Knowledge and products for an agent's words; a search in vain is noted. */
    search: async (tenant: TenantId, agentId: string, q: string) => {
      const [knowledge, found] = await Promise.all([
        searchKnowledge(deps, tenant, q),
        searchProducts(await products(), tenant, { q }, liveCatalog),
      ]);
      const inVain = !knowledge.suits && found.items.length === 0;
      if (inVain) await noteSearch({ evidence: await evidence() }, tenant, { agentId, text: q, at: now() });
      return { suggestions: knowledge.suggestions, products: found.items };
    },
  };
});
