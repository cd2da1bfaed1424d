import { knowledge } from '../lib/app/manage.ts';
import { searchProducts } from '../lib/domain/contract/knowledge.ts';
import { http, on } from './support/http.ts';

export const handler = http(
  on(searchProducts, async ({ tenant, query }) => ({
    status: 200,
    body: await (await knowledge()).searchProducts(tenant, query),
  })),
);
