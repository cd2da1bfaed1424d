import * as z from 'zod';
import { EntryId } from '../ids.ts';
import { ImportStatus } from '../import-job.ts';
import { KeptEntry } from '../kept-entry.ts';
import { FactAnswers, PackSummary, ShopFact } from '../pack.ts';
import { PackChoices, PackUpdate } from '../pack-update.ts';
import { page, route } from './common.ts';

const manager = { roles: ['manager'] } as const;
const name = z.string().regex(/^[a-z0-9-]{1,50}$/);
const Queued = z.object({ id: z.string(), status: ImportStatus });
const flag = z
  .enum(['true', 'false', '1', '0', ''])
  .default('false')
  .transform((value) => value === 'true' || value === '1' || value === '');

export const listPacks = route('GET', '/v1/packs', {
  summary: 'Industry packs: those that can be installed, those that are, and what could be updated',
  ...manager,
  responses: { 200: { description: 'The packs', schema: page(PackSummary) } },
});

export const installPack = route('POST', '/v1/packs/{name}/install', {
  summary: "Writes a pack's entries into the draft; what the shop wrote or edited stays as it is",
  ...manager,
  params: z.object({ name }),
  responses: { 202: { description: 'Queued; poll the import', schema: Queued } },
});

export const updatePack = route('POST', '/v1/packs/{name}/update', {
  summary: 'Merges the new version of an installed pack into the draft; no edit of the shop is lost',
  ...manager,
  params: z.object({ name }),
  query: z.object({ dryRun: flag }),
  body: z.object({ choices: PackChoices.optional() }),
  responses: {
    200: { description: 'Of a dry run: what the update would do, and what is to be chosen', schema: PackUpdate },
    202: {
      description: 'Queued; poll the import. 409 with `conflicts` where a choice is missing',
      schema: Queued.extend({ update: PackUpdate }),
    },
  },
});

export const readPackUpdate = route('GET', '/v1/packs/updates/{id}', {
  summary: 'What an installation or update of a pack did, by the id of its import',
  ...manager,
  /** It stands in an object's key, where `../` would be another tenant's. */
  params: z.object({ id: z.string().regex(/^[\w-]{1,100}$/, 'the id of an import') }),
  responses: { 200: { description: 'The report', schema: PackUpdate } },
});

const layered = {
  ...manager,
  params: z.object({ id: EntryId }),
  responses: { 200: { description: 'The entry as it is kept', schema: KeptEntry } },
};

export const switchOff = route('POST', '/v1/knowledge/entries/{id}/off', {
  summary: 'Keeps an entry and leaves it out of releases',
  ...layered,
});

export const switchOn = route('POST', '/v1/knowledge/entries/{id}/on', {
  summary: 'Takes an entry into releases again',
  ...layered,
});

export const resetEntry = route('POST', '/v1/knowledge/entries/{id}/reset', {
  summary: "Takes an entry back to its pack's words, also one that was deleted",
  ...layered,
});

const Facts = z.object({ items: z.array(ShopFact) });

export const readFacts = route('GET', '/v1/knowledge/facts', {
  summary: 'What the shop is asked once, and how many entries wait for each answer',
  ...manager,
  responses: { 200: { description: 'In the order of the packs; what only own entries use comes last', schema: Facts } },
});

export const writeFacts = route('PUT', '/v1/knowledge/facts', {
  summary: 'Answers some of it, at once and without a release; null takes an answer back',
  ...manager,
  body: FactAnswers,
  responses: { 200: { description: 'All facts as they now are', schema: Facts } },
});
