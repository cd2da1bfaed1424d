import * as z from 'zod';

/** Ids are the platforms' own; they travel in URLs, keys and logs: printable, without blanks, bounded, never empty. */
const id = () =>
  z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^\s\p{C}]*$/u, 'no blanks and no control characters');

export const TenantId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower-case letters, digits and hyphens, at most 63')
  .brand<'TenantId'>();
export type TenantId = z.infer<typeof TenantId>;

export const ConversationId = id().brand<'ConversationId'>();
export type ConversationId = z.infer<typeof ConversationId>;

export const MessageId = id().brand<'MessageId'>();
export type MessageId = z.infer<typeof MessageId>;

export const CustomerId = id().brand<'CustomerId'>();
export type CustomerId = z.infer<typeof CustomerId>;

export const AgentId = id().brand<'AgentId'>();
export type AgentId = z.infer<typeof AgentId>;

export const EntryId = id().brand<'EntryId'>();
export type EntryId = z.infer<typeof EntryId>;

export const ProductId = id().brand<'ProductId'>();
export type ProductId = z.infer<typeof ProductId>;

/** `rel_…`: content-addressed, so the same draft compiled twice is the same release. */
export const ReleaseId = z
  .string()
  .max(100)
  .regex(/^rel_[a-z0-9]+$/, 'the id of a release, such as rel_0mwr5k2c9a1b2c3d4e')
  .brand<'ReleaseId'>();
export type ReleaseId = z.infer<typeof ReleaseId>;

/** An assist's id carries its conversation's, of up to 200 characters of any script, in base64. */
export const MAX_ASSIST_ID = 2_400;

/** Stands for "no release yet" wherever a release id is required. */
export const NO_RELEASE = ReleaseId.parse('rel_0');

export const AssistId = z
  .string()
  .regex(/^ast_[A-Za-z0-9_-]+$/)
  .brand<'AssistId'>();
export type AssistId = z.infer<typeof AssistId>;

/** The tenant's place in an operator's token; no tenant may be called so. */
export const OPERATOR = 'operator';
