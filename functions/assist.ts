import * as z from 'zod';
import { answering } from '../lib/app/answering.ts';
import { ConversationId, TenantId } from '../lib/domain/ids.ts';
import { background } from './support/background.ts';

const Job = z.object({ tenant: TenantId, conversation: ConversationId, message: z.string() });

export const handler = background('assist', Job, async (job) => (await answering())(job));
