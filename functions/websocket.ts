import middy from '@middy/core';
import * as z from 'zod';
import { deskSession } from '../lib/app/desk.ts';
import { logger } from './support/log.ts';

const WebSocketEvent = z.object({
  requestContext: z.object({ routeKey: z.string(), connectionId: z.string() }),
  queryStringParameters: z.record(z.string(), z.string().optional()).nullish(),
  /** Text, or what a gateway makes of a frame that is none; connecting has none. */
  body: z.unknown().optional(),
});

/** A desk's connection: let in by a one-use ticket, then told of changes; it says what it shows. */
export const handler = middy().handler(async (input: unknown): Promise<{ statusCode: number }> => {
  const { requestContext, queryStringParameters, body } = WebSocketEvent.parse(input);
  const session = await deskSession();
  if (requestContext.routeKey === '$connect') {
    const entered = await session.connect(requestContext.connectionId, queryStringParameters?.['ticket'] ?? '');
    if (!entered) logger.warn('ticket_refused');
    return { statusCode: entered ? 200 : 401 };
  }
  if (requestContext.routeKey === '$disconnect') await session.disconnect(requestContext.connectionId);
  else await session.hear(requestContext.connectionId, typeof body === 'string' ? body : '');
  return { statusCode: 200 };
});
