/**
 * A log with two faces: a second node with the same keys and the same past goes its own way. It is real
 * equivocation, by the real log key. Caught by whoever meets both, wherever the notes come from.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FileKeyStore } from '../../adapters/keys/key-store.ts';
import { forkReportV1 } from '../../record/system-acts.ts';
import { TestNode } from '../../node/space.testkit.ts';
import { engine, foundFederation, Member, type Federation } from './federation.testkit.ts';

let folder: string;
let federation: Federation;
let es: Member;
let ma: Member;
let pt: Member;
let twin: Member;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'alternat-fork-'));
  federation = await foundFederation(folder, { parties: ['es', 'ma', 'pt'] });
  [es, ma, pt] = [federation.member('es'), federation.member('ma'), federation.member('pt')];
  await ma.test.note('the common past');
  await federation.exchange();
});
afterEach(async () => {
  await twin.close();
  await federation.close();
  rmSync(folder, { recursive: true });
});

/** From here on `ma` exists twice. */
async function split(): Promise<number> {
  const common = await ma.test.size();
  await ma.close();
  const copied = join(folder, 'twin');
  cpSync(ma.test.folder, copied, { recursive: true });
  const keys = FileKeyStore.open({ folder: join(copied, 'keys'), engine });
  twin = Member.besides(ma, new TestNode('ma', copied, ma.test.charter, ma.test.identity, keys, ma.test.parts));
  await ma.open();
  await twin.open();
  return common;
}

/** Lisbon and whoever else asks there now meets the other face. */
function showTwinTo(...members: readonly Member[]): void {
  for (const member of members) member.proxy('ma').retarget(twin.port);
}

async function evidenceOf(member: Member): Promise<ReturnType<typeof forkReportV1.parse>[]> {
  const rows = await member.test.store.read((tx) => tx.db.selectFrom('evidence').select('data').execute());
  return rows.map((row) => forkReportV1.parse(JSON.parse(row.data)));
}

async function frozen(member: Member): Promise<number | undefined> {
  return (await member.node.heads()).find((head) => head.party === 'ma')?.frozenAt;
}

async function verdictsOf(member: Member, log: string, type: string): Promise<readonly unknown[]> {
  return member.test.store.read(async (tx) => (await tx.leaves(log, 0, 10_000)).filter((leaf) => leaf.type === type).map((leaf) => leaf.verdict));
}

test('two trees of one size: frozen at the last common size, evidence kept, desk alarmed, reported once', async () => {
  const common = await split();
  await ma.test.note('for Madrid');
  await twin.test.note('for Lisbon');
  showTwinTo(pt);
  await es.pull('ma');
  await pt.pull('ma');
  const round = await es.pull('pt');
  expect(round.problem?.code).toBe('sync.log-forked');
  expect(await frozen(es)).toBe(common);
  expect(es.alarms).toEqual(['sync.log-forked']);
  const [evidence] = await evidenceOf(es);
  expect(evidence).toEqual(expect.objectContaining({ log: 'ma', epoch: 1, index: common, common }));
  expect(await verdictsOf(es, 'es', 'fork.report')).toEqual(['valid']);
  for (let turn = 0; turn < 3; turn++) await es.pull('pt');
  expect(es.alarms).toEqual(['sync.log-forked']);
  expect(await verdictsOf(es, 'es', 'fork.report')).toEqual(['valid']);
  expect((await es.node.links()).find((link) => link.party === 'ma')?.state).toBe('frozen');
});

test('the report alone convinces a third party that met only one face', async () => {
  const common = await split();
  await ma.test.note('for Madrid and Lisbon');
  await twin.test.note('for nobody else');
  await es.pull('ma');
  await pt.pull('ma');
  showTwinTo(es);
  await es.pull('ma');
  const onlyItsOwn = { ...pt.peer('es'), checkpoint: async (log: string) => (log === 'ma' ? undefined : pt.peer('es').checkpoint(log)) };
  expect((await pt.pull('es', onlyItsOwn)).problem).toBeUndefined();
  expect(await frozen(pt)).toBe(common);
  expect(pt.alarms).toEqual(['sync.log-forked']);
  expect(await verdictsOf(pt, 'pt', 'fork.report')).toEqual(['valid']);
});

