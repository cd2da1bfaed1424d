import type { MiddlewareObj } from '@middy/core';
import { CuecardError, type ErrorKind } from '../../lib/domain/error.ts';
import type { HttpResult } from './event.ts';
import { logger } from './log.ts';

const STATUS = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  unsupported_media: 415,
  rate_limited: 429,
  unavailable: 503,
} satisfies Record<ErrorKind, number>;

const TITLE = {
  invalid: 'The request is not valid',
  unauthenticated: 'Not authenticated',
  forbidden: 'Not allowed',
  not_found: 'Not found',
  conflict: 'Conflict',
  too_large: 'Too large',
  unsupported_media: 'Unsupported media type',
  rate_limited: 'Too many requests',
  unavailable: 'Not available now',
} satisfies Record<ErrorKind, string>;

/** RFC 9457; an error we did not foresee is a bug: logged with the request's id, told without detail. */
export function problemOf(error: unknown, requestId: string): HttpResult {
  const known = error instanceof CuecardError ? error : undefined;
  if (known === undefined) logger.error('internal_error', { requestId, error: error as Error });
  const status = known === undefined ? 500 : STATUS[known.kind];
  const wait = known?.members['retryAfterSeconds'];
  const body = {
    ...known?.members,
    type: `https://cuecard.dev/problems/${known?.kind ?? 'internal'}`,
    title: known === undefined ? 'Internal error' : TITLE[known.kind],
    status,
    detail: known?.message ?? `Internal error; its id is ${requestId}`,
    errors: known?.errors ?? [],
    requestId,
  };
  return {
    statusCode: status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(typeof wait === 'number' ? { 'retry-after': String(wait) } : {}),
      ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    },
    body: JSON.stringify(body),
  };
}

/** Turns whatever was thrown into a problem body. */
export const problems = (): MiddlewareObj => ({
  onError: (request) => {
    // The function's own id: gateways give one as well, but not all of them a different one for every request.
    const context = request.context as { awsRequestId?: string };
    request.response = problemOf(request.error, context.awsRequestId ?? 'unknown');
  },
});
