/**
 * Random partitions, relays and orders of pulling over real nodes on SQLite (the line alone is left out):
 *
 *   I17  when links heal and all have signed, a text is concluded everywhere within two pulls
 *   I12  re-delivery changes nothing
 *   I3   what is concluded at a node stays so
 *   I18  "delivered" is true: the peer can give the acts back
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shareDraft, propose, signText, type DocView, type Means } from '../../features/texts/commands.ts';
import type { Hash, PartyId } from '../../kernel/ids.ts';
import { expectOk } from '../../kernel/result.ts';
import { askAsync } from '../../record/decide.ts';
import { conclusionOf } from '../../record/stances.ts';
import { engine, prepareSpace, type TestNode } from '../../node/space.testkit.ts';
import type { Peer } from '../../node/ports.ts';
import { runRound } from '../../node/sync/round.ts';
import { memoryPeer } from './memory-peer.testkit.ts';

const PARTIES = ['es', 'ma', 'pt'] as const;
const RUNS = process.env['ALTERNAT_LONG'] === '1' ? 400 : 25;

let folder: string;
let nodes: readonly TestNode[];
const down = new Set<string>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'alternat-partitions-'));
  nodes = await prepareSpace(folder, PARTIES, { authentic: ['es'] });
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
  const { problem } = await runRound({ node: of.node, engine, peer, others: of.peers.filter((one) => one !== peer), signal: new AbortController().signal });
  expect(['peer.unreachable', undefined]).toContain(problem?.code);
}

async function healAndPull(turns: number): Promise<void> {
  down.clear();
  for (let turn = 0; turn < turns; turn++) for (const node of nodes) for (const other of PARTIES) if (other !== node.party) await pull(node, other);
}

/** A text in one language, drafted, shared and proposed by one party; its id. */
async function proposeText(node: TestNode): Promise<Hash> {
  const means: Means = { party: node.party, mint: node.node.mint, sha256: engine.sha256 };
  const version = { lang: 'es', authority: 'authentic', pen: { party: node.party, epoch: 0 } } as const;
  const view: DocView = { doc: node.node.mint.id(), kind: 'communique', scope: 'space', title: { es: 'Texto' }, versions: [version], shared: false };
  const clauses = [{ id: '0001', text: `Cláusula ${node.node.mint.id()}` }];
  const shared = expectOk(shareDraft(view, [{ lang: 'es', title: 'Texto', clauses }], means));
  const receipt = expectOk(await node.node.submit(shared, node.actor('draft')));
  const revised = shared.find((act) => act.type === 'text.revise');
  const act = receipt.acts.find((one) => one.type === 'text.revise')?.act as Hash;
  const part = revised?.parts[0];
  if (part === undefined) throw new Error('a revision carries its content');
  const latest = { act, ref: part.ref, content: JSON.parse(new TextDecoder().decode(part.plaintext)) as NonNullable<DocView['versions'][number]['latest']>['content'] };
  const input = { charter: 'genesis', authentic: ['es'], parties: PARTIES, concordance: [], unshared: [] } as const;
  const proposed = expectOk(propose({ ...view, shared: true, versions: [{ ...version, latest }] }, input, means));
  return expectOk(await node.node.submit(proposed, node.actor('draft'))).acts[0]?.act as Hash;
}

/** Signs where the text has arrived and is not signed yet; what is refused changes nothing. */
async function sign(node: TestNode, text: Hash): Promise<string> {
  const done = await node.node.submit([signText({ text, scope: 'space' }, undefined, { mint: node.node.mint })], node.actor('signer'));
  return done.ok ? 'signed' : done.refusal.code;
}

async function outcomes(node: TestNode, texts: readonly Hash[]): Promise<readonly string[]> {
  const { charter } = node;
  return node.store.read(async (tx) => Promise.all(texts.map((text) => askAsync(conclusionOf(text, charter), tx))));
}

/** All that the node has decided: verdicts of every leaf and every fact. */
async function decided(node: TestNode): Promise<unknown> {
  return node.store.read(async (tx) => ({
    heads: (await tx.heads()).map(({ party, size, root, decided: count }) => ({ party, size, root, count })),
    verdicts: await tx.db.selectFrom('leaf').select(['party', 'idx', 'verdict']).orderBy('party').orderBy('idx').execute(),
    facts: await tx.db.selectFrom('fact').selectAll().orderBy('kind').orderBy('key').orderBy('party').orderBy('idx').orderBy('n').execute(),
  }));
}

