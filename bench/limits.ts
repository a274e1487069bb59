/**
 * What the machine allows, measured beside what the product does: signing and writing the same bytes
 * durably, and bare Ed25519 verifications.
 */
import { createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Bytes } from '../src/kernel/bytes.ts';

/** Large enough that no page is written twice in a row; written once before, so that no write grows the file. */
const FILE_SIZE = 16 * 1024 * 1024;

export interface DiskLimit {
  /** Signs and durably writes `groups` times `group` leaves; leaves per second. */
  run(leaves: readonly Bytes[], group: number, groups: number): number;
  close(): void;
}

/**
 * Sign each leaf's bytes, write the leaves of a group with one call, fdatasync. The file has its full size
 * beforehand: an engine's log is written over and over too, and growing a file costs a second write.
 */
export function diskLimit(folder: string): DiskLimit {
  const { privateKey } = generateKeyPairSync('ed25519');
  const file = openSync(join(folder, 'limit'), 'w', 0o600);
  writeSync(file, new Uint8Array(FILE_SIZE));
  fdatasyncSync(file);
  let at = 0;
  return {
    run(leaves, group, groups) {
      const started = performance.now();
      for (let done = 0, next = 0; done < groups; done++) {
        const batch: Bytes[] = [];
        for (let i = 0; i < group; i++) {
          const leaf = leaves[next++ % leaves.length] as Bytes;
          sign(null, leaf, privateKey);
          batch.push(leaf);
        }
        const bytes = batch.length === 1 ? (batch[0] as Bytes) : Buffer.concat(batch);
        if (at + bytes.length > FILE_SIZE) at = 0;
        writeSync(file, bytes, 0, bytes.length, at);
        fdatasyncSync(file);
        at += bytes.length;
      }
      return (groups * group * 1000) / (performance.now() - started);
    },
    close: () => closeSync(file),
  };
}

/** One signature with all that a bare verification needs. */
export interface Signed {
  readonly publicKey: Bytes;
  readonly message: Bytes;
  readonly signature: Bytes;
}

const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

function imported(signed: readonly Signed[]): readonly (readonly [KeyObject, Signed])[] {
  const keys = new Map<string, KeyObject>();
  return signed.map((one) => {
    const name = one.publicKey.toHex();
    const key = keys.get(name) ?? createPublicKey({ key: Buffer.concat([SPKI, one.publicKey]), format: 'der', type: 'spki' });
    keys.set(name, key);
    return [key, one];
  });
}

/** Bare verifications of these signatures by this thread; per second of its CPU time, so that the load of others does not count. */
export function verificationsPerCpuSecond(signed: readonly Signed[], times: number): number {
  const list = imported(signed);
  const before = process.threadCpuUsage();
  for (let i = 0; i < times; i++) {
    const [key, one] = list[i % list.length] as (typeof list)[number];
    if (!verify(null, one.message, key, one.signature)) throw new Error('a signature of the record does not verify');
  }
  const { user, system } = process.threadCpuUsage(before);
  return (times * 1_000_000) / (user + system);
}

/** The same on every core at once, by the clock on the wall. */
export async function verificationsOnAllCores(signed: readonly Signed[], times: number): Promise<number> {
  const workers = Array.from({ length: availableParallelism() }, () => new Worker(new URL('./raw.worker.ts', import.meta.url), { workerData: { signed, times } }));
  try {
    await Promise.all(workers.map((worker) => heard(worker, 'ready')));
    const started = performance.now();
    const done = workers.map((worker) => heard(worker, 'done'));
    for (const worker of workers) worker.postMessage('go');
    await Promise.all(done);
    return (workers.length * times * 1000) / (performance.now() - started);
  } finally {
    for (const worker of workers) await worker.terminate();
  }
}

function heard(worker: Worker, word: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  worker.once('error', reject);
  worker.on('message', (message) => {
    if (message === word) resolve();
  });
  return promise;
}

/** The body of raw.worker.ts. */
export function verifyTimes(signed: readonly Signed[], times: number): void {
  const list = imported(signed);
  for (let i = 0; i < times; i++) {
    const [key, one] = list[i % list.length] as (typeof list)[number];
    verify(null, one.message, key, one.signature);
  }
}
