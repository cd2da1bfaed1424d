/** A customer's data handed out and erased, and the log of who saw and did what. */
import * as z from 'zod';
import { AccessEvent } from '../access.ts';
import { CustomerId } from '../ids.ts';
import { CustomerExport, ErasureView } from '../privacy.ts';
import { Cursor, narrowing, page, route } from './common.ts';

const admin = { roles: ['admin'] } as const;
const ofCustomer = { ...admin, params: z.object({ id: CustomerId }) };

export const exportCustomer = route('POST', '/v1/customers/{id}/export', {
  summary: 'Everything that is kept of a customer, as one JSON document, or in parts',
  ...ofCustomer,
  body: z.strictObject({
    /** A part of at most 4.4 MB; `cursor`, where a part has one, brings the next. */
    inParts: z.boolean().optional(),
    cursor: z.string().max(3_000).optional(),
  }),
  responses: {
    200: {
      description:
        'The document, as an attachment; 413 where no one answer holds it. Of parts, the conversations with one id are one: their lists add up',
      schema: CustomerExport,
    },
  },
});

export const eraseCustomer = route('POST', '/v1/customers/{id}/erase', {
  summary: 'Erases everything that is kept of a customer',
  ...ofCustomer,
  responses: {
    202: {
      description: 'Begun; it is done a few minutes later. What the customer writes afterwards is new and is kept',
      schema: ErasureView,
    },
  },
});

export const listErasures = route('GET', '/v1/erasures', {
  summary: 'Erasures, newest first',
  ...admin,
  query: z.object({ cursor: Cursor.optional(), limit: z.coerce.number().int().min(1).max(100).default(20) }),
  responses: { 200: { description: 'Without the id of whom they erased', schema: page(ErasureView) } },
});

export const readAccessLog = route('GET', '/v1/access-log', {
  summary: 'Who saw and did what, newest first',
  ...admin,
  query: z.object({
    ...narrowing,
    conversation: z.string().max(200).optional(),
    subject: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe('On whom, or on what: a person by login, id or agent id, a token by its id'),
    cursor: Cursor.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  responses: {
    200: {
      description:
        'Reads are one event a person, conversation and hour; so are looks that were refused (`outcome`), some twenty a person ' +
        'and hour at most. No words of customers are in it. Narrowed by action or ' +
        'subject, a page looks at 2,000 events at most: it may hold less than `limit` and still a cursor',
      schema: page(AccessEvent),
    },
  },
});
