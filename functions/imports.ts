import { knowledge } from '../lib/app/manage.ts';
import {
  importCatalog,
  listImports,
  readCatalogImport,
  readImport,
  readRejected,
  startImport,
  startUploaded,
  startUploadedCatalog,
} from '../lib/domain/contract/imports.ts';
import { http, on } from './support/http.ts';

export const handler = http(
  on(startImport, async ({ tenant, caller, query, raw }) => ({
    status: 202,
    body: await (await knowledge()).startImport(tenant, { ...query, by: caller.agentId }, raw),
  })),
  on(listImports, async ({ tenant, query }) => ({
    status: 200,
    body: await (await knowledge()).listImports(tenant, query),
  })),
  on(readImport, async ({ tenant, params }) => ({
    status: 200,
    body: await (await knowledge()).readImport(tenant, params.id),
  })),
  on(startUploaded, async ({ tenant, params }) => ({
    status: 202,
    body: await (await knowledge()).startUploaded(tenant, params.id),
  })),
  on(readRejected, async ({ tenant, params }) => ({
    status: 200,
    text: await (await knowledge()).readRejected(tenant, params.id),
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="rejected.csv"',
    },
  })),
  on(importCatalog, async ({ tenant, caller, query, raw }) => ({
    status: 202,
    body: await (await knowledge()).importCatalog(tenant, { ...query, by: caller.agentId }, raw),
  })),
  on(readCatalogImport, async ({ tenant, params }) => ({
    status: 200,
    body: await (await knowledge()).readImport(tenant, params.id),
  })),
  on(startUploadedCatalog, async ({ tenant, params }) => ({
    status: 202,
    body: await (await knowledge()).startUploaded(tenant, params.id),
  })),
);
