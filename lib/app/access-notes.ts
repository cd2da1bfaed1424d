/** The log of who saw and did what, as every function of the desk writes it. */
import { once } from '../adapters/memory.ts';
import type { TenantId } from '../domain/ids.ts';
import { now, SECONDS_A_DAY, settings, table } from './clients.ts';

export const accessNotes = /* @__PURE__ */ once(async () => {
  const [{ accessLog }, { noteAccess }, theTable, { accessLogDays }] = await Promise.all([
    import('../tenants/access-log.ts'),
    import('../adapters/dynamodb/access-log.ts'),
    table(),
    settings(),
  ]);
  const keptSeconds = accessLogDays * SECONDS_A_DAY;
  return accessLog({
    put: (tenant: TenantId, event) =>
      noteAccess(theTable, tenant, event, Math.floor(Date.parse(event.at) / 1_000) + keptSeconds),
    failed: (error) => console.error(JSON.stringify({ message: 'access_log_failed', error: String(error) })),
    now,
  });
});
