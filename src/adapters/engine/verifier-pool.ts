/**
 * Signature checks on all cores: verify.worker.ts in as many threads, started when they are first worth
 * it and kept. They hold no process open. A worker that fails rejects its batch (no verdict is made up)
 * and is replaced by the next one that is needed.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { verifySignature, type SignatureCheck } from '../../record/signing.ts';
import { nodeEngine } from './node-engine.ts';

/** Fewer checks are made here: handing them over and back costs more than it gains. */
const APART_FROM = 24;
/** Checks per message: long enough to be worth one, short enough that all workers end together. */
const BATCH = 512;

export interface VerifierPool {
  /** Verdicts in the order of the checks. */
  verify(checks: readonly SignatureCheck[]): Promise<readonly boolean[]>;
  close(): Promise<void>;
}

interface Task {
  readonly checks: readonly SignatureCheck[];
  readonly done: (verdicts: readonly boolean[]) => void;
  readonly failed: (error: unknown) => void;
}

export function verifierPool(workersMax: number = availableParallelism()): VerifierPool {
  const engine = nodeEngine();
  const workers = new Set<Worker>();
  const idle: Worker[] = [];
  const waiting: Task[] = [];

  function start(): Worker {
    const worker = new Worker(new URL('./verify.worker.ts', import.meta.url));
    worker.unref();
    workers.add(worker);
    return worker;
  }

  function next(): void {
    const task = waiting[0];
    if (task === undefined) return;
    const worker = idle.pop() ?? (workers.size < workersMax ? start() : undefined);
    if (worker === undefined) return;
    waiting.shift();
    run(worker, task);
    next();
  }

  function run(worker: Worker, task: Task): void {
    // Somebody waits for this answer: while it is under way the process stays.
    worker.ref();
    const ended = (error: unknown): void => {
      workers.delete(worker);
      task.failed(error);
      next();
    };
    const exited = (): void => ended(new Error('a verifying thread ended'));
    worker.once('error', ended);
    worker.once('exit', exited);
    worker.once('message', (verdicts: readonly boolean[]) => {
      worker.off('error', ended);
      worker.off('exit', exited);
      worker.unref();
      idle.push(worker);
      task.done(verdicts);
      next();
    });
    worker.postMessage(task.checks);
  }

  function batch(checks: readonly SignatureCheck[]): Promise<readonly boolean[]> {
    const { promise, resolve, reject } = Promise.withResolvers<readonly boolean[]>();
    waiting.push({ checks, done: resolve, failed: reject });
    next();
    return promise;
  }

  return {
    async verify(checks) {
      if (checks.length < APART_FROM || workersMax < 2) return checks.map((check) => verifySignature(engine, check));
      const batches: Promise<readonly boolean[]>[] = [];
      for (let from = 0; from < checks.length; from += BATCH) batches.push(batch(checks.slice(from, from + BATCH)));
      return (await Promise.all(batches)).flat();
    },
    async close() {
      await Promise.all([...workers].map((worker) => worker.terminate()));
    },
  };
}
