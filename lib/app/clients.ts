/** Clients and clocks: made on first use, once an instance. The SDKs behind them are loaded then, not at a cold start. */
import { randomBytes } from 'node:crypto';
import type { Table } from '../adapters/dynamodb/table.ts';
import { once } from '../adapters/memory.ts';
import type { ObjectStore, Start } from '../ports.ts';
import { readSettings } from '../settings.ts';

export const SECONDS_A_DAY = 86_400;

export const now = (): number => Date.now();
export const newId = (prefix: string): string => `${prefix}${now().toString(36)}${randomBytes(8).toString('hex')}`;
export const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

export const settings = /* @__PURE__ */ once(async () => readSettings());

export const table = /* @__PURE__ */ once(async (): Promise<Table> => {
  const [{ DynamoDBClient }, { DynamoDBDocumentClient }, { tableName, dynamodbEndpoint }] = await Promise.all([
    import('@aws-sdk/client-dynamodb'),
    import('@aws-sdk/lib-dynamodb'),
    settings(),
  ]);
  const client = new DynamoDBClient({
    maxAttempts: 4,
    ...(dynamodbEndpoint === undefined ? {} : { endpoint: dynamodbEndpoint }),
  });
  return {
    name: tableName,
    client: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
  };
});

export const objects = /* @__PURE__ */ once(async (): Promise<ObjectStore> => {
  const { objects: place } = await settings();
  if (place.startsWith('file:')) {
    const { directoryStore } = await import('../adapters/directory.ts');
    return directoryStore(place.slice('file:'.length), () => newId('part-'));
  }
  const [{ S3Client }, { s3Store }] = await Promise.all([import('@aws-sdk/client-s3'), import('../adapters/s3.ts')]);
  return s3Store(new S3Client({}), place);
});

export const start = /* @__PURE__ */ once(async (): Promise<Start> => {
  const [{ LambdaClient }, { lambdaStart }, { lambdaEndpoint, functionPrefix }] = await Promise.all([
    import('@aws-sdk/client-lambda'),
    import('../adapters/lambda.ts'),
    settings(),
  ]);
  const client = new LambdaClient(lambdaEndpoint === undefined ? {} : { endpoint: lambdaEndpoint });
  return lambdaStart(client, functionPrefix);
});

export const seal = /* @__PURE__ */ once(async () => {
  const [{ sealWith }, { sealKey }] = await Promise.all([import('../adapters/seal.ts'), settings()]);
  return sealWith(sealKey);
});
