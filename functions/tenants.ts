import { tenants } from '../lib/app/manage.ts';
import { createTenant, createToken, patchTenant, readTenant } from '../lib/domain/contract/tenants.ts';
import { http, on } from './support/http.ts';

export const handler = http(
  on(createTenant, async ({ body }) => ({ status: 201, body: await (await tenants()).create(body) })),
  on(patchTenant, async ({ caller, params, body }) => ({
    status: 200,
    body: await (await tenants()).patch(caller, params.id, body),
  })),
  on(readTenant, async ({ caller, params }) => ({
    status: 200,
    body: await (await tenants()).read(caller, params.id),
  })),
  on(createToken, async ({ tenant, caller, body }) => ({
    status: 201,
    body: await (await tenants()).createToken(tenant, caller, body),
  })),
);
