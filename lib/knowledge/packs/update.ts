import { CuecardError } from '../../domain/error.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { ImportReport, ImportStatus } from '../../domain/import-job.ts';
import type { PackChoices, PackConflict, PackUpdate } from '../../domain/pack-update.ts';
import type { KnowledgeDeps } from '../deps.ts';
import { createPackImport, getImport, runImport } from '../import.ts';
import { tryStart } from '../try-start.ts';
import { installedTags, keepPack, readKept, tagOf } from './installed.ts';
import { judgeAll, readBase, reportOf } from './merge-pack.ts';
import type { Pack } from './pack.ts';
import { presentEntries } from './present.ts';
import { compareVersions, versionOf } from './version.ts';

type Deps = Pick<KnowledgeDeps, 'drafts' | 'objects' | 'loadPack' | 'imports' | 'start' | 'tenant' | 'now' | 'newId'>;

/**
 * Keeps the pack's words, which later updates are merged from. The words of a version that is installed are never
 * replaced: they are what the shop's entries came from.
 */
async function keepWords(deps: Deps, tenant: TenantId, pack: Pack, tags: readonly string[]): Promise<void> {
  const tag = tagOf(pack);
  if (tags.includes(tag) && (await readKept(deps, tenant, tag)) !== undefined) return;
  await keepPack(deps, tenant, pack, deps.now());
}

/** The pack of this deployment, kept for the tenant, and what the tenant has of it. */
async function prepare(deps: Deps, tenant: TenantId, name: string) {
  const [pack, present] = await Promise.all([deps.loadPack(name), presentEntries(deps, tenant)]);
  const tags = installedTags(present).get(name) ?? [];
  await keepWords(deps, tenant, pack, tags);
  return { pack, present, tags, to: tagOf(pack) };
}

type Queued = { id: string; status: ImportStatus };

/**
 * Queues the installation of a pack. Entries that the shop wrote or edited stay as they are, whatever their id; what it
 * lacks is put there. Installing over another version is an update in which the shop's words win. Raises `not_found`.
 */
export async function startInstall(deps: Deps, tenant: TenantId, name: string, by: string): Promise<Queued> {
  const { to, tags } = await prepare(deps, tenant, name);
  const from = tags[0];
  const restores = from === undefined || from === to;
  const merge = { to, choices: {}, restores, ...(from === undefined ? {} : { from }) };
  const id = await createPackImport(deps, tenant, { pack: name, by, merge });
  await tryStart(deps, tenant, 'import', id);
  return { id, status: 'queued' };
}

/** Installs a pack and waits for it. */
export async function installPack(
  deps: KnowledgeDeps,
  tenant: TenantId,
  name: string,
  by: string,
): Promise<ImportReport> {
  const { id } = await startInstall({ ...deps, start: async () => undefined }, tenant, name, by);
  await runImport(deps, tenant, id);
  return getImport(deps, tenant, id);
}

function refuseUndecided(conflicts: readonly PackConflict[]): void {
  if (conflicts.length === 0) return;
  const errors = conflicts.map(({ entryId, fields }) => ({
    path: `choices.${entryId}`,
    message: `you and the pack both changed ${fields.map(({ path }) => path).join(', ')}: choose mine or theirs`,
  }));
  throw new CuecardError(
    'conflict',
    `${conflicts.length} entries were changed by you and by the pack: choose for each`,
    {
      errors,
      members: { conflicts },
    },
  );
}

function refuseUnknown(choices: PackChoices, known: ReadonlySet<string>): void {
  const errors = Object.keys(choices)
    .filter((id) => !known.has(id))
    .map((id) => ({ path: `choices.${id}`, message: 'neither you nor the pack has this entry' }));
  if (errors.length > 0) throw new CuecardError('invalid', 'a choice is of no entry', { errors });
}

export type UpdateRequest = { choices?: PackChoices | undefined; by: string };

/** What an update of an installed pack would do. Raises `not_found`, or `conflict` when the installed one is newer. */
async function plan(deps: Deps, tenant: TenantId, name: string, choices: PackChoices, dryRun: boolean) {
  const { present, tags, to } = await prepare(deps, tenant, name);
  const from = tags[0];
  if (from === undefined) throw new CuecardError('not_found', `the pack ${name} is not installed`);
  if (compareVersions(versionOf(from), versionOf(to)) > 0) {
    throw new CuecardError('conflict', `${from} is installed, which is newer than ${to}: nothing to update`);
  }
  const merge = { to, from, choices, restores: false };
  const base = await readBase(deps, tenant, present, merge);
  refuseUnknown(choices, new Set([...base.theirs.keys(), ...present.map(({ id }) => id)]));
  return { merge, report: reportOf(base, judgeAll(base, present), dryRun) };
}

/** The report of an update that is not made. */
export async function previewUpdate(
  deps: Deps,
  tenant: TenantId,
  name: string,
  { choices = {} }: Pick<UpdateRequest, 'choices'>,
): Promise<PackUpdate> {
  return (await plan(deps, tenant, name, choices, true)).report;
}

/**
 * Queues an update. Raises what a preview raises, and `conflict` with the open ones (`conflicts`) where a choice is
 * missing. Nothing is remembered apart: once merged, the new version is what later updates compare with, so that a
 * choice is asked for once.
 */
export async function startUpdate(
  deps: Deps,
  tenant: TenantId,
  name: string,
  { choices = {}, by }: UpdateRequest,
): Promise<Queued & { update: PackUpdate }> {
  const { merge, report } = await plan(deps, tenant, name, choices, false);
  refuseUndecided(report.conflicts);
  const id = await createPackImport(deps, tenant, { pack: name, by, merge });
  await tryStart(deps, tenant, 'import', id);
  return { id, status: 'queued', update: report };
}
