import { knowledge } from '../lib/app/manage.ts';
import {
  activateRelease,
  createRelease,
  deleteEntry,
  exportEntries,
  installPack,
  listEntries,
  listPacks,
  listReleases,
  readEntry,
  readImport,
  readRelease,
  startImport,
  writeEntry,
} from '../lib/domain/contract/knowledge.ts';
import { http, on } from './support/http.ts';

const FILE_TYPES = { csv: 'text/csv; charset=utf-8', json: 'application/json; charset=utf-8' };

export const handler = http(
  on(startImport, async ({ tenant, caller, query, raw }) => ({
    status: 202,
    body: await (await knowledge()).startImport(tenant, { ...query, by: caller.agentId }, raw),
  })),
  on(readImport, async ({ tenant, params }) => ({
    status: 200,
    body: await (await knowledge()).readImport(tenant, params.id),
  })),
  on(listEntries, async ({ tenant, query }) => ({
    status: 200,
    body: await (await knowledge()).listEntries(tenant, query),
  })),
  on(readEntry, async ({ tenant, params }) => ({
    status: 200,
    body: await (await knowledge()).readEntry(tenant, params.id),
  })),
  on(writeEntry, async ({ tenant, params, body }) => ({
    status: 200,
    body: await (await knowledge()).writeEntry(tenant, params.id, body),
  })),
  on(deleteEntry, async ({ tenant, params }) => {
    await (await knowledge()).deleteEntry(tenant, params.id);
    return { status: 204, text: '' };
  }),
  on(exportEntries, async ({ tenant, query }) => ({
    status: 200,
    text: await (await knowledge()).exportEntries(tenant, query.format),
    headers: {
      'content-type': FILE_TYPES[query.format],
      'content-disposition': `attachment; filename="entries.${query.format}"`,
    },
  })),
  on(createRelease, async ({ tenant, caller, body }) => ({
    status: 202,
    body: await (await knowledge()).createRelease(tenant, body, caller.agentId),
  })),
  on(listReleases, async ({ tenant, query }) => ({
    status: 200,
    body: await (await knowledge()).listReleases(tenant, query),
  })),
  on(readRelease, async ({ tenant, params }) => ({
    status: 200,
    body: await (await knowledge()).readRelease(tenant, params.id),
  })),
  on(activateRelease, async ({ tenant, caller, params }) => ({
    status: 200,
    body: await (await knowledge()).activateRelease(tenant, params.id, caller.agentId),
  })),
  on(listPacks, async () => ({ status: 200, body: await (await knowledge()).listPacks() })),
  on(installPack, async ({ tenant, caller, params }) => ({
    status: 202,
    body: await (await knowledge()).installPack(tenant, params.name, caller.agentId),
  })),
);
