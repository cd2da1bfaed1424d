import { exporting, knowledge } from '../lib/app/manage.ts';
import {
  activateRelease,
  createRelease,
  deleteEntry,
  diffKnowledge,
  exportEntries,
  listAudit,
  listEntries,
  listReleases,
  readEntry,
  readRelease,
  writeEntry,
} from '../lib/domain/contract/knowledge.ts';
import { download } from './support/download.ts';
import { http, on } from './support/http.ts';

const FILE_TYPES = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** A revision may come as an entity tag; `*` is whatever is there. */
function revisionOf(headers: Record<string, string | undefined>): string | undefined {
  const tag = headers['if-match']?.trim();
  return tag === undefined || tag === '*' ? undefined : tag.replace(/^(?:W\/)?"(.*)"$/, '$1');
}

export const handler = http(
  on(listEntries, async ({ tenant, query }) => ({
    status: 200,
    body: await (await knowledge()).listEntries(tenant, query),
  })),
  on(readEntry, async ({ tenant, params }) => ({
    status: 200,
    body: await (await knowledge()).readEntry(tenant, params.id),
  })),
  on(writeEntry, async ({ tenant, caller, params, body, headers }) => ({
    status: 200,
    body: await (await knowledge()).writeEntry(tenant, params.id, body, caller.agentId, revisionOf(headers)),
  })),
  on(deleteEntry, async ({ tenant, caller, params, query, headers }) => {
    const revision = query.revision ?? revisionOf(headers);
    await (await knowledge()).deleteEntry(tenant, params.id, caller.agentId, revision);
    return { status: 204, text: '' };
  }),
  on(exportEntries, async ({ tenant, query: { format }, headers }) => {
    const bytes = await (await exporting())(tenant, format);
    return download(`entries.${format}`, FILE_TYPES[format], bytes, headers);
  }),
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
  on(activateRelease, async ({ tenant, caller, params, body }) => ({
    status: 200,
    body: await (await knowledge()).activateRelease(tenant, params.id, caller.agentId, body.override),
  })),
  on(diffKnowledge, async ({ tenant, query }) => ({
    status: 200,
    body: await (await knowledge()).diff(tenant, query),
  })),
  on(listAudit, async ({ tenant, query }) => ({
    status: 200,
    body: await (await knowledge()).audit(tenant, query),
  })),
);
