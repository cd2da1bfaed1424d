import { createHash } from 'node:crypto';
import { AuditEvent } from '../../domain/audit.ts';
import type { AuditFilter, AuditStore } from '../../ports/audit.ts';
import { auditKey, auditPk } from './keys.ts';
import { MOST_READ, queryNarrowed } from './narrowed.ts';
import { type Item, putItem, type Table } from './table.ts';

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
    async page(tenant, limit, cursor, filter = {}) {
      const { from = '0', until = NEVER } = filter;
      const values = { ':pk': auditPk(tenant), ':from': `at#${from}`, ':until': `at#${until}` };
      const found = await queryNarrowed(
        table,
        { key: { expression: 'pk = :pk AND sk BETWEEN :from AND :until', values }, reverse: true, consistent: true },
        {
          pick: wanted(filter),
          mayMiss: [filter.person, filter.action, filter.subject].some((one) => one !== undefined),
          limit,
          most: MOST_READ,
          keys: ['pk', 'sk'],
          start: cursor === undefined ? undefined : auditKey(tenant, cursor),
        },
      );
      if (found.last === undefined) return { items: found.items };
      return { items: found.items, cursor: String(found.last['sk']).slice('at#'.length) };
    },
  };
}

/** Sorts after every instant. */
const NEVER = '~';

/** The decisions that are wanted of those of their time. */
function wanted({ person, action, subject }: AuditFilter): (item: Item) => AuditEvent | undefined {
  return (item) => {
    const event = AuditEvent.parse(item);
    const isOf = action === undefined || event.action === action || event.action.startsWith(`${action}.`);
    const isBy = person === undefined || event.by === person;
    return isOf && isBy && (subject === undefined || event.subject === subject) ? event : undefined;
  };
}
