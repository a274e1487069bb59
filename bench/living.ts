/** What a node costs while it lives: replay of its read tables, a start, memory and disk. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { nodeEngine } from '../src/adapters/engine/node-engine.ts';
import { serverProjections } from '../src/features/server-slices.ts';
import { openParty } from '../src/main/open.ts';
import { decodeEntry } from '../src/record/codec.ts';
import { median, type Row } from './row.ts';
import type { Stage } from './stage.ts';

const PAGE = 500;
const STARTS = 5;

/** Drops and replays every read table, against reading and decoding the same acts in the same order. */
export async function measureReplay(stage: Stage): Promise<readonly Row[]> {
  const { node } = stage.owner;
  const acts = await node.store.read((tx) => tx.lastDecision());
  stage.say('reading every act');
  const reading = await timed(async () => {
    const engine = nodeEngine();
    for (let after = 0; after < acts; after += PAGE) {
      for (const leaf of await node.store.read((tx) => tx.decidedAfter(after, PAGE))) decodeEntry(engine, leaf.envelope);
    }
  });
  stage.say('replaying every read table');
  const replaying = await timed(() => node.rebuild((done, of) => done % 50_000 < PAGE && stage.say(`replaying ${done} of ${of}`)));
  return [{
    name: 'cold replay of all read tables', unit: 'acts/s', rate: true, value: acts / replaying, limit: acts / reading, ratio: reading / replaying,
    note: `${serverProjections.length} projections; limit: one pass that reads and decodes`,
  }];
}

export interface Memory {
  readonly acts: number;
  readonly held: number;
  readonly resident: number;
}

/** Live bytes after a full collection, and resident ones. Needs --expose-gc. */
export function memory(acts: number): Memory {
  if (globalThis.gc === undefined) throw new Error('run with --expose-gc');
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { acts, held: heapUsed + external, resident: rss };
}

export function memoryRows(before: Memory, after: Memory): readonly Row[] {
  const hundredThousands = (after.acts - before.acts) / 100_000;
  const mebibytes = (bytes: number): number => bytes / 1_048_576;
  return [
    { name: 'memory held per 100,000 acts', unit: 'MiB', value: mebibytes(after.held - before.held) / hundredThousands, note: 'live bytes after a full collection, process that appended them' },
    { name: 'memory, resident at the end', unit: 'MiB', value: mebibytes(after.resident), note: 'both nodes of the case in one process' },
  ];
}

/** Bytes of the owner's database, by act. */
export async function measureDisk(stage: Stage): Promise<readonly Row[]> {
  if (stage.input.engine !== 'sqlite') return [];
  const folder = stage.owner.path;
  await stage.owner.node.store.scrub();
  const bytes = readdirSync(folder).filter((name) => name.startsWith('record.db')).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  const acts = await stage.owner.node.store.read((tx) => tx.lastDecision());
  return [{ name: 'database per act', unit: 'bytes', value: bytes / acts }];
}

/** Closes the owner's node for good and opens its directory again and again. */
export async function measureStart(stage: Stage): Promise<readonly Row[]> {
  const { owner } = stage;
  await owner.close();
  const millis: number[] = [];
  let replayed = 0;
  for (let i = 0; i < STARTS; i++) {
    stage.say(`start ${i + 1} of ${STARTS}`);
    const started = performance.now();
    const opened = await openParty({ data: owner.path, projections: serverProjections, peers: [], progress: (done) => (replayed = Math.max(replayed, done)) });
    await opened.node.heads();
    millis.push(performance.now() - started);
    await opened.close();
  }
  return [
    { name: 'start of a node', unit: 'ms', value: median(millis), rounds: STARTS },
    { name: 'acts replayed by a start', unit: 'acts', value: replayed },
  ];
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
