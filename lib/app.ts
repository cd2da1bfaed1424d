/**
 * The composition root: what every function needs. The rooms themselves are put together in `lib/app/`, from clients
 * that are made there alone. Everything is made on first use and once an instance; adapters and the SDKs behind them are
 * loaded then, not when a function starts. The `PURE` marks let a bundle leave out the rooms its function never enters.
 */
import { workerData } from 'node:worker_threads';
import { tokenBucket } from './adapters/memory.ts';
import { now, settings, sleep, table } from './app/clients.ts';
import { personRecord, tokenRecord } from './app/library.ts';
import { CuecardError } from './domain/error.ts';
import type { Caller, Role } from './domain/tenant.ts';
import { authenticate, authorize, type Doors } from './tenants/tokens.ts';

const CALLS = { perSecond: 200, burst: 400, limit: 10_000, now };
const mayCall = /* @__PURE__ */ tokenBucket(CALLS);

/** The caller behind an `authorization` header, if the route is open to its role; `onRefused` is told of one it is not. */
export async function identify(
  header: string | undefined,
  roles: readonly Role[],
  onRefused?: (caller: Caller) => Promise<void>,
): Promise<Caller> {
  const { operatorTokenSha256 } = await settings();
  const doors: Doors = {
    token: (tenant, id) => tokenRecord(`${tenant}/${id}`),
    person: (tenant, id) => personRecord(`${tenant}/${id}`),
    now,
  };
  const caller = await authenticate(header, doors, operatorTokenSha256);
  if (!mayCall(`${caller.tenant ?? ''}/${caller.agentId}`)) {
    throw new CuecardError('rate_limited', `more than ${CALLS.perSecond} calls a second; slow down`);
  }
  try {
    authorize(caller, roles);
  } catch (error) {
    await onRefused?.(caller);
    throw error;
  }
  return caller;
}

const HEALTH_MS = 2_000;

/** Raises when the store cannot be read, or not soon. */
export async function checkHealth(): Promise<void> {
  const [{ getItem }, theTable] = await Promise.all([import('./adapters/dynamodb/table.ts'), table()]);
  const read = getItem(theTable, { pk: 'health', sk: 'health' }).then(() => 'read' as const);
  const outcome = await Promise.race([read, sleep(HEALTH_MS).then(() => 'late' as const)]);
  if (outcome === 'late') throw new Error(`the store did not answer within ${HEALTH_MS} ms`);
}

/** Compiles or reads, if this thread was started to. */
export async function compileIfWorker(): Promise<void> {
  if (workerData === null) return;
  const [{ runCompileWorker }, { runCatalogWorker }, { runReadWorker }] = await Promise.all([
    import('./knowledge/compile-in-worker.ts'),
    import('./knowledge/compile-catalog-in-worker.ts'),
    import('./knowledge/files/read-in-worker.ts'),
  ]);
  runCompileWorker();
  runCatalogWorker();
  runReadWorker();
}
