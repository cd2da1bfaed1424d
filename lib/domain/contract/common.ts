import * as z from 'zod';
import type { Role } from '../tenant.ts';
import type { Method, Route } from './route.ts';

/** For a part of the request that a route does not read. */
export const Nothing = z.unknown();
type Nothing = typeof Nothing;

type Parts<Path extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> = {
  summary: string;
  roles?: readonly Role[];
  params?: Path;
  query?: Query;
  body?: Body;
  upload?: Route['upload'];
  responses: Route['responses'];
};

export function route<
  Path extends z.ZodType = Nothing,
  Query extends z.ZodType = Nothing,
  Body extends z.ZodType = Nothing,
>(method: Method, path: string, parts: Parts<Path, Query, Body>): Route<Path, Query, Body> {
  const { upload, ...rest } = parts;
  return {
    method,
    path,
    roles: [],
    // A part left out is `Nothing`, which its type parameter then is as well.
    params: Nothing as z.ZodType as Path,
    query: Nothing as z.ZodType as Query,
    body: Nothing as z.ZodType as Body,
    ...rest,
    ...(upload === undefined ? {} : { upload }),
  };
}

/** RFC 9457. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })),
  requestId: z.string(),
  /** Of a conflict: what is stored, and what was sent. */
  current: z.unknown().optional(),
  yours: z.unknown().optional(),
  /** Of a reply that was not sent: the facts on its cards that have changed since. */
  changes: z.unknown().optional(),
});
export type Problem = z.infer<typeof Problem>;

/** A yes or no in a query: `?dryRun=true`, or its name alone. */
export const flag = z
  .enum(['true', 'false', '1', '0', ''])
  .default('false')
  .transform((value) => value === 'true' || value === '1' || value === '');

/** DynamoDB's keys hold 1,024 bytes at most, of which a prefix of ours takes a few. */
const MOST_CURSOR_BYTES = 1_000;

/** Where a list goes on: as the page before said. One that is longer was given by no list. */
export const Cursor = z
  .string()
  .refine((text) => new TextEncoder().encode(text).length <= MOST_CURSOR_BYTES, 'this cursor is none of this list');

/** What narrows a log. A page of it may hold less than was asked for, or nothing, and still a cursor: so far it looked. */
export const narrowing = {
  person: z.string().max(200).optional().describe('Who did it: an agent id'),
  action: z
    .string()
    .max(100)
    .regex(/^[a-z_]+(?:\.[a-z_]+)?$/, 'an action such as person.changed, or what it begins with, such as person')
    .optional()
    .describe('One, such as person.changed, or all that begin so, such as person'),
  from: z.iso.datetime({ offset: true }).optional().describe('From then on'),
  until: z.iso.datetime({ offset: true }).optional().describe('Before then'),
};

export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), cursor: z.string().optional() });
