import * as z from 'zod';

/** What is kept of a decision about the knowledge: who, when, what, about what, and why. */
export const AuditEvent = z.object({
  at: z.iso.datetime(),
  /** The person's id, or `setup`. */
  by: z.string(),
  /** `release.created`, `release.activated`, `freezes.changed`, `pack.updated`, … */
  action: z.string().regex(/^[a-z_]+\.[a-z_]+$/),
  /** The release, entry or pack it is about. */
  subject: z.string(),
  /** In words for the person who reads the log: the reason given, what changed. */
  detail: z.string().max(5_000),
});
export type AuditEvent = z.infer<typeof AuditEvent>;
