/** Clients and clocks: made on first use, once an instance. The SDKs behind them are loaded then, not at a cold start. */
import { randomBytes } from 'node:crypto';
import type { Table } from '../adapters/dynamodb/table.ts';
import { once } from '../adapters/memory.ts';
import type { ObjectStore } from '../ports/objects.ts';
import type { Start } from '../ports/starts.ts';
import { readSettings } from '../settings.ts';

export const SECONDS_A_DAY = 86_400;

export const now = (): number => Date.now();
export const newId = (prefix: string): string => `${prefix}${now().toString(36)}${randomBytes(8).toString('hex')}`;
export const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

export const settings = /* @__PURE__ */ once(async () => readSettings());

export const table = /* @__PURE__ */ once(async (): Promise<Table> => {
  const [{ dynamoDbClient }, { tableName, dynamodbEndpoint }] = await Promise.all([
    import('./sdk/dynamodb.ts'),
    settings(),
  ]);
  return { name: tableName, client: dynamoDbClient(dynamodbEndpoint) };
});

export const objects = /* @__PURE__ */ once(async (): Promise<ObjectStore> => {
  const { objects: place } = await settings();
  if (place.startsWith('file:')) {
    const { directoryStore } = await import('../adapters/directory.ts');
    return directoryStore(place.slice('file:'.length), () => newId('part-'));
  }
  const [{ s3Client }, { s3Store }] = await Promise.all([import('./sdk/s3.ts'), import('../adapters/s3.ts')]);
  return s3Store(s3Client(), place);
});

export const start = /* @__PURE__ */ once(async (): Promise<Start> => {
  const [{ lambdaClient }, { lambdaStart }, { lambdaEndpoint, functionPrefix }] = await Promise.all([
    import('./sdk/lambda.ts'),
    import('../adapters/lambda.ts'),
    settings(),
  ]);
  return lambdaStart(lambdaClient(lambdaEndpoint), functionPrefix);
});

export const seal = /* @__PURE__ */ once(async () => {
  const [{ sealWith }, { sealKey }] = await Promise.all([import('../adapters/seal.ts'), settings()]);
  return sealWith(sealKey);
});
