import { parentPort, Worker, workerData } from 'node:worker_threads';
import { CuecardError } from '../domain/error.ts';
import type { Product } from '../domain/product.ts';
import { compileProducts } from '../engine/products/compile.ts';
import type { Need } from '../engine/products/needs.ts';
import type { WorkerLimits } from './compile-in-worker.ts';

type Job = { kind: 'catalog'; products: readonly Product[]; needs: readonly Need[] };
type Message = { kind: 'compiled'; bytes: Uint8Array } | { kind: 'failed'; reason: string };

const isJob = (data: unknown): data is Job =>
  typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'catalog';

/** Compiles the products this thread was started with, if it was; see `runCompileWorker`. */
export function runCatalogWorker(): void {
  if (parentPort === null || !isJob(workerData)) return;
  const post = (message: Message, transfer: ArrayBuffer[] = []): void => parentPort?.postMessage(message, transfer);
  try {
    const bytes = compileProducts(workerData.products, workerData.needs);
    post({ kind: 'compiled', bytes }, [bytes.buffer as ArrayBuffer]);
  } catch (error) {
    post({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
  }
}

const failure = (reason: string, cause?: unknown): CuecardError =>
  new CuecardError('invalid', `the catalogue could not be compiled: ${reason}`, { cause });

/**
 * Compiles products in a thread of its own, with a memory limit and a deadline. `url` is the module that calls
 * `runCatalogWorker`. Rejects with `invalid`: what is live stays.
 */
export function compileCatalogInWorker(
  url: URL,
  { memoryMb, deadlineMs }: WorkerLimits,
): (products: readonly Product[], needs: readonly Need[]) => Promise<Uint8Array> {
  return (products, needs) =>
    new Promise((resolve, reject) => {
      const job: Job = { kind: 'catalog', products, needs };
      const worker = new Worker(url, { workerData: job, resourceLimits: { maxOldGenerationSizeMb: memoryMb } });
      const end = (settle: () => void): void => {
        clearTimeout(deadline);
        settle();
        void worker.terminate();
      };
      const late = () => end(() => reject(failure(`it took longer than ${deadlineMs / 1_000} s`)));
      const deadline = setTimeout(late, deadlineMs);
      worker.on('message', (message: Message) =>
        end(() => (message.kind === 'failed' ? reject(failure(message.reason)) : resolve(message.bytes))),
      );
      worker.on('error', (error) => end(() => reject(failure(String(error), error))));
      worker.on('exit', () => end(() => reject(failure('the worker ended early'))));
    });
}
