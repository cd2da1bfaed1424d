import { supervisor } from '../lib/app/supervisor.ts';
import { teamHours, teamNow } from '../lib/domain/contract/supervisor.ts';
import { deskHttp } from './support/desk.ts';
import { on } from './support/http.ts';

export const handler = deskHttp(
  on(teamNow, async ({ tenant }) => ({ status: 200, body: await (await supervisor()).now(tenant) })),
  on(teamHours, async ({ tenant, query }) => ({ status: 200, body: await (await supervisor()).hours(tenant, query) })),
);
