import { me } from '../lib/app/access.ts';
import { readMe } from '../lib/domain/contract/access.ts';
import { http, on } from './support/http.ts';

export const handler = http(on(readMe, async ({ caller, tenant }) => ({ status: 200, body: me(tenant, caller) })));
