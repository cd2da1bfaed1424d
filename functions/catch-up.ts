import * as z from 'zod';
import { catchingUp } from '../lib/app/chatwoot-catch-up.ts';
import { TenantId } from '../lib/domain/ids.ts';
import { background } from './support/background.ts';

const Job = z.object({ tenant: TenantId });

export const handler = background('catchUp', Job, async (job) => (await catchingUp())(job));
