import { parentPort, Worker, workerData } from 'node:worker_threads';
import { CuecardError, type ErrorKind } from '../../domain/error.ts';
import { type Answers, type OnReading, type ReadUpload, type Requests, readHere } from './readers.ts';

/** What the worker is told, and what it says. `kind` tells our worker from any other thread the module is loaded in. */
type Job = { kind: 'read'; what: keyof Requests; bytes: Uint8Array; request: Requests[keyof Requests] };
type Message =
  | { kind: 'progress'; stage: Parameters<OnReading>[0]; done: number; total: number }
  | { kind: 'read'; answer: Answers[keyof Answers] }
  | { kind: 'refused'; error: { kind: ErrorKind; message: string; errors: CuecardError['errors'] } }
  | { kind: 'failed'; reason: string };

export type ReadLimits = { memoryMb: number; deadlineMs: number };

/** While a file is read its reader says nothing; whoever waits is told this often (ms) that it goes on. */
const SIGN_OF_LIFE_MS = 5_000;

const isJob = (data: unknown): data is Job =>
  typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'read';

function answered(job: Job, post: (message: Message) => void): Message {
  try {
    const onReading: OnReading = (stage, done, total) => post({ kind: 'progress', stage, done, total });
    return { kind: 'read', answer: readHere(job.what, job.bytes, job.request as never, onReading) };
  } catch (error) {
    if (error instanceof CuecardError) {
      const { kind, message, errors } = error;
      return { kind: 'refused', error: { kind, message, errors } };
    }
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Reads the file this thread was started with, if it was; see `runCompileWorker`. */
export function runReadWorker(): void {
  if (parentPort === null || !isJob(workerData)) return;
  const port = parentPort;
  const post = (message: Message): void => port.postMessage(message);
  post(answered(workerData, post));
}

/** What cannot be read will not be read the next time either. */
const failure = (reason: string, cause?: unknown): CuecardError =>
  new CuecardError('invalid', `the file cannot be read: ${reason}`, { cause });

const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';

function errorOf(error: unknown, memoryMb: number): CuecardError {
  if (isOutOfMemory(error)) return failure(`it needs more than ${memoryMb} MB of memory; split it`, error);
  return failure('its content is not what it says it is; save it again or as CSV', error);
}

type Settle = { resolve: (answer: never) => void; reject: (error: CuecardError) => void; onReading: OnReading };

function settled(message: Message, { resolve, reject, onReading }: Settle): boolean {
  if (message.kind === 'progress') {
    onReading(message.stage, message.done, message.total);
    return false;
  }
  if (message.kind === 'read') resolve(message.answer as never);
  else if (message.kind === 'failed') reject(errorOf(new Error(message.reason), 0));
  else reject(new CuecardError(message.error.kind, message.error.message, { errors: message.error.errors }));
  return true;
}

/**
 * Reads files in a thread of their own with a memory limit and a deadline, so that no file can stop or slow the function.
 * `url` is the module that calls `runReadWorker`: the function's own. What breaks the reader itself is `invalid` as well.
 */
export function readInWorker(url: URL, { memoryMb, deadlineMs }: ReadLimits): ReadUpload {
  return (what, bytes, request, onReading = () => undefined) =>
    new Promise((resolve, reject) => {
      const job: Job = { kind: 'read', what, bytes, request };
      const worker = new Worker(url, {
        workerData: job,
        resourceLimits: { maxOldGenerationSizeMb: memoryMb },
        // What a hostile file makes a reader print is nobody's log.
        stderr: true,
        stdout: true,
      });
      let stage: Parameters<OnReading>[0] = 'reading';
      const alive = setInterval(() => onReading(stage, 0, 1), SIGN_OF_LIFE_MS);
      const end = (settle: () => void): void => {
        clearTimeout(deadline);
        clearInterval(alive);
        settle();
        void worker.terminate();
      };
      const late = () => end(() => reject(failure(`it takes longer than ${deadlineMs / 1_000} s; split it`)));
      const deadline = setTimeout(late, deadlineMs);
      const told: OnReading = (now, done, total) => {
        stage = now;
        onReading(now, done, total);
      };
      worker.on('message', (message: Message) => {
        if (settled(message, { resolve: resolve as never, reject, onReading: told })) end(() => undefined);
      });
      worker.on('error', (error) => end(() => reject(errorOf(error, memoryMb))));
      worker.on('exit', () => end(() => reject(errorOf(new Error('the worker ended early'), memoryMb))));
    });
}
