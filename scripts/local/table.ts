import { readFile } from 'node:fs/promises';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  ResourceInUseException,
} from '@aws-sdk/client-dynamodb';
import { parse } from 'yaml';

/** The table as `serverless.yml` describes it, less what a local store has no use for. */
export async function tableDefinition(name: string): Promise<CreateTableCommandInput> {
  const file = parse(await readFile(new URL('../../serverless.yml', import.meta.url), 'utf8'));
  const { TimeToLiveSpecification, PointInTimeRecoverySpecification, SSESpecification, ...properties } =
    file.resources.Resources.Table.Properties;
  return { ...properties, TableName: name };
}

/** Creates the table unless it is there. */
export async function createTable(endpoint: string, name: string): Promise<void> {
  const client = new DynamoDBClient({
    endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    await client.send(new CreateTableCommand(await tableDefinition(name)));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  } finally {
    client.destroy();
  }
}
