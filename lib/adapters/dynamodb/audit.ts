import { createHash } from 'node:crypto';
import { AuditEvent } from '../../domain/audit.ts';
import type { AuditStore } from '../../ports/audit.ts';
import { auditKey, auditPk } from './keys.ts';
import { putItem, queryPage, type Table } from './table.ts';

const SECONDS_A_YEAR = 31_536_000;
/** Longer than a trader has to keep its letters in either market. */
const KEPT_YEARS = 7;

/** An event's place: its instant, and what tells it from others of the same millisecond. Sorts by time. */
function placeOf(event: AuditEvent): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([event.action, event.subject, event.by]))
    .digest('hex');
  return `${event.at}#${digest.slice(0, 16)}`;
}

export function dynamodbAudit(table: Table): AuditStore {
  return {
    async append(tenant, event) {
      const expiresAt = Math.floor(Date.parse(event.at) / 1_000) + KEPT_YEARS * SECONDS_A_YEAR;
      await putItem(table, { ...auditKey(tenant, placeOf(event)), ...event, expiresAt });
    },
    async page(tenant, limit, cursor) {
      const page = await queryPage(table, {
        key: { expression: 'pk = :pk', values: { ':pk': auditPk(tenant) } },
        limit,
        reverse: true,
        consistent: true,
        ...(cursor === undefined ? {} : { cursor: auditKey(tenant, cursor) }),
      });
      const items = page.items.map((item) => AuditEvent.parse(item));
      if (page.cursor === undefined) return { items };
      return { items, cursor: String(page.cursor['sk']).slice('at#'.length) };
    },
  };
}
