import middy from '@middy/core';
import type * as z from 'zod';
import { identify } from '../../lib/app.ts';
import type { Route } from '../../lib/domain/contract/route.ts';
import { CuecardError } from '../../lib/domain/error.ts';
import { TenantId } from '../../lib/domain/ids.ts';
import type { Caller } from '../../lib/domain/tenant.ts';
import { HttpEvent, type HttpResult, headersOf, rawBody } from './event.ts';
import { inTime, Late } from './in-time.ts';
import { problems } from './problem.ts';

/** What a handler gets: every part parsed by the route's schema. `raw` is the body's bytes. */
export type Request<Params, Query, Body> = {
  params: Params;
  query: Query;
  body: Body;
  raw: Buffer;
  headers: Record<string, string | undefined>;
  caller: Caller;
  /** Where the request came from, as the gateway saw it: what a header says of it anybody can write. */
  address: string | undefined;
  /** The caller's tenant; raises `forbidden` for an operator, who has none. */
  tenant: TenantId;
};

export type Reply = {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
  text?: string;
  /** A file that need not be text. */
  bytes?: Uint8Array;
};

/** A caller whose role a route is not open to. */
export type Refused = { caller: Caller; tenant: TenantId; params: unknown };
export type Endpoint = {
  route: Route;
  handle: (request: Request<never, never, never>) => Promise<Reply>;
  /** Told of whoever of the tenant may not ask; they are answered all the same that they may not. */
  refused?: (asked: Refused) => Promise<void>;
};

/** Binds an operation of the contract to the sentence that serves it. */
export function on<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  route: Route<P, Q, B>,
  handle: (request: Request<z.infer<P>, z.infer<Q>, z.infer<B>>) => Promise<Reply>,
): Endpoint {
  return { route, handle };
}

const MAX_JSON_BYTES = 1024 * 1024;

function parsePart<Schema extends z.ZodType>(schema: Schema, value: unknown, place: string): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new CuecardError('invalid', `the ${place} does not have the right shape`, {
    errors: parsed.error.issues.map((issue) => ({
      path: [place, ...issue.path].map(String).join('.'),
      message: issue.message,
    })),
  });
}

function jsonBody(route: Route, raw: Buffer): unknown {
  if (route.upload !== undefined) {
    if (raw.length > route.upload.maxBytes) {
      throw new CuecardError('too_large', `the body may hold at most ${route.upload.maxBytes} bytes`);
    }
    return undefined;
  }
  if (raw.length > MAX_JSON_BYTES)
    throw new CuecardError('too_large', `the body may hold at most ${MAX_JSON_BYTES} bytes`);
  if (raw.length === 0) return {};
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch (cause) {
    throw new CuecardError('invalid', 'the body is not JSON', { cause });
  }
}

const ANYBODY: Caller = { role: 'agent', agentId: 'anybody' as Caller['agentId'] };

async function callerOf({ route, refused }: Endpoint, event: HttpEvent): Promise<Caller> {
  if (route.roles.length === 0) return ANYBODY;
  return identify(headersOf(event)['authorization'], route.roles, async (caller) => {
    const tenant = TenantId.safeParse(caller.tenant).data;
    if (tenant !== undefined) await refused?.({ caller, tenant, params: decoded(event) });
  });
}

async function serve(endpoint: Endpoint, event: HttpEvent): Promise<HttpResult> {
  const { route, handle } = endpoint;
  const headers = headersOf(event);
  const caller = await callerOf(endpoint, event);
  const raw = rawBody(event);
  const request = {
    params: parsePart(route.params, decoded(event), 'path'),
    query: parsePart(route.query, event.queryStringParameters ?? {}, 'query'),
    body: parsePart(route.upload === undefined ? route.body : route.body.optional(), jsonBody(route, raw), 'body'),
    raw,
    headers,
    address: event.requestContext?.http?.sourceIp ?? undefined,
    caller,
    get tenant() {
      if (caller.tenant === undefined) throw new CuecardError('forbidden', 'this needs a token of a tenant');
      return TenantId.parse(caller.tenant);
    },
  };
  // `on` tied the schemas to the handler; in the list their types are gone.
  return rendered(await handle(request as Request<never, never, never>));
}

/** Gateways differ in whether path parameters come decoded: one whose encoded form stands in the path has been. */
const decoded = ({ pathParameters, rawPath }: HttpEvent): Record<string, string | undefined> => {
  const path = rawPath.toLowerCase();
  const isPlain = (value: string): boolean => path.includes(encode(value).toLowerCase());
  return Object.fromEntries(
    Object.entries(pathParameters ?? {}).map(([name, value]) => [
      name,
      value === undefined || isPlain(value) ? value : decode(value),
    ]),
  );
};

/** A lone surrogate cannot be encoded; the parameter's schema refuses it. */
const encode = (text: string): string => encodeURIComponent(text.toWellFormed());

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const rendered = ({ status, body, headers = {}, text, bytes }: Reply): HttpResult => ({
  statusCode: status,
  headers: {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  },
  ...(bytes === undefined
    ? { body: text ?? JSON.stringify(body ?? {}) }
    : { body: Buffer.from(bytes).toString('base64'), isBase64Encoded: true }),
});

/** What we read of a function's context. */
type Context = { getRemainingTimeInMillis?(): number };

/** What is left to say that it took too long. */
const RESERVE_MS = 500;
/** Longer than any gateway waits. */
const MOST_MS = 60_000;

/** A gateway tells whoever asks nothing of a function that is cut off, or, on one machine, even that all is well. */
async function answerInTime(work: Promise<HttpResult>, ms: number): Promise<HttpResult> {
  try {
    return await inTime(work, ms);
  } catch (error) {
    if (!(error instanceof Late)) throw error;
    throw new CuecardError('unavailable', 'it took too long and may yet be done: look, then try again', {
      cause: error,
    });
  }
}

/** One Lambda serving these operations of the contract. */
export function http(...endpoints: readonly Endpoint[]) {
  const byKey = new Map(endpoints.map((endpoint) => [`${endpoint.route.method} ${endpoint.route.path}`, endpoint]));
  return middy()
    .use(problems())
    .handler(async (input: unknown, context: Context = {}): Promise<HttpResult> => {
      const event = HttpEvent.parse(input);
      const endpoint = byKey.get(event.routeKey);
      if (endpoint === undefined) throw new CuecardError('not_found', `nothing at ${event.rawPath}`);
      const left = (context.getRemainingTimeInMillis?.() ?? MOST_MS) - RESERVE_MS;
      return answerInTime(serve(endpoint, event), left);
    });
}
