import type { CustomerId, TenantId } from '../../domain/ids.ts';
import type { CustomerExport } from '../../domain/privacy.ts';
import type { Caller } from '../../domain/tenant.ts';
import { viewOf } from '../desk.ts';
import { conversationsOf, type PrivacyDeps } from './erase.ts';

/**
 * Everything that is kept of a customer, as it is: what they wrote, what was said to them, what was understood and noted.
 * Masked copies that the knowledge learns from cannot be told from anybody else's any more and say nothing that is not
 * in the messages here.
 */
export async function exportCustomer(
  deps: PrivacyDeps,
  tenant: TenantId,
  caller: Caller,
  id: CustomerId,
): Promise<CustomerExport> {
  const [customer, found] = await Promise.all([deps.customers.get(tenant, id), conversationsOf(deps, tenant, id)]);
  const conversations: CustomerExport['conversations'] = [];
  for (const conversation of found.toSorted()) {
    const { head, messages, assists, feedback, wrapUps } = await deps.store.read(tenant, conversation);
    const state = head === undefined ? {} : { state: viewOf(head) };
    conversations.push({
      id: conversation,
      ...state,
      messages,
      assists: assists.map(({ assist }) => assist),
      feedback,
      wrapUps,
    });
  }
  await deps.note(tenant, caller, 'customer.export', {
    subject: deps.pseudonym(tenant, id),
    detail: `${conversations.length} conversations`,
  });
  return {
    format: 'cuecard-customer-1',
    exportedAt: new Date(deps.now()).toISOString(),
    customerId: id,
    ...(customer === undefined ? {} : { customer }),
    conversations,
  };
}
