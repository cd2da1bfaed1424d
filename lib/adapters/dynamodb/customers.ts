import { Customer } from '../../domain/customer.ts';
import type { CustomerStore } from '../../ports/customers.ts';
import { customerKey } from './keys.ts';
import { getItem, type Table, updateItem } from './table.ts';

/** Customers' facts; fields a patch leaves out keep what is known. `retentionSeconds` runs anew at every merge. */
export function dynamodbCustomers(table: Table, retentionSeconds: number): CustomerStore {
  return {
    async get(tenant, id) {
      const item = await getItem(table, customerKey(tenant, id));
      return item === undefined ? undefined : Customer.parse(item);
    },
    async merge(tenant, patch, at) {
      const expiresAt = Math.floor(Date.parse(at) / 1000) + retentionSeconds;
      const fields = Object.entries({ ...patch, updatedAt: at, expiresAt }).filter(([, value]) => value !== undefined);
      const written = await updateItem(table, customerKey(tenant, patch.id), {
        expression: `SET ${fields.map(([name]) => `#${name} = :${name}`).join(', ')}`,
        names: Object.fromEntries(fields.map(([name]) => [`#${name}`, name])),
        values: Object.fromEntries(fields.map(([name, value]) => [`:${name}`, value])),
      });
      if (written.status === 'conflict') throw new Error('an unconditional update cannot conflict');
      return Customer.parse(written.item);
    },
  };
}
