import { knowledge } from '../lib/app/manage.ts';
import { importCatalog, readCatalogImport, searchProducts } from '../lib/domain/contract/knowledge.ts';
import { http, on } from './support/http.ts';

export const handler = http(
  on(importCatalog, async ({ tenant, caller, query, raw }) => ({
    status: 202,
    body: await (await knowledge()).importCatalog(tenant, { ...query, by: caller.agentId }, raw),
  })),
  on(readCatalogImport, async ({ tenant, params }) => ({
    status: 200,
    body: await (await knowledge()).readImport(tenant, params.id),
  })),
  on(searchProducts, async ({ tenant, query }) => ({
    status: 200,
    body: await (await knowledge()).searchProducts(tenant, query),
  })),
);
