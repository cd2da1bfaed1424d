/** What a language model writes for an agent, and what stands when it does not. */
import { once } from '../adapters/memory.ts';
import type { DraftWish } from '../assist/draft/reply.ts';
import type { ConversationId, TenantId } from '../domain/ids.ts';
import { productsIn, readProducts, readTenant } from './library.ts';
import { conversationDeps } from './messages.ts';
import { drafter } from './models.ts';

export const drafting = /* @__PURE__ */ once(async () => {
  const [{ draftReply }, { summary }, { readConversation }, shared] = await Promise.all([
    import('../assist/draft/reply.ts'),
    import('../assist/draft/summary.ts'),
    import('../assist/desk-read.ts'),
    conversationDeps(),
  ]);
  return {
    reply: (tenant: TenantId, assist: string, wish: DraftWish) =>
      draftReply({ ...shared, readTenant, drafter, productsIn }, tenant, assist, wish),
    summary: (tenant: TenantId, conversation: ConversationId) =>
      summary(
        { drafter, productsIn, read: () => readConversation({ ...shared, readProducts }, { tenant, conversation }) },
        tenant,
      ),
  };
});
