import { CuecardError } from '../../domain/error.ts';
import type { EntryId, TenantId } from '../../domain/ids.ts';
import type { FactAnswers } from '../../domain/pack.ts';
import { PackUpdate } from '../../domain/pack-update.ts';
import type { Localized, Tenant } from '../../domain/tenant.ts';
import type { KnowledgeRoomDeps } from '../room.ts';
import { checkAnswers, tenantFacts } from './facts.ts';
import { reportKey } from './import-pack.ts';
import { resetEntry, switchEntry } from './layers.ts';
import { listPacks } from './list.ts';
import { previewUpdate, startInstall, startUpdate, type UpdateRequest } from './update.ts';

export type PackRoomDeps = KnowledgeRoomDeps & {
  /** The settings as they are stored, not as they are remembered. */
  readTenant(id: TenantId): Promise<Tenant | undefined>;
  /** Sets facts one by one, `null` takes one back; the tenant as it then is. */
  setFacts(id: TenantId, facts: Record<string, Localized | null>): Promise<Tenant>;
};

async function valuesOf(deps: PackRoomDeps, tenant: TenantId): Promise<Record<string, Localized>> {
  const found = await deps.readTenant(tenant);
  if (found === undefined) throw new CuecardError('not_found', `no tenant ${tenant}`);
  return found.settings.shopFacts;
}

/** What can be done with packs and the layers over them. */
export function packRoom(deps: PackRoomDeps) {
  return {
    list: (tenant: TenantId) => listPacks(deps, tenant),
    install: (tenant: TenantId, name: string, by: string) => startInstall(deps, tenant, name, by),
    preview: (tenant: TenantId, name: string, request: UpdateRequest) => previewUpdate(deps, tenant, name, request),
    update: (tenant: TenantId, name: string, request: UpdateRequest) => startUpdate(deps, tenant, name, request),
    /** What an update that was started did. Raises `not_found`. */
    async report(tenant: TenantId, id: string): Promise<PackUpdate> {
      const kept = await deps.objects.get(reportKey(tenant, id));
      if (kept === undefined) throw new CuecardError('not_found', `no report of ${id} yet`);
      return PackUpdate.parse(JSON.parse(new TextDecoder().decode(kept)));
    },
    switch: (tenant: TenantId, id: EntryId, to: 'on' | 'off', by: string) => switchEntry(deps, tenant, id, to, by),
    reset: (tenant: TenantId, id: EntryId, by: string) => resetEntry(deps, tenant, id, by),
    facts: async (tenant: TenantId) => ({ items: await tenantFacts(deps, tenant, await valuesOf(deps, tenant)) }),
    /** Raises `invalid`; the facts as they then are. */
    async setFacts(tenant: TenantId, answers: FactAnswers) {
      const known = await tenantFacts(deps, tenant, await valuesOf(deps, tenant));
      checkAnswers(
        answers,
        known.map(({ name }) => name),
      );
      const { settings } = await deps.setFacts(tenant, answers.facts);
      return { items: await tenantFacts(deps, tenant, settings.shopFacts) };
    },
  };
}
