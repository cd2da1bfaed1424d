import { privacy, readAccessLog as readLog } from '../lib/app/privacy.ts';
import { eraseCustomer, exportCustomer, listErasures, readAccessLog } from '../lib/domain/contract/privacy.ts';
import { download } from './support/download.ts';
import { http, on } from './support/http.ts';

export const handler = http(
  on(exportCustomer, async ({ tenant, caller, params, headers }) => {
    const found = await (await privacy()).export(tenant, caller, params.id);
    const bytes = Buffer.from(JSON.stringify(found, null, 2));
    return download('customer.json', 'application/json; charset=utf-8', bytes, headers);
  }),
  on(eraseCustomer, async ({ tenant, caller, params }) => ({
    status: 202,
    body: await (await privacy()).erase(tenant, caller, params.id),
  })),
  on(listErasures, async ({ tenant, query }) => ({
    status: 200,
    body: await (await privacy()).erasures(tenant, query),
  })),
  on(readAccessLog, async ({ tenant, query }) => ({ status: 200, body: await readLog(tenant, query) })),
);