type Step =
  | { readonly do: 'propose'; readonly by: PartyId }
  | { readonly do: 'sign'; readonly by: PartyId; readonly text: number }
  | { readonly do: 'pull'; readonly by: PartyId; readonly from: PartyId }
  | { readonly do: 'cut' | 'mend'; readonly a: PartyId; readonly b: PartyId };

const party = fc.constantFrom(...PARTIES);
const pair = fc.uniqueArray(party, { minLength: 2, maxLength: 2 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: party.map((by): Step => ({ do: 'propose', by })) },
  { weight: 3, arbitrary: fc.tuple(party, fc.nat(5)).map(([by, text]): Step => ({ do: 'sign', by, text })) },
  { weight: 5, arbitrary: pair.map(([by, from]): Step => ({ do: 'pull', by: by as PartyId, from: from as PartyId })) },
  { weight: 2, arbitrary: pair.map(([a, b]): Step => ({ do: 'cut', a: a as PartyId, b: b as PartyId })) },
  { weight: 1, arbitrary: pair.map(([a, b]): Step => ({ do: 'mend', a: a as PartyId, b: b as PartyId })) },
);

async function take(step: Step, texts: Hash[]): Promise<void> {
  if (step.do === 'propose') texts.push(await proposeText(nodeOf(step.by)));
  else if (step.do === 'sign' && texts.length > 0) await sign(nodeOf(step.by), texts[step.text % texts.length] as Hash);
  else if (step.do === 'pull') await pull(nodeOf(step.by), step.from);
  else if (step.do === 'cut') down.add(line(step.a, step.b));
  else if (step.do === 'mend') down.delete(line(step.a, step.b));
}

test('I17, I3, I18: whatever was cut, what all have signed is concluded everywhere within two pulls', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      const texts: Hash[] = [];
      const concluded = new Map<PartyId, Set<Hash>>(PARTIES.map((one) => [one, new Set()]));
      for (const one of steps) {
        await take(one, texts);
        for (const node of nodes) {
          const states = await outcomes(node, texts);
          const before = concluded.get(node.party) as Set<Hash>;
          for (const text of before) expect(states[texts.indexOf(text)]).toBe('concluded');
          texts.forEach((text, i) => states[i] === 'concluded' && before.add(text));
          for (const link of await node.node.links()) expect(await nodeOf(link.party).size(node.party)).toBeGreaterThanOrEqual(link.theyHaveOurs);
        }
      }
      await healAndPull(1);
      for (const node of nodes) for (const text of texts) expect(['signed', 'text.stance-taken']).toContain(await sign(node, text));
      await healAndPull(2);
      for (const node of nodes) expect(await outcomes(node, texts)).toEqual(texts.map(() => 'concluded'));
      for (const node of nodes) for (const link of await node.node.links()) expect([link.theyHaveOurs, link.weHaveTheirs]).toEqual([link.ourSize, link.theirSize]);
    }),
    { numRuns: RUNS, interruptAfterTimeLimit: 600_000 },
  );
}, 900_000);

test('I12: everything once more, in pieces and in any order, changes nothing', async () => {
  await healAndPull(2);
  const before = await Promise.all(nodes.map(decided));
  const piece = fc.record({ to: party, log: party, from: fc.nat(1000), count: fc.integer({ min: 1, max: 256 }), source: party });
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 8 }), async (pieces) => {
      for (const { to, log, from, count, source } of pieces) {
        const size = await nodeOf(source).size(log);
        const start = from % size;
        const entries = await nodeOf(source).store.read(async (tx) => (await tx.leaves(log, start, Math.min(size, start + count))).map((leaf) => leaf.envelope));
        const note = (await nodeOf(source).node.checkpoint(log)) as string;
        const taken = await nodeOf(to).node.ingest({ party: log, from: start, entries, note, parts: new Map() });
        expect(taken).toEqual({ ok: true, value: { stored: 0, size, missingParts: [] } });
      }
    }),
    { numRuns: RUNS },
  );
  expect(await Promise.all(nodes.map(decided))).toEqual(before);
}, 900_000);
