import { platforms } from '../lib/app/platforms.ts';
import { checkChatwoot, putChatwoot, readChatwoot, removeChatwoot } from '../lib/domain/contract/platforms.ts';
import { http, on } from './support/http.ts';

export const handler = http(
  on(readChatwoot, async ({ tenant }) => ({ status: 200, body: await (await platforms()).read(tenant) })),
  on(putChatwoot, async ({ tenant, body }) => ({ status: 200, body: await (await platforms()).put(tenant, body) })),
  on(removeChatwoot, async ({ tenant }) => {
    await (await platforms()).remove(tenant);
    return { status: 200, body: { removed: true } };
  }),
  on(checkChatwoot, async ({ tenant }) => ({ status: 200, body: await (await platforms()).check(tenant) })),
);
