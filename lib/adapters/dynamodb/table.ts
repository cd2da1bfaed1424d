import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Key } from './keys.ts';

/** The one table behind a given client. Items are plain objects; every reader parses what it gets. */
export type Table = { name: string; client: DynamoDBClient };
export type Item = Record<string, unknown>;

type Attributes = Record<string, AttributeValue>;

/**
 * By hand, not by `DynamoDBDocumentClient`, whose commands build their chain of middleware anew at every call: 10 to 30 % of
 * a call's processor time. A record with a key `constructor` passes for an instance of a class: it is a record like others.
 */
const toAttributes = (item: Item): Attributes =>
  marshall(item, { removeUndefinedValues: true, convertClassInstanceToMap: true });
const toItem = (attributes: Attributes): Item => unmarshall(attributes);

export type Expression = { expression: string; names?: Record<string, string>; values?: Record<string, unknown> };

export type QueryOptions = {
  index?: string;
  key: Expression;
  limit?: number;
  reverse?: boolean;
  /** Not on a GSI. */
  consistent?: boolean;
  cursor?: Item;
  /** Of each item only these attributes. */
  only?: readonly string[];
};

const attributes = ({ names, values }: Expression) => ({
  ...(names === undefined ? {} : { ExpressionAttributeNames: names }),
  ...(values === undefined ? {} : { ExpressionAttributeValues: toAttributes(values) }),
});

/** Turns the one failure that is an answer into a value; all others stay errors. */
async function conditional(write: Promise<unknown>): Promise<'ok' | 'conflict'> {
  try {
    await write;
    return 'ok';
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return 'conflict';
    throw error;
  }
}

export async function getItem(
  table: Table,
  key: Key,
  options: { consistent?: boolean } = {},
): Promise<Item | undefined> {
  const { Item: found } = await table.client.send(
    new GetItemCommand({ TableName: table.name, Key: toAttributes(key), ConsistentRead: options.consistent ?? true }),
  );
  return found === undefined ? undefined : toItem(found);
}

/** Puts an item, with a condition if one is given: `conflict` when it does not hold. */
export function putItem(table: Table, item: Key & Item, condition?: Expression): Promise<'ok' | 'conflict'> {
  return conditional(
    table.client.send(
      new PutItemCommand({
        TableName: table.name,
        Item: toAttributes(item),
        ...(condition === undefined ? {} : { ConditionExpression: condition.expression, ...attributes(condition) }),
      }),
    ),
  );
}

export const putNew = (table: Table, item: Key & Item): Promise<'ok' | 'conflict'> =>
  putItem(table, item, { expression: 'attribute_not_exists(pk)' });

/** `update.expression` is an UpdateExpression; `condition` shares its names and values. Returns the item as it is now. */
export async function updateItem(
  table: Table,
  key: Key,
  update: Expression & { condition?: string },
): Promise<{ status: 'ok'; item: Item } | { status: 'conflict' }> {
  try {
    const { Attributes: now = {} } = await table.client.send(
      new UpdateItemCommand({
        TableName: table.name,
        Key: toAttributes(key),
        UpdateExpression: update.expression,
        ...(update.condition === undefined ? {} : { ConditionExpression: update.condition }),
        ...attributes(update),
        ReturnValues: 'ALL_NEW',
      }),
    );
    return { status: 'ok', item: toItem(now) };
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return { status: 'conflict' };
    throw error;
  }
}

/** Deletes an item, with a condition if one is given. */
export function deleteItem(table: Table, key: Key, condition?: Expression): Promise<'ok' | 'conflict'> {
  return conditional(
    table.client.send(
      new DeleteItemCommand({
        TableName: table.name,
        Key: toAttributes(key),
        ...(condition === undefined ? {} : { ConditionExpression: condition.expression, ...attributes(condition) }),
      }),
    ),
  );
}

/** One page of a query; `cursor` is there when there is more. */
export async function queryPage(table: Table, options: QueryOptions): Promise<{ items: Item[]; cursor?: Item }> {
  const answer = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      ...(options.index === undefined ? {} : { IndexName: options.index }),
      KeyConditionExpression: options.key.expression,
      ...attributes(options.key),
      ...(options.only === undefined ? {} : { ProjectionExpression: options.only.join(', ') }),
      ...(options.limit === undefined ? {} : { Limit: options.limit }),
      ...(options.cursor === undefined ? {} : { ExclusiveStartKey: toAttributes(options.cursor) }),
      ScanIndexForward: !(options.reverse ?? false),
      ConsistentRead: options.consistent ?? false,
    }),
  );
  const items = (answer.Items ?? []).map(toItem);
  return answer.LastEvaluatedKey === undefined ? { items } : { items, cursor: toItem(answer.LastEvaluatedKey) };
}

/** All pages of a query. */
export async function queryAll(table: Table, options: Omit<QueryOptions, 'cursor' | 'limit'>): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: Item | undefined;
  do {
    const page = await queryPage(table, cursor === undefined ? options : { ...options, cursor });
    items.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return items;
}

const BATCH_GET_LIMIT = 100;
const BATCH_WRITE_LIMIT = 25;
const BATCH_ATTEMPTS = 6;

function chunks<T>(list: readonly T[], size: number): T[][] {
  const result: T[][] = [];
  for (let start = 0; start < list.length; start += size) result.push(list.slice(start, start + size));
  return result;
}

/** Reads items by key, in no particular order; keys without an item are left out. */
export async function batchGet(table: Table, keys: readonly Key[]): Promise<Item[]> {
  const items: Item[] = [];
  for (const chunk of chunks(keys, BATCH_GET_LIMIT)) {
    let wanted: Attributes[] = chunk.map(toAttributes);
    for (let attempt = 0; wanted.length > 0; attempt++) {
      if (attempt === BATCH_ATTEMPTS) throw new Error(`${wanted.length} keys stayed unprocessed`);
      const answer = await table.client.send(
        new BatchGetItemCommand({ RequestItems: { [table.name]: { Keys: wanted } } }),
      );
      items.push(...(answer.Responses?.[table.name] ?? []).map(toItem));
      wanted = answer.UnprocessedKeys?.[table.name]?.Keys ?? [];
    }
  }
  return items;
}

/** Puts and deletes without conditions, in chunks; not atomic across chunks. */
export async function batchWrite(
  table: Table,
  changes: { puts?: readonly (Key & Item)[]; deletes?: readonly Key[] },
): Promise<void> {
  const requests = [
    ...(changes.puts ?? []).map((item) => ({ PutRequest: { Item: toAttributes(item) } })),
    ...(changes.deletes ?? []).map((key) => ({ DeleteRequest: { Key: toAttributes(key) } })),
  ];
  for (const chunk of chunks(requests, BATCH_WRITE_LIMIT)) {
    let wanted: WriteRequest[] = chunk;
    for (let attempt = 0; wanted.length > 0; attempt++) {
      if (attempt === BATCH_ATTEMPTS) throw new Error(`${wanted.length} writes stayed unprocessed`);
      const answer = await table.client.send(new BatchWriteItemCommand({ RequestItems: { [table.name]: wanted } }));
      wanted = answer.UnprocessedItems?.[table.name] ?? [];
    }
  }
}
