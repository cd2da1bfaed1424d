import * as z from 'zod';
import { delivering } from '../lib/app/messages.ts';
import { ConversationId, TenantId } from '../lib/domain/ids.ts';
import { background } from './support/background.ts';

const Job = z.object({ tenant: TenantId, conversation: ConversationId });

export const handler = background('deliver', Job, async (job) => (await delivering())(job));
