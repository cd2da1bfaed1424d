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

/** As it is typed at the sign-in; told apart without regard to case or width. */
export const Login = z
  .string()
  .trim()
  .min(2)
  .max(100)
  .regex(/^[^\s\p{C}#]+$/u, 'no blanks and no control characters');

export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 200;
/** Its length is checked where it is set, in words; a body may not carry a book. */
export const TypedPassword = z.string().min(1).max(1_000);

/** A person as they are kept: one item, every change one put conditional on `version`. */
export const PersonRecord = z.object({
  id: z.string(),
  login: z.string(),
  name: z.string(),
  role: TenantRole,
  agentId: AgentId,
  disabled: z.boolean().optional(),
  version: z.number().int(),
  /** Sign-ins carry the epoch they were made in: a new one ends them all with one put. */
  epoch: z.number().int(),
  /** Argon2id, as a PHC string. */
  password: z.string().optional(),
  /** The one-time link that was made last: SHA-256 of its secret (hex), until when (epoch ms). */
  link: z.object({ hash: z.string(), expiresAt: z.number() }).optional(),
  createdAt: z.iso.datetime(),
});
export type PersonRecord = z.infer<typeof PersonRecord>;

/** A person as admins see them. */
export const PersonView = PersonRecord.pick({
  id: true,
  login: true,
  name: true,
  role: true,
  agentId: true,
  disabled: true,
  createdAt: true,
}).extend({
  hasPassword: z.boolean(),
  /** A link that has not been used is good until then. */
  linkUntil: z.iso.datetime().optional(),
});
export type PersonView = z.infer<typeof PersonView>;

export const CreatePerson = z.strictObject({
  login: Login,
  name: z.string().trim().min(1).max(200),
  role: TenantRole,
  /** Who they are in conversations; the login unless told. It stays what it is. */
  agentId: AgentId.optional(),
});
export type CreatePerson = z.infer<typeof CreatePerson>;

export const PatchPerson = z.strictObject({
  name: z.string().trim().min(1).max(200).optional(),
  role: TenantRole.optional(),
  disabled: z.boolean().optional(),
});
export type PatchPerson = z.infer<typeof PatchPerson>;

/** `ticket` stands in the fragment of a link, `#/sign-in/<ticket>`, which no server ever sees. */
export const OneTimeLink = z.object({ ticket: z.string(), expiresAt: z.iso.datetime() });
export type OneTimeLink = z.infer<typeof OneTimeLink>;

/** By login and password, or by a one-time link, which may set the password on the way. */
export const SignInRequest = z.union([
  z.strictObject({
    tenant: z.string().trim().min(1).max(63),
    login: z.string().trim().min(1).max(200),
    password: TypedPassword,
    /** What the last sign-in on this device gave: its attempts are counted apart from strangers'. */
    device: z.string().max(1_000).optional(),
  }),
  z.strictObject({
    tenant: z.string().trim().min(1).max(63),
    link: z.string().max(200),
    password: TypedPassword.optional(),
  }),
]);
export type SignInRequest = z.infer<typeof SignInRequest>;

export const SignedIn = z.object({
  token: z.string(),
  expiresAt: z.iso.datetime(),
  /** To be kept on this device and sent with its next sign-in; it opens nothing. */
  device: z.string(),
  me: Me,
});
export type SignedIn = z.infer<typeof SignedIn>;

export const SessionView = z.object({
  id: z.string(),
  personId: z.string(),
  agentId: AgentId,
  name: z.string().optional(),
  createdAt: z.iso.datetime().optional(),
  expiresAt: z.iso.datetime(),
  /** The one that asks. */
  current: z.boolean(),
});
export type SessionView = z.infer<typeof SessionView>;

export const TokenView = z.object({
  id: z.string(),
  role: Role,
  agentId: AgentId,
  name: z.string().optional(),
  createdAt: z.iso.datetime().optional(),
});
export type TokenView = z.infer<typeof TokenView>;

export const AccessAction = z.enum([
  'conversation.read',
  'conversation.claim',
  'conversation.release',
  'conversation.transfer',
  'conversation.close',
  'conversation.send',
  'conversation.accept',
  'conversation.decline',
  'conversation.take_over',
  'conversation.other',
  'customer.export',
  'customer.erase',
  'customer.erased',
  'sign_in.good',
  'sign_in.bad',
  'sign_in.link',
  'sign_out',
  'session.revoked',
  'password.set',
  'person.created',
  'person.changed',
  'person.removed',
  'person.link',
  'token.created',
  'token.revoked',
]);
export type AccessAction = z.infer<typeof AccessAction>;

/** What somebody saw or did: who, when, what, about what. Never what a customer wrote. */
export const AccessEvent = z.object({
  at: z.iso.datetime(),
  /** Their agent id; of a sign-in with an unknown login, `unknown`. */
  by: z.string(),
  role: Role.optional(),
  action: AccessAction,
  /** It was not allowed: nothing was seen or done. */
  outcome: z.enum(['refused']).optional(),
  conversation: z.string().optional(),
  /** A person's or token's id; of an erased customer what cannot be read back. */
  subject: z.string().optional(),
  detail: z.string().max(500).optional(),
});
export type AccessEvent = z.infer<typeof AccessEvent>;
