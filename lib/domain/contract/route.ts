import type * as z from 'zod';
import type { Role } from '../tenant.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One operation of the public contract; handlers are bound to it and the OpenAPI document is made from it. */
export type Route<
  Path extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
> = {
  method: Method;
  path: string;
  summary: string;
  /** Who may call, beside an admin of the tenant; empty: anybody. */
  roles: readonly Role[];
  params: Path;
  query: Query;
  /** Of a JSON body; bodies of other types are named in `upload`. */
  body: Body;
  upload?: { contentType: string; maxBytes: number };
  /** Status of success and its body. */
  responses: Record<number, { description: string; schema?: z.ZodType; contentType?: string }>;
};
