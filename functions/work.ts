import * as z from 'zod';
import { work } from '../lib/app/work.ts';
import { compileIfWorker } from '../lib/app.ts';
import { TenantId } from '../lib/domain/ids.ts';
import { JobKind } from '../lib/domain/job.ts';
import { background } from './support/background.ts';

// The compile runs in a worker thread that loads this very module.
await compileIfWorker();

const Job = z.object({ tenant: TenantId, kind: JobKind, id: z.string() });

export const handler = background('work', Job, (job) => work(job, new URL(import.meta.url)));
