import {
  type ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';

const GONE = 410;

const isGone = (error: unknown): boolean =>
  error instanceof Error &&
  '$metadata' in error &&
  (error.$metadata as { httpStatusCode?: number } | undefined)?.httpStatusCode === GONE;

/** Pushes text to one open connection. The status code is read because some gateways name no error type. */
export async function push(
  client: ApiGatewayManagementApiClient,
  connection: string,
  text: string,
): Promise<'sent' | 'gone'> {
  try {
    await client.send(new PostToConnectionCommand({ ConnectionId: connection, Data: Buffer.from(text) }));
    return 'sent';
  } catch (error) {
    if (isGone(error)) return 'gone';
    throw error;
  }
}

/** Closes a connection; one that is gone is closed. */
export async function close(client: ApiGatewayManagementApiClient, connection: string): Promise<void> {
  try {
    await client.send(new DeleteConnectionCommand({ ConnectionId: connection }));
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}
