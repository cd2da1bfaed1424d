import { LambdaClient } from '@aws-sdk/client-lambda';

export const lambdaClient = (endpoint: string | undefined): LambdaClient =>
  new LambdaClient(endpoint === undefined ? {} : { endpoint });
