/**
 * Loaded on first use. A module of its own, because an `import()` of the SDK itself would take the whole of it into the
 * bundle, and this takes only what is named; so with its neighbours.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export function documentClient(endpoint: string | undefined): DynamoDBDocumentClient {
  const client = new DynamoDBClient({ maxAttempts: 4, ...(endpoint === undefined ? {} : { endpoint }) });
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}
