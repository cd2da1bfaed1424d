/** What stands beside an agent at work: the function `deskTools`. */
import { once } from '../adapters/memory.ts';
import type { DeskToolsDeps } from '../assist/desk-tools.ts';
import type { ConversationId, TenantId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import type { Caller } from '../domain/tenant.ts';
import { liveCatalog, opened, products, productsIn, readProducts, readTenant, warmPointer } from './library.ts';
import { conversationDeps } from './messages.ts';
import { drafter } from './models.ts';

export const deskTools = /* @__PURE__ */ once(async () => {
  const [tools, { wrapUpDraft }, { readConversation }, { searchProducts }, shared] = await Promise.all([
    import('../assist/desk-tools.ts'),
    import('../assist/wrap-up.ts'),
    import('../assist/desk-read.ts'),
    import('../knowledge/catalog.ts'),
    conversationDeps(),
  ]);
  const deps: DeskToolsDeps = {
    ...shared,
    readProducts,
    readTenant,
    catalog: liveCatalog,
    library: async (tenant) => opened(await warmPointer(tenant)),
  };
  const entries = async (tenant: TenantId) => {
    const { knowledge } = await opened(await warmPointer(tenant));
    return (id: string) => knowledge?.entryById(id);
  };
  return {
    check: async (
      tenant: TenantId,
      conversation: ConversationId,
      reply: { text: string; language?: Language | undefined },
    ) => ({ warnings: await tools.checkReply(deps, { tenant, conversation }, reply) }),
    /** In shadow mode an agent is shown nothing of it. */
    opening: (tenant: TenantId, caller: Caller, conversation: ConversationId) =>
      tools.readOpening(deps, { tenant, conversation }, caller.role === 'agent'),
    wrapUp: (tenant: TenantId, conversation: ConversationId) =>
      wrapUpDraft(
        { drafter, productsIn, entries, read: () => readConversation(deps, { tenant, conversation }) },
        tenant,
      ),
    products: (tenant: TenantId, query: { q: string; limit: number }) =>
      tools.searchCards(deps, tenant, query, async () => (await searchProducts(await products(), tenant, query)).items),
  };
});
