/**
 * Random crashes and restores from old backups among random partitions, over real nodes on SQLite:
 *
 *   I8   any two copies of one log that anybody holds are prefixes of one another
 *   I9   a node never appends where a peer holds other bytes: nothing is ever frozen
 *   I18  what a peer holds comes back, and "delivered" was true
 */
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PartyId } from '../../kernel/ids.ts';
import { draftOf, engine, prepareSpace, type TestNode } from '../../node/space.testkit.ts';
import type { Peer } from '../../node/ports.ts';
import { runRound } from '../../node/sync/round.ts';
import { memoryPeer } from './memory-peer.testkit.ts';

const PARTIES = ['es', 'ma', 'pt'] as const;
const RUNS = process.env['ALTERNAT_LONG'] === '1' ? 300 : 15;
const FILES = ['record.db', 'record.db-wal', 'record.db-shm'];

let folder: string;
let nodes: readonly TestNode[];
const down = new Set<string>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'alternat-restores-'));
  nodes = await prepareSpace(folder, PARTIES);
  for (const node of nodes) {
    await node.open();
    await node.found(['https://localhost:1']);
  }
  for (const from of nodes) {
    for (const to of nodes) if (from !== to) from.peers.push(memoryPeer(engine, from.party, () => to.node, to.party, () => !down.has(line(from.party, to.party))));
  }
  await healAndPull(2);
});
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.close()));
  rmSync(folder, { recursive: true });
});

function line(a: PartyId, b: PartyId): string {
  return [a, b].sort().join('-');
}

function nodeOf(party: PartyId): TestNode {
  return nodes.find((node) => node.party === party) as TestNode;
}

async function pull(of: TestNode, from: PartyId): Promise<void> {
  const peer = of.peers.find((one) => one.party === from) as Peer;
  await runRound({ node: of.node, engine, peer, others: of.peers.filter((one) => one !== peer), signal: new AbortController().signal });
}

async function healAndPull(turns: number): Promise<void> {
  down.clear();
  for (const node of nodes) {
    // The first may join the question of the start, which was put while lines were down.
    await node.node.confirm();
    await node.node.confirm();
  }
  for (let turn = 0; turn < turns; turn++) for (const node of nodes) for (const other of PARTIES) if (other !== node.party) await pull(node, other);
}

/** The database as it is on the disk; the node is closed meanwhile, as a backup program would find it. */
async function backUp(node: TestNode): Promise<void> {
  await node.close();
  const copy = join(folder, `backup-${node.party}`);
  rmSync(copy, { recursive: true, force: true });
  for (const file of FILES) if (existsSync(join(node.folder, file))) cpSync(join(node.folder, file), join(copy, file));
  await node.open();
}

async function restore(node: TestNode): Promise<void> {
  const copy = join(folder, `backup-${node.party}`);
  if (!existsSync(copy)) return;
  await node.close();
  for (const file of FILES) {
    rmSync(join(node.folder, file), { force: true });
    if (existsSync(join(copy, file))) cpSync(join(copy, file), join(node.folder, file));
  }
  await node.open();
}

type Step =
  | { readonly do: 'write' | 'backup' | 'restore' | 'restart'; readonly by: PartyId }
  | { readonly do: 'pull'; readonly by: PartyId; readonly from: PartyId }
  | { readonly do: 'cut'; readonly a: PartyId; readonly b: PartyId }
  | { readonly do: 'mend'; readonly a: PartyId; readonly b: PartyId };

const party = fc.constantFrom(...PARTIES);
const pair = fc.uniqueArray(party, { minLength: 2, maxLength: 2 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: party.map((by): Step => ({ do: 'write', by })) },
  { weight: 6, arbitrary: pair.map(([by, from]): Step => ({ do: 'pull', by: by as PartyId, from: from as PartyId })) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom('backup', 'restore', 'restart' as const), party).map(([what, by]): Step => ({ do: what, by })) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom('cut', 'mend' as const), pair).map(([what, [a, b]]): Step => ({ do: what, a: a as PartyId, b: b as PartyId }) as Step) },
);

async function take(one: Step): Promise<void> {
  if (one.do === 'pull') await pull(nodeOf(one.by), one.from);
  else if (one.do === 'cut') down.add(line(one.a, one.b));
  else if (one.do === 'mend') down.delete(line(one.a, one.b));
  else if (one.do === 'write') {
    const { node } = nodeOf(one.by);
    const part = node.mint.part('text', 'text/plain', node.mint.random(8));
    const done = await node.submit([draftOf('note.make', { words: part.ref }, [part])], nodeOf(one.by).actor('draft'));
    expect(['recorded', 'node.recovering']).toContain(done.ok ? 'recorded' : done.refusal.code);
  } else if (one.do === 'backup') await backUp(nodeOf(one.by));
  else if (one.do === 'restore') await restore(nodeOf(one.by));
  else if (one.do === 'restart') await nodeOf(one.by).close().then(() => nodeOf(one.by).open());
}

async function hashes(node: TestNode, log: PartyId): Promise<readonly string[]> {
  return node.store.read(async (tx) => (await tx.leafHashes(log, 0, 1_000_000)).map((hash) => hash.toHex()));
}

test('I8, I9, I18: no restore forks a log, and what a peer held comes back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 40 }), async (steps) => {
      // The longest copy of each log that another party holds. What a mirror loses by its own restore is held
      // by nobody any more: acts that both sides lost are gone, and may be followed by others.
      const held = new Map<PartyId, readonly string[]>();
      for (const one of steps) {
        await take(one);
        if (one.do === 'restore') held.clear();
        for (const log of PARTIES) {
          for (const node of nodes) {
            if (node.party === log) continue;
            const [copy, known] = [await hashes(node, log), held.get(log) ?? []];
            expect(copy.slice(0, known.length)).toEqual(known.slice(0, copy.length));
            if (copy.length > known.length) held.set(log, copy);
          }
        }
      }
      await healAndPull(2);
      for (const node of nodes) {
        expect(node.node.state()).toBe('open');
        for (const head of await node.node.heads()) expect(head.frozenAt).toBeUndefined();
        for (const log of PARTIES) {
          const copy = await hashes(node, log);
          expect(copy).toEqual(await hashes(nodeOf(log), log));
          expect(copy.slice(0, held.get(log)?.length ?? 0)).toEqual(held.get(log) ?? []);
        }
      }
    }),
    { numRuns: RUNS, interruptAfterTimeLimit: 600_000 },
  );
}, 900_000);
