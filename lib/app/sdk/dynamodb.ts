/**
 * Loaded on first use. A module of its own, because an `import()` of the SDK itself would take the whole of it into the
 * bundle, and this takes only what is named; so with its neighbours.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/**
 * A store that stands still is an error, not a wait until the function is cut off. The times leave room for a burst: they
 * also run while a request waits for one of the sockets.
 */
const TIMEOUTS = { connectionTimeout: 5_000, requestTimeout: 8_000, throwOnRequestTimeout: true };

export function documentClient(endpoint: string | undefined): DynamoDBDocumentClient {
  const client = new DynamoDBClient({
    maxAttempts: 4,
    requestHandler: TIMEOUTS,
    ...(endpoint === undefined ? {} : { endpoint }),
  });
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}
