/** Who works at a tenant's desks, how they are let in, and what is kept of what they saw and did. */
import * as z from 'zod';
import { AgentId } from './ids.ts';
import { Role } from './tenant.ts';

/** Roles that somebody of a tenant can have. */
export const TenantRole = Role.exclude(['operator']);
export type TenantRole = z.infer<typeof TenantRole>;

/** Which of the page's rooms are open to a caller. */
export const Pages = z.object({ desk: z.boolean(), knowledge: z.boolean(), team: z.boolean(), admin: z.boolean() });
export type Pages = z.infer<typeof Pages>;

/** As `authorize` reads roles: a supervisor may do what an agent may, an admin what anybody may. */
export const pagesOf = (role: Role): Pages => {
  const isAdmin = role === 'admin';
  const isSupervisor = role === 'supervisor' || isAdmin;
  return {
    desk: role === 'agent' || isSupervisor,
    knowledge: role === 'manager' || isAdmin,
    team: isSupervisor,
    admin: isAdmin,
  };
};

/** Who calls, and what is open to them. */
export const Me = z.object({
  tenant: z.string(),
  agentId: AgentId,
  name: z.string().optional(),
  role: Role,
  pages: Pages,
  /** When this sign-in ends; personal tokens have no end. */
  expiresAt: z.iso.datetime().optional(),
});
export type Me = z.infer<typeof Me>;
