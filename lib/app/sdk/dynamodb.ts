/**
 * Loaded on first use. A module of its own, because an `import()` of the SDK itself would take the whole of it into the
 * bundle, and this takes only what is named; so with its neighbours.
 */
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

/**
 * A store that stands still is an error, not a wait until the function is cut off. The times leave room for a burst: they
 * also run while a request waits for one of the sockets.
 */
const HANDLER = {
  connectionTimeout: 5_000,
  requestTimeout: 8_000,
  throwOnRequestTimeout: true,
  httpAgent: { keepAlive: true, maxSockets: 256 },
  httpsAgent: { keepAlive: true, maxSockets: 256 },
};

/**
 * The client copies input and output of every call for its logger's `info`, even of a logger that says nothing: about a
 * third of a call's time. This one has no `info`. What it debugs is left unsaid, its warnings go on.
 */
const LOGGER = { debug: () => undefined, warn: console.warn } as unknown as NonNullable<DynamoDBClientConfig['logger']>;

/** `maxAttempts`: of a call that fails, the first included. */
export const dynamoDbClient = (endpoint: string | undefined, maxAttempts = 4): DynamoDBClient =>
  new DynamoDBClient({
    maxAttempts,
    logger: LOGGER,
    requestHandler: HANDLER,
    // Nothing here changes a client's middleware after its first call.
    cacheMiddleware: true,
    ...(endpoint === undefined ? {} : { endpoint }),
  });
