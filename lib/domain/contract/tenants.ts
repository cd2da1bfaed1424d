import * as z from 'zod';
import { TenantId } from '../ids.ts';
import { Role, Tenant } from '../tenant.ts';
import { CreateTenant, CreateToken, PatchTenant } from '../tenant-requests.ts';
import { route } from './common.ts';

export const createTenant = route('POST', '/v1/tenants', {
  summary: 'Makes a tenant; its secrets and first tokens are shown this once',
  roles: ['operator'],
  body: CreateTenant,
  responses: {
    201: {
      description: 'Made; packs, if any, are being installed',
      schema: z.object({
        tenant: Tenant,
        webhookSecret: z.string(),
        callbackSecret: z.string(),
        agentToken: z.string(),
        managerToken: z.string(),
        adminToken: z.string(),
      }),
    },
  },
});

export const patchTenant = route('PATCH', '/v1/tenants/{id}', {
  summary: 'Changes settings, rotates a secret',
  roles: ['operator', 'admin'],
  params: z.object({ id: TenantId }),
  body: PatchTenant,
  responses: {
    200: {
      description: 'The tenant as it is now; `secret` when one was rotated',
      schema: z.object({ tenant: Tenant, secret: z.string().optional() }),
    },
  },
});

export const readTenant = route('GET', '/v1/tenants/{id}', {
  summary: 'A tenant and its settings',
  roles: ['operator', 'admin', 'manager'],
  params: z.object({ id: TenantId }),
  responses: { 200: { description: 'The tenant', schema: z.object({ tenant: Tenant }) } },
});

export const createToken = route('POST', '/v1/tokens', {
  summary: 'A token for a person of the tenant',
  roles: ['admin'],
  body: CreateToken,
  responses: {
    201: {
      description: 'The token, shown this once',
      schema: z.object({ token: z.string(), role: Role, agentId: z.string() }),
    },
  },
});
