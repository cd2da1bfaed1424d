import type { Customer, CustomerPatch } from '../domain/customer.ts';
import type { CustomerId, TenantId } from '../domain/ids.ts';

export type CustomerStore = {
  get(tenant: TenantId, id: CustomerId): Promise<Customer | undefined>;
  /** Merges a patch into what is known and returns the result. */
  merge(tenant: TenantId, patch: CustomerPatch, at: string): Promise<Customer>;
};
