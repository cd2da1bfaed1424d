import { once } from '../adapters/memory.ts';
import { SECONDS_A_DAY, settings, table } from './clients.ts';

/** Where it is noted what the knowledge lacks. */
export const evidence = /* @__PURE__ */ once(async () => {
  const [{ dynamodbEvidence }, theTable, { retentionDays }] = await Promise.all([
    import('../adapters/dynamodb/evidence.ts'),
    table(),
    settings(),
  ]);
  return dynamodbEvidence(theTable, { retentionSeconds: retentionDays * SECONDS_A_DAY });
});
