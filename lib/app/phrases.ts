/** Phrases from a file into a list of the desk. */
import { once } from '../adapters/memory.ts';
import type { TenantId } from '../domain/ids.ts';
import type { ImportMode } from '../domain/import-job.ts';
import type { Caller } from '../domain/tenant.ts';
import { deskSession } from './desk.ts';

type Wish = { list: 'own' | 'team'; mode: ImportMode; dryRun: boolean };

export const phraseImports = /* @__PURE__ */ once(async () => {
  const [{ mergePhrases, readPhrases }, session] = await Promise.all([
    import('../knowledge/phrases.ts'),
    deskSession(),
  ]);
  return (tenant: TenantId, caller: Caller, { list, mode, dryRun }: Wish, bytes: Uint8Array) => {
    const read = readPhrases(bytes);
    return session.importPhrases(tenant, caller, { list, dryRun }, (phrases) => mergePhrases(phrases, read, mode));
  };
});
