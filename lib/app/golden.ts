import { once } from '../adapters/memory.ts';
import type { TenantId } from '../domain/ids.ts';
import type { GoldenQuestions } from '../knowledge/gate/golden.ts';
import { now, objects, table } from './clients.ts';

/** The tenant's golden questions. */
export const golden = /* @__PURE__ */ once(async () => {
  const [theTable, theObjects, { dynamodbGolden }, { dynamodbDrafts }, { dynamodbAudit }, { readGolden, writeGolden }] =
    await Promise.all([
      table(),
      objects(),
      import('../adapters/dynamodb/golden.ts'),
      import('../adapters/dynamodb/knowledge.ts'),
      import('../adapters/dynamodb/audit.ts'),
      import('../knowledge/gate/golden.ts'),
    ]);
  const deps = {
    golden: dynamodbGolden(theTable),
    drafts: dynamodbDrafts(theTable),
    audit: dynamodbAudit(theTable),
    objects: theObjects,
    now,
  };
  return {
    read: (tenant: TenantId) => readGolden(deps, tenant),
    write: (tenant: TenantId, list: GoldenQuestions, by: string) => writeGolden(deps, tenant, list, by),
  };
});
