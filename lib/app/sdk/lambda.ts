import { LambdaClient } from '@aws-sdk/client-lambda';

export const lambdaClient = (endpoint: string | undefined): LambdaClient =>
  new LambdaClient({
    // Starting is a favour to the impatient; what is not started stays due.
    maxAttempts: 2,
    cacheMiddleware: true,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 8_000, throwOnRequestTimeout: true },
    ...(endpoint === undefined ? {} : { endpoint }),
  });
