import { CuecardError } from '../domain/error.ts';
import type { TenantId } from '../domain/ids.ts';
import type { ImportJob } from '../domain/import-job.ts';
import type { Product } from '../domain/product.ts';
import { contentKey } from './content-key.ts';
import type { KnowledgeDeps } from './deps.ts';
import type { Running } from './job.ts';
import { planImport, sameExcept } from './plan.ts';
import { NO_POINTER } from './pointer.ts';
import { withPast } from './product-past.ts';
import { storedProgress } from './progress.ts';
import { saveReading } from './reading.ts';

const SLICE = 500;
const POINTER_ATTEMPTS = 20;

type Deps = Pick<KnowledgeDeps, 'products' | 'objects' | 'live' | 'buildCatalog' | 'now' | 'read'>;

const sameProduct = sameExcept<Product>('updatedAt', 'past');

async function upload(deps: Deps, job: ImportJob): Promise<Uint8Array> {
  const bytes = job.uploadKey === undefined ? undefined : await deps.objects.get(job.uploadKey);
  if (bytes === undefined) throw new CuecardError('not_found', 'the uploaded file is gone');
  return bytes;
}

async function writeProducts(
  deps: Deps,
  running: Running<ImportJob>,
  puts: readonly Product[],
  removes: readonly Product[],
): Promise<void> {
  for (let start = 0; start < puts.length; start += SLICE) {
    await running.save({});
    await deps.products.write(running.tenant, { puts: puts.slice(start, start + SLICE) });
  }
  if (removes.length > 0) await deps.products.write(running.tenant, { deletes: removes.map((product) => product.id) });
}

/**
 * Compiles the products as they are and points at the result. The pointer is read before the products: when another
 * import moved it meanwhile, its products may be newer than ours, and they are read again.
 */
async function publishCatalog(deps: Deps, tenant: TenantId): Promise<void> {
  for (let attempt = 0; attempt < POINTER_ATTEMPTS; attempt++) {
    const pointer = await deps.live.read(tenant);
    const bytes = await deps.buildCatalog(await deps.products.all(tenant));
    const catalogKey = contentKey('catalogs', tenant, bytes);
    if (pointer?.catalogKey === catalogKey) return;
    await deps.objects.put(catalogKey, bytes);
    const next = { ...(pointer ?? NO_POINTER), catalogKey, version: (pointer?.version ?? 0) + 1 };
    if ((await deps.live.put(tenant, next, pointer?.version)) === 'ok') return;
  }
  throw new CuecardError('unavailable', 'the catalogue is being changed too often: try again');
}

/** Reads the upload, writes the products, publishes the catalogue, and keeps the report. */
export async function runCatalogImport(deps: Deps, running: Running<ImportJob>): Promise<void> {
  await running.save({ status: 'running' });
  const job = running.job();
  const progress = storedProgress(running, deps.now);
  const bytes = await upload(deps, job);
  const read = await deps
    .read('products', bytes, { updatedAt: job.createdAt }, (stage, done, total) =>
      progress.report({ stage, done, total }),
    )
    .finally(progress.settled);
  await saveReading(deps, running, read);
  if (job.mode === 'replace' && read.products.length === 0) {
    throw new CuecardError('invalid', 'no row of the file could be used: the catalogue is left as it is');
  }
  const present = await deps.products.all(running.tenant);
  const plan = planImport(present, read.products, job.mode, sameProduct);
  if (!job.planned) await running.save({ ...plan.counts, planned: true });
  if (!job.dryRun) {
    const known = new Map(present.map((product) => [product.id, product]));
    const puts = plan.puts.map((product) => withPast(known.get(product.id), product));
    await writeProducts(deps, running, puts, plan.removes);
    await publishCatalog(deps, running.tenant);
  }
  await running.finish({ status: 'done', finishedAt: new Date(deps.now()).toISOString() });
}
