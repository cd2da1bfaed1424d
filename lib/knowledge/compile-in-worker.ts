import { parentPort, Worker, workerData } from 'node:worker_threads';
import { CuecardError } from '../domain/error.ts';
import { compile } from '../engine/compile.ts';
import type { Compiled, CompileInput, Progress } from '../engine/types.ts';
import type { Compile } from './deps.ts';

/** What the worker is told, and what it says. `kind` tells our worker from any other thread the module is loaded in. */
type Job = { kind: 'compile'; input: CompileInput };
type Message =
  | { kind: 'progress'; stage: Parameters<Progress>[0]; done: number; total: number }
  | ({ kind: 'compiled' } & Compiled)
  | { kind: 'failed'; reason: string };

export type WorkerLimits = { memoryMb: number; deadlineMs: number };

/** Progress is said at most this often (ms): each is a message between threads. */
const PROGRESS_MS = 100;

const isJob = (data: unknown): data is Job =>
  typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'compile';

/** Every stage's first step, and then one now and then. */
function throttled(post: (message: Message) => void): Progress {
  let lastStage = '';
  let lastAt = 0;
  return (stage, done, total) => {
    const at = performance.now();
    if (stage === lastStage && done < total && at - lastAt < PROGRESS_MS) return;
    lastStage = stage;
    lastAt = at;
    post({ kind: 'progress', stage, done, total });
  };
}

/**
 * Does the job this thread was started for, if it was started by `compileInWorker`. A module that is used as the
 * worker's URL calls this at its top level; anywhere else it does nothing, also in the worker threads in which the
 * local stack may run functions (so being off the main thread says nothing).
 */
export function runCompileWorker(): void {
  if (parentPort === null || !isJob(workerData)) return;
  const port = parentPort;
  const post = (message: Message, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);
  try {
    const { bytes, ...rest } = compile(workerData.input, throttled(post));
    // Bytes that are a view into a larger buffer are copied, so that only they travel.
    const own = bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
    post({ kind: 'compiled', bytes: own, ...rest }, [own.buffer as ArrayBuffer]);
  } catch (error) {
    post({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
  }
}

/** A release that cannot be compiled will not compile the next time either. */
const failure = (reason: string, cause?: unknown): CuecardError =>
  new CuecardError('invalid', `the release could not be compiled: ${reason}`, { cause });

const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';

/**
 * Compiles in a thread of its own, so that messages keep their latency, with a memory limit and a deadline.
 * `url` is the module that calls `runCompileWorker`: the function's own, which works from sources and from a bundle.
 */
export function compileInWorker(url: URL, { memoryMb, deadlineMs }: WorkerLimits): Compile {
  return (input, onProgress) =>
    new Promise((resolve, reject) => {
      const job: Job = { kind: 'compile', input };
      const worker = new Worker(url, { workerData: job, resourceLimits: { maxOldGenerationSizeMb: memoryMb } });
      const end = (settle: () => void): void => {
        clearTimeout(deadline);
        settle();
        void worker.terminate();
      };
      const deadline = setTimeout(
        () => end(() => reject(failure(`it took longer than ${deadlineMs / 1_000} s`))),
        deadlineMs,
      );
      worker.on('message', (message: Message) => {
        if (message.kind === 'progress') onProgress(message.stage, message.done, message.total);
        else if (message.kind === 'failed') end(() => reject(failure(message.reason)));
        else {
          const { kind: _, ...compiled } = message;
          end(() => resolve(compiled));
        }
      });
      worker.on('error', (error) => {
        const reason = isOutOfMemory(error) ? `it needs more than ${memoryMb} MB` : String(error);
        end(() => reject(failure(reason, error)));
      });
      worker.on('exit', () => end(() => reject(failure('the worker ended early'))));
    });
}
