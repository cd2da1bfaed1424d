/** A customer's data as it is handed out, and what is kept of its being erased. */
import * as z from 'zod';
import { Assist } from './assist.ts';
import { Customer } from './customer.ts';
import { Feedback } from './feedback.ts';
import { Message } from './message.ts';
import { KeptWrapUp } from './wrap-up.ts';

const count = z.number().int().nonnegative();

/** Everything that is kept of a customer, in one document. In parts, lists of one conversation add up over them. */
export const CustomerExport = z.object({
  format: z.literal('cuecard-customer-1'),
  exportedAt: z.iso.datetime(),
  customerId: z.string(),
  /** What platforms told of them. */
  customer: Customer.optional(),
  conversations: z.array(
    z.object({
      id: z.string(),
      /** The conversation's own state: whose it is, since when, what was handed over, the note at its end. */
      state: z.record(z.string(), z.unknown()).optional(),
      messages: z.array(Message),
      /** What was understood of each turn and suggested for it. */
      assists: z.array(Assist),
      feedback: z.array(Feedback),
      wrapUps: z.array(KeptWrapUp),
    }),
  ),
  /** Of a part: where the next begins; the last has none. */
  cursor: z.string().optional(),
});
export type CustomerExport = z.infer<typeof CustomerExport>;

export const EXPORT_TOO_LARGE = 'too large for one answer: accept gzip, or ask for it in parts, with {"inParts": true}';

/** An erasure as it is kept: the customer's id only while it runs. */
export const ErasureJob = z.object({
  id: z.string(),
  /** Stands for the customer, and cannot be read back without the deployment's key. */
  subject: z.string(),
  customer: z.string().optional(),
  requestedAt: z.iso.datetime(),
  requestedBy: z.string(),
  /** `settling`: erased once; what was under way then is looked for again. */
  status: z.enum(['running', 'settling', 'done']),
  conversations: count,
  items: count,
  finishedAt: z.iso.datetime().optional(),
});
export type ErasureJob = z.infer<typeof ErasureJob>;

export const ErasureView = ErasureJob.omit({ customer: true });
export type ErasureView = z.infer<typeof ErasureView>;
