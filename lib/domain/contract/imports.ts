import * as z from 'zod';
import { ColumnMapping, ImportFormat, ImportMode, ImportReport, ImportStatus } from '../import-job.ts';
import { Language } from '../language.ts';
import { UploadForm } from '../upload.ts';
import { Cursor, flag, page, route } from './common.ts';

/** A file larger than this does not fit through the gateway. */
export const MAX_UPLOAD_BYTES = 4 * 1024 * 1024;

const manager = { roles: ['manager'] } as const;
const upload = { contentType: 'application/octet-stream', maxBytes: MAX_UPLOAD_BYTES };

function parsedJson(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('not JSON: write {"Frage": "question", "intern": null}');
    return z.NEVER;
  }
}

const Mapping = z.string().max(20_000).transform(parsedJson).pipe(ColumnMapping);

/** `upload`: the body is empty, and the answer says where to post the file; `bytes` is its size, if it is known. */
const byUpload = { upload: flag, bytes: z.coerce.number().int().nonnegative().optional() };

const Queued = z.object({ id: z.string(), status: ImportStatus, upload: UploadForm.optional() });
const queued = { 202: { description: 'Queued, or waiting for its file; poll the report', schema: Queued } };
const oneImport = { ...manager, params: z.object({ id: z.string().max(100) }) };

export const startImport = route('POST', '/v1/knowledge/imports', {
  summary:
    'Reads a file of entries into the draft; the body is the file (larger ones by `upload`), whose content decides',
  ...manager,
  query: z.object({
    format: ImportFormat.default('auto'),
    mode: ImportMode.default('merge'),
    dryRun: flag,
    mapping: Mapping.optional(),
    language: Language.optional(),
    ...byUpload,
  }),
  upload,
  responses: queued,
});

export const listImports = route('GET', '/v1/knowledge/imports', {
  summary: 'Imports of entries and packs, newest first, each with the first of its bad rows',
  ...manager,
  query: z.object({
    cursor: Cursor.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(20),
  }),
  responses: { 200: { description: 'The reports', schema: page(ImportReport) } },
});

export const readImport = route('GET', '/v1/knowledge/imports/{id}', {
  summary: 'How an import stands, with every bad row and why',
  ...oneImport,
  responses: { 200: { description: 'The report', schema: ImportReport } },
});

export const startUploaded = route('POST', '/v1/knowledge/imports/{id}/start', {
  summary: 'Starts an import whose file has been posted; again is harmless',
  ...oneImport,
  responses: queued,
});

export const readRejected = route('GET', '/v1/knowledge/imports/{id}/rejected', {
  summary: 'All rows that could not be used, as a spreadsheet',
  ...oneImport,
  query: z.object({ format: z.enum(['csv']).default('csv') }),
  responses: { 200: { description: 'The file', contentType: 'text/csv' } },
});

export const importCatalog = route('POST', '/v1/catalog/imports', {
  summary: "Reads a table of products (CSV or XLSX), ours or Shopify's export; the body is the file",
  ...manager,
  query: z.object({ mode: ImportMode.default('merge'), dryRun: flag, ...byUpload }),
  upload,
  responses: queued,
});

export const readCatalogImport = route('GET', '/v1/catalog/imports/{id}', {
  summary: 'How a catalogue import stands',
  ...oneImport,
  responses: { 200: { description: 'The report', schema: ImportReport } },
});

export const startUploadedCatalog = route('POST', '/v1/catalog/imports/{id}/start', {
  summary: 'Starts a catalogue import whose file has been posted',
  ...oneImport,
  responses: queued,
});
