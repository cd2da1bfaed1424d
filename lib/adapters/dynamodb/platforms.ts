import { ChatwootRecord, ChatwootSeen } from '../../domain/chatwoot.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { ChatwootStore } from '../../ports/chatwoot.ts';
import { platformKey, platformSeenKey } from './keys.ts';
import { deleteItem, getItem, putItem, putNew, type Table, updateItem } from './table.ts';

const NAME = 'chatwoot';
/** So many events are shown of those that came last. */
const MAX_EVENTS = 20;

export function dynamodbChatwoot(table: Table): ChatwootStore {
  const seen = async (tenant: TenantId): Promise<ChatwootSeen> =>
    ChatwootSeen.parse((await getItem(table, platformSeenKey(tenant, NAME))) ?? {});
  return {
    async read(tenant) {
      const item = await getItem(table, platformKey(tenant, NAME));
      return item === undefined ? undefined : ChatwootRecord.parse(item);
    },
    put(tenant, record, expected) {
      const item = { ...platformKey(tenant, NAME), ...record };
      if (expected === undefined) return putNew(table, item);
      return putItem(table, item, {
        expression: '#version = :expected',
        names: { '#version': 'version' },
        values: { ':expected': expected },
      });
    },
    async remove(tenant) {
      await Promise.all([
        deleteItem(table, platformKey(tenant, NAME)),
        deleteItem(table, platformSeenKey(tenant, NAME)),
      ]);
    },
    seen,
    async note(tenant, { event, ...news }) {
      const events =
        event === undefined ? {} : { events: [event, ...(await seen(tenant)).events].slice(0, MAX_EVENTS) };
      const all = Object.entries({ ...news, ...events }).filter(([, value]) => value !== undefined);
      const sets = all.filter(([, value]) => value !== null);
      const removes = all.filter(([, value]) => value === null);
      if (all.length === 0) return;
      await updateItem(table, platformSeenKey(tenant, NAME), {
        expression: [
          ...(sets.length === 0 ? [] : [`SET ${sets.map(([name]) => `#${name} = :${name}`).join(', ')}`]),
          ...(removes.length === 0 ? [] : [`REMOVE ${removes.map(([name]) => `#${name}`).join(', ')}`]),
        ].join(' '),
        names: Object.fromEntries(all.map(([name]) => [`#${name}`, name])),
        ...(sets.length === 0 ? {} : { values: Object.fromEntries(sets.map(([name, value]) => [`:${name}`, value])) }),
      });
    },
  };
}
