import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { Start } from '../ports/starts.ts';

/** Starts functions by asynchronous invoke; the payload is ids only. */
export function lambdaStart(client: LambdaClient, prefix: string): Start {
  return async (name, payload) => {
    await client.send(
      new InvokeCommand({
        FunctionName: `${prefix}${name}`,
        InvocationType: 'Event',
        Payload: Buffer.from(JSON.stringify(payload)),
      }),
    );
  };
}
