import { golden } from '../lib/app/golden.ts';
import { readGolden, writeGolden } from '../lib/domain/contract/golden.ts';
import { http, on } from './support/http.ts';

export const handler = http(
  on(readGolden, async ({ tenant }) => ({ status: 200, body: await (await golden()).read(tenant) })),
  on(writeGolden, async ({ tenant, caller, body }) => ({
    status: 200,
    body: await (await golden()).write(tenant, body, caller.agentId),
  })),
);
