/** Taking in and verifying a whole record against bare Ed25519 verifications. */
import { availableParallelism } from 'node:os';
import { nodeEngine } from '../src/adapters/engine/node-engine.ts';
import { domainRegistry } from '../src/features/domain-slices.ts';
import { expectOk } from '../src/kernel/result.ts';
import { bundleSource, exporterOf } from '../src/node/bundle-source.ts';
import type { IngestBatch } from '../src/node/node.ts';
import { storedTiles, withTiles } from '../src/node/sync/tiles.ts';
import { buildSpaceBundle } from '../src/record/bundle-build.ts';
import { verifyBundleLater } from '../src/record/bundle-verify-later.ts';
import { consistencyProof } from '../src/record/tree.ts';
import { encodeZip } from '../src/record/zip.ts';
import { checkInWorkers } from '../src/main/verify-workers.ts';
import { verificationsOnAllCores, verificationsPerCpuSecond, type Signed } from './limits.ts';
import { ratioRow, type Row } from './row.ts';
import { lastLeaves, signaturesOf, type Stage } from './stage.ts';

const BATCH = 256;
const RAW_TIMES = 4000;
const VERIFY_ROUNDS = 3;
/** A zip without extensions ends at 4 GiB, and the whole of it is held in memory. */
const VERIFY_ACTS_MAX = 400_000;
const AIM = 0.8;

/** One span of work by both clocks, with the limits measured right before and after it. */
interface Span {
  readonly acts: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Bare verifications per second on all cores, and per second of CPU. */
  readonly allCores: number;
  readonly perCpu: number;
}

async function limitsOf(signed: readonly Signed[]): Promise<Pick<Span, 'allCores' | 'perCpu'>> {
  return { allCores: await verificationsOnAllCores(signed, RAW_TIMES), perCpu: verificationsPerCpuSecond(signed, RAW_TIMES) };
}

/**
 * Two ratios. By the wall: against bare verifications on every core of the machine. By CPU time: against
 * bare verifications on the cores that were used, whoever else uses the machine meanwhile.
 */
function rowsOf(name: string, spans: readonly Span[], byCpu: boolean): Row[] {
  const wall = spans.map(({ acts, seconds, allCores }) => [acts / seconds, allCores] as const);
  const cpu = spans.map(({ acts, cpuSeconds, perCpu }) => [acts / cpuSeconds, perCpu] as const);
  return [
    ratioRow({ name: `${name}, against all cores`, unit: 'acts/s', note: `${availableParallelism()} cores` }, wall),
    ...(byCpu ? [ratioRow({ name: `${name}, on the cores it uses`, unit: 'acts/s of CPU', aim: AIM }, cpu)] : []),
  ];
}

export async function measureIngest(stage: Stage): Promise<readonly Row[]> {
  const { owner, mirror } = stage;
  const signed = await signaturesOf(stage, await lastLeaves(stage));
  const from = await stage.size(mirror);
  const to = await stage.size();
  const note = await owner.node.checkpoint(owner.party);
  if (note === undefined) throw new Error('the log has no checkpoint');
  const spans: Span[] = [];
  // A few long spans: what one batch costs is lost in the noise of the limits.
  const perSpan = Math.max(BATCH, Math.ceil((to - from) / 5 / BATCH) * BATCH);
  for (let at = from; at < to; at += perSpan) {
    stage.say(`ingest ${at} of ${to}`);
    const before = await limitsOf(signed);
    const end = Math.min(to, at + perSpan);
    let [acts, seconds, cpuSeconds] = [0, 0, 0];
    for (let next = at; next < end; next += BATCH) {
      const batch = await batchOf(stage, note, next, Math.min(next + BATCH, end), to);
      const cpu = process.cpuUsage();
      const started = performance.now();
      const taken = expectOk(await mirror.node.ingest(batch));
      seconds += (performance.now() - started) / 1000;
      const { user, system } = process.cpuUsage(cpu);
      cpuSeconds += (user + system) / 1_000_000;
      acts += taken.stored;
    }
    const after = await limitsOf(signed);
    spans.push({ acts, seconds, cpuSeconds, allCores: (before.allCores + after.allCores) / 2, perCpu: (before.perCpu + after.perCpu) / 2 });
  }
  const head = (await mirror.node.heads()).find(({ party }) => party === owner.party);
  if (head?.decided !== to) throw new Error(`the mirror decided ${head?.decided} of ${to}`);
  // What the database server computes is not in this process' CPU time.
  return rowsOf('verified ingest', spans.filter((span) => span.acts >= BATCH), stage.input.engine === 'sqlite');
}

async function batchOf({ owner }: Stage, note: string, from: number, to: number, size: number): Promise<IngestBatch> {
  const engine = nodeEngine();
  const { store } = owner.node;
  const leaves = await store.read((tx) => tx.leaves(owner.party, from, to));
  const proof = to === size ? [] : await withTiles(engine, storedTiles(engine, store, owner.party, size), (read) => consistencyProof(engine, to, size, read));
  return { party: owner.party, from, entries: leaves.map((leaf) => leaf.envelope), note, proof, parts: await partsOf(owner, from, to) };
}

/** Openings of the texts that these entries brought. */
async function partsOf(owner: Stage['owner'], from: number, to: number): Promise<IngestBatch['parts']> {
  const rows = await owner.node.store.read((tx) => tx.db.selectFrom('part').select('commit').where('party', '=', owner.party).where('idx', '>=', from).where('idx', '<', to).execute());
  const parts = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const { commit } of rows) {
    const { salt, plaintext } = expectOk(await owner.node.openPart(commit));
    const bytes = new Uint8Array(salt.length + plaintext.length);
    bytes.set(salt);
    bytes.set(plaintext, salt.length);
    parts.set(commit, bytes);
  }
  return parts;
}

/** A SPACE bundle in memory, verified by what `alternat verify` runs. */
export async function measureVerification(stage: Stage): Promise<readonly Row[]> {
  const { owner } = stage;
  const size = await stage.size();
  if (size > VERIFY_ACTS_MAX) {
    return [{ name: 'offline verification', unit: 'acts/s', value: Number.NaN, note: `left out above ${VERIFY_ACTS_MAX} acts: one bundle of them exceeds the memory of this run` }];
  }
  stage.say('building the bundle');
  const engine = nodeEngine();
  const source = await bundleSource({ node: owner.node, engine, mayGive: () => true });
  const bytes = encodeZip((await buildSpaceBundle(engine, source, await exporterOf(owner.node, owner.opened.keys), { at: owner.node.mint.now() })).files);
  const signed = await signaturesOf(stage, await lastLeaves(stage));
  const spans: Span[] = [];
  for (let round = 0; round < VERIFY_ROUNDS; round++) {
    stage.say(`offline verification: round ${round + 1} of ${VERIFY_ROUNDS}`);
    const before = await limitsOf(signed);
    const cpu = process.cpuUsage();
    const started = performance.now();
    const { report } = await verifyBundleLater(bytes, { engine, registry: domainRegistry }, checkInWorkers);
    const seconds = (performance.now() - started) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    if (report.verdict !== 'verified') throw new Error(`the bundle is ${report.verdict}: ${JSON.stringify(report.firstFault)}`);
    const after = await limitsOf(signed);
    const acts = report.logs.reduce((sum, log) => sum + log.decided, 0);
    spans.push({ acts, seconds, cpuSeconds: (user + system) / 1_000_000, allCores: (before.allCores + after.allCores) / 2, perCpu: (before.perCpu + after.perCpu) / 2 });
  }
  return rowsOf('offline verification', spans, true);
}
