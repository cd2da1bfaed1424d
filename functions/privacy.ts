import { privacy, readAccessLog as readLog, refusedCustomer } from '../lib/app/privacy.ts';
import { eraseCustomer, exportCustomer, listErasures, readAccessLog } from '../lib/domain/contract/privacy.ts';
import { EXPORT_TOO_LARGE } from '../lib/domain/privacy.ts';
import { download } from './support/download.ts';
import { type Endpoint, http, on } from './support/http.ts';

/** Who tries to have a customer's data handed out or erased and may not, is kept. */
const kept = (action: 'customer.export' | 'customer.erase', endpoint: Endpoint): Endpoint => ({
  ...endpoint,
  refused: ({ tenant, caller }) => refusedCustomer(tenant, caller, action),
});

export const handler = http(
  kept(
    'customer.export',
    on(exportCustomer, async ({ tenant, caller, params, body, headers }) => {
      const found = await (await privacy()).export(tenant, caller, params.id, body);
      const bytes = Buffer.from(JSON.stringify(found));
      return download('customer.json', 'application/json; charset=utf-8', bytes, headers, EXPORT_TOO_LARGE);
    }),
  ),
  kept(
    'customer.erase',
    on(eraseCustomer, async ({ tenant, caller, params }) => ({
      status: 202,
      body: await (await privacy()).erase(tenant, caller, params.id),
    })),
  ),
  on(listErasures, async ({ tenant, query }) => ({
    status: 200,
    body: await (await privacy()).erasures(tenant, query),
  })),
  on(readAccessLog, async ({ tenant, query }) => ({ status: 200, body: await readLog(tenant, query) })),
);
