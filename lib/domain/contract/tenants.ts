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

/** What the tenant's own traffic suggests for a setting; nothing is changed by it. */
const TenantEstimates = z.object({
  /** For `settings.outOfScopeShare`, from what agents did with turns since then (a day, UTC). */
  outOfScopeShare: z.object({
    value: z.number().min(0).max(1),
    /** Twice this on either side holds the share in 19 of 20 cases. */
    standardError: z.number().min(0).max(0.5),
    /** The turns it rests on; with none, the value is the setting. */
    answers: z.number().int().nonnegative(),
    since: z.iso.date(),
  }),
});

export const readTenant = route('GET', '/v1/tenants/{id}', {
  summary: 'A tenant, its settings, and what its traffic suggests for them',
  roles: ['operator', 'admin', 'manager'],
  params: z.object({ id: TenantId }),
  responses: {
    200: {
      description: 'The tenant; estimates are of the last 28 days',
      schema: z.object({ tenant: Tenant, estimates: TenantEstimates }),
    },
  },
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
