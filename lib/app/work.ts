/** What the function `work` does: long jobs, each by the room that knows it. */
import type { Starts } from '../ports/starts.ts';
import { evaluations } from './evaluations.ts';
import { learning } from './learn.ts';
import { knowledge } from './manage.ts';
import { privacy } from './privacy.ts';

/** `workerUrl` is the module that `compileIfWorker` is called from: only it compiles. */
export async function work({ tenant, kind, id }: Starts['work'], workerUrl: URL): Promise<void> {
  if (kind === 'evaluation') return (await evaluations(workerUrl)).run(tenant, id);
  if (kind === 'transcript') return (await learning()).runTranscript(tenant, id);
  if (kind === 'gaps') return (await learning()).runGaps(tenant, id);
  if (kind === 'erasure') return (await privacy()).run(tenant, id);
  return (await knowledge(workerUrl)).run({ tenant, kind, id });
}
