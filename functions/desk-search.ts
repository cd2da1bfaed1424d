import { hitTest } from '../lib/app/hit-test.ts';
import { searchDesk } from '../lib/domain/contract/desk.ts';
import { http, on } from './support/http.ts';

export const handler = http(
  on(searchDesk, async ({ tenant, caller, query }) => ({
    status: 200,
    body: await (await hitTest()).search(tenant, caller.agentId, query.q),
  })),
);
