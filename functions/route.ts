import * as z from 'zod';
import { routing } from '../lib/app/team.ts';
import { AgentId, ConversationId, TenantId } from '../lib/domain/ids.ts';
import { background } from './support/background.ts';

const Job = z.object({ tenant: TenantId, conversation: ConversationId.optional(), agent: AgentId.optional() });

export const handler = background('route', Job, async (job) => (await routing())(job));
