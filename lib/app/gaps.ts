import { once } from '../adapters/memory.ts';
import { now, table } from './clients.ts';

/** Gaps that managers decided on are remembered this long after they were last found. */
const KEPT_DAYS = 180;

/** Where the questions stand that nothing answers, and where it is asked that they be found anew. */
export const gapStores = /* @__PURE__ */ once(async () => {
  const [{ dynamodbGaps, dynamodbGapsJobs }, theTable] = await Promise.all([
    import('../adapters/dynamodb/gaps.ts'),
    table(),
  ]);
  return { gaps: dynamodbGaps(theTable, { keptDays: KEPT_DAYS, now }), gapsJobs: dynamodbGapsJobs(theTable) };
});
