import * as z from 'zod';
import { AuditEvent } from '../audit.ts';
import { KnowledgeDiff } from '../diff.ts';
import { EntryFilter } from '../entry-filter.ts';
import { EntryId, ReleaseId } from '../ids.ts';
import { KeptEntry } from '../kept-entry.ts';
import { Product } from '../product.ts';
import { Override, Release, ReleaseRequest } from '../release.ts';
import { Cursor, narrowing, page, route } from './common.ts';

const manager = { roles: ['manager'] } as const;
const listing = {
  q: z.string().max(500).optional(),
  cursor: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
};

export const listEntries = route('GET', '/v1/knowledge/entries', {
  summary: "The draft's entries",
  ...manager,
  query: z.object({ ...listing, ...EntryFilter.shape }),
  responses: {
    200: { description: 'In order of their ids; a page may hold few and still have a cursor', schema: page(KeptEntry) },
  },
});

const oneEntry = { ...manager, params: z.object({ id: EntryId }) };

export const readEntry = route('GET', '/v1/knowledge/entries/{id}', {
  summary: 'An entry of the draft',
  ...oneEntry,
  responses: { 200: { description: 'The entry', schema: KeptEntry } },
});

export const writeEntry = route('PUT', '/v1/knowledge/entries/{id}', {
  summary: 'Adds or replaces an entry of the draft',
  ...oneEntry,
  body: z.looseObject({
    revision: z.string().nullable().optional().describe('That the edit was made from; also as If-Match'),
  }),
  responses: {
    200: { description: 'The entry as it is kept. 409 with `current` and `yours` if it changed', schema: KeptEntry },
  },
});

export const deleteEntry = route('DELETE', '/v1/knowledge/entries/{id}', {
  summary: 'Takes an entry out of the draft',
  ...oneEntry,
  query: z.object({ revision: z.string().max(100).optional() }),
  responses: { 204: { description: 'Gone from the draft; live until the next release' } },
});

export const exportEntries = route('GET', '/v1/knowledge/export', {
  summary: 'The draft as a file that can be imported again',
  ...manager,
  query: z.object({ format: z.enum(['csv', 'xlsx', 'json']).default('csv') }),
  responses: { 200: { description: 'The file' } },
});

export const createRelease = route('POST', '/v1/knowledge/releases', {
  summary: 'Compiles the draft, gates it and, unless told otherwise, publishes it',
  ...manager,
  body: ReleaseRequest,
  responses: { 202: { description: 'Compiling; poll the release', schema: Release } },
});

export const listReleases = route('GET', '/v1/knowledge/releases', {
  summary: 'Releases, newest first',
  ...manager,
  query: z.object({ cursor: listing.cursor, limit: z.coerce.number().int().min(1).max(100).default(20) }),
  responses: { 200: { description: 'The releases', schema: page(Release) } },
});

const oneRelease = { ...manager, params: z.object({ id: ReleaseId }) };

export const readRelease = route('GET', '/v1/knowledge/releases/{id}', {
  summary: 'A release: status, progress, report',
  ...oneRelease,
  responses: { 200: { description: 'The release', schema: Release } },
});

export const activateRelease = route('POST', '/v1/knowledge/releases/{id}/activate', {
  summary: 'Makes a compiled release the live one: publish or roll back',
  ...oneRelease,
  body: z.object({ override: Override.optional() }),
  responses: { 200: { description: 'Live', schema: Release } },
});

const DiffEnd = z.union([z.enum(['live', 'draft']), ReleaseId], 'live, draft, or the id of a release');

export const diffKnowledge = route('GET', '/v1/knowledge/diff', {
  summary: 'What was added, changed field by field, and removed between two states of the knowledge',
  ...manager,
  query: z.object({
    from: z.union([z.literal('live'), ReleaseId], 'live, or the id of a release').default('live'),
    to: DiffEnd.default('draft'),
    cursor: listing.cursor,
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  responses: { 200: { description: 'A page of the changes by id; the counts are of all', schema: KnowledgeDiff } },
});

export const listAudit = route('GET', '/v1/audit', {
  summary: 'Who decided what about the knowledge, when and why; newest first',
  ...manager,
  query: z.object({
    ...narrowing,
    subject: z.string().max(200).optional().describe('What it is about: a release, a pack'),
    cursor: listing.cursor,
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  responses: {
    200: {
      description:
        'The decisions. Narrowed by person, action or subject, a page looks at 2,000 at most: it may hold less than ' +
        '`limit` and still a cursor',
      schema: page(AuditEvent),
    },
  },
});

export const searchProducts = route('GET', '/v1/catalog/products', {
  summary: 'Products by words, needs, size and price ("waterproof jacket under $50"), spelling forgiven',
  roles: ['manager', 'agent'],
  query: z.object(listing),
  responses: { 200: { description: 'Best first', schema: page(Product) } },
});