test('everybody who meets both faces freezes at the same size, and everything else goes on', async () => {
  const common = await split();
  await ma.test.note('for Madrid');
  await twin.test.note('for Lisbon');
  showTwinTo(pt);
  await es.pull('ma');
  await pt.pull('ma');
  await es.pull('pt');
  await pt.pull('es');
  expect(await verdictsOf(pt, 'es', 'fork.report')).toEqual(['valid']);
  expect(await frozen(pt)).toBe(common);
  const { ref } = await pt.test.note('work goes on');
  await es.pull('pt');
  await pt.pull('es');
  expect((await es.node.openPart(ref.part)).ok).toBe(true);
  expect(await pt.delivered('es')).toBe(await pt.test.size());
  expect(await es.delivered('pt')).toBe(await es.test.size());
});

test('trees of different sizes, the longer one another branch: proven by two leaves at one index', async () => {
  const common = await split();
  await ma.test.note('for Madrid');
  await twin.test.notes(5);
  await es.pull('ma');
  showTwinTo(es);
  const round = await es.pull('ma');
  expect(round.problem?.code).toBe('sync.log-forked');
  const [evidence] = await evidenceOf(es);
  expect(evidence?.index).toBe(common);
  expect(evidence?.sides.map((side) => side.leaf === undefined)).toEqual([false, false]);
  expect(evidence?.sides[0]?.leaf).not.toBe(evidence?.sides[1]?.leaf);
  expect(await frozen(es)).toBe(common);
  expect(await verdictsOf(es, 'es', 'fork.report')).toEqual(['valid']);
});

test('the shorter one another branch, and the difference deep in the past of a long log', async () => {
  await split();
  await twin.test.note('for Lisbon');
  const common = (await twin.test.size()) - 1;
  await twin.test.notes(280);
  await ma.test.notes(600);
  for (let turn = 0; turn < 3; turn++) await es.pull('ma');
  showTwinTo(es);
  const round = await es.pull('ma');
  expect(round.problem?.code).toBe('sync.log-forked');
  expect((await evidenceOf(es))[0]?.common).toBe(common);
  expect(await frozen(es)).toBe(common);
});

test('a face whose tree nobody will show is still proven by two notes of one size; the log stops growing', async () => {
  await split();
  await ma.test.note('for Madrid');
  await twin.test.note('for Lisbon');
  await es.pull('ma');
  const held = await es.test.size('ma');
  showTwinTo(es);
  const silent = { ...es.peer('ma'), tile: async () => new Uint8Array(0) };
  const round = await es.pull('ma', silent);
  expect(round.problem?.code).toBe('sync.log-forked');
  const [evidence] = await evidenceOf(es);
  expect([evidence?.index, evidence?.common]).toEqual([undefined, undefined]);
  expect(await frozen(es)).toBe(held);
  expect(await verdictsOf(es, 'es', 'fork.report')).toEqual(['valid']);
});

test('the owner that reads its other face back stops writing and keeps the proof', async () => {
  await split();
  await twin.test.note('for Madrid');
  showTwinTo(es);
  await es.pull('ma');
  await ma.test.note('meant for Madrid');
  await ma.pull('es');
  expect(ma.alarms).toContain('node.own-log-differs');
  expect(ma.node.state()).toBe('recovering');
  const refused = await ma.node.submit([{ type: 'note.make', v: 1, scope: 'space', body: {}, parts: [] }], ma.test.actor('draft'));
  expect(refused.ok ? 'recorded' : refused.refusal.code).toBe('node.recovering');
  expect((await ma.test.store.read((tx) => tx.db.selectFrom('evidence').select('code').execute())).map((row) => row.code)).toEqual(['node.own-log-differs']);
});

test('after a restart the log is still frozen and the report is not made again', async () => {
  await split();
  await ma.test.note('for Madrid');
  await twin.test.note('for Lisbon');
  await es.pull('ma');
  showTwinTo(es);
  await es.pull('ma');
  const at = await frozen(es);
  await es.close();
  await es.open();
  expect(await frozen(es)).toBe(at);
  await es.pull('ma');
  expect(await verdictsOf(es, 'es', 'fork.report')).toEqual(['valid']);
});
