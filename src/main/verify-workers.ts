/** Checks signatures on all cores: verify-worker.ts in as many threads. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { SignatureCheck } from '../record/signing.ts';

const BATCH = 512;

/** Verdicts in the order of the checks. Rejects when a worker fails: no verdict is made up. */
export async function checkInWorkers(checks: readonly SignatureCheck[]): Promise<readonly boolean[]> {
  const verdicts = Array.from({ length: checks.length }, () => false);
  const count = Math.min(availableParallelism(), Math.ceil(checks.length / BATCH));
  let next = 0;
  await Promise.all(Array.from({ length: count }, async () => {
    const worker = new Worker(new URL('./verify-worker.ts', import.meta.url));
    try {
      for (let from = next; from < checks.length; from = next) {
        next = from + BATCH;
        const answers = await ask(worker, checks.slice(from, from + BATCH));
        answers.forEach((answer, i) => (verdicts[from + i] = answer));
      }
    } finally {
      await worker.terminate();
    }
  }));
  return verdicts;
}

function ask(worker: Worker, batch: readonly SignatureCheck[]): Promise<readonly boolean[]> {
  return new Promise((resolve, reject) => {
    worker.once('message', (answers: readonly boolean[]) => {
      worker.off('error', reject);
      resolve(answers);
    });
    worker.once('error', reject);
    worker.postMessage(batch);
  });
}
