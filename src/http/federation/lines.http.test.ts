/** Lines that fail in the ways that lines fail: nothing is lost, nothing comes twice, work goes on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fetchFile } from '../../node/sync/fetch-file.ts';
import { engine, foundFederation, type Federation, type Member } from './federation.testkit.ts';

let folder: string;
let federation: Federation;
let es: Member;
let ma: Member;
let pt: Member;

/** Impatient enough for a test, patient enough for a busy machine. */
const SHORT = { connectMs: 5_000, silenceMs: 1_000, graceMs: 1_500, bytesPerSecondMin: 200_000 };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'alternat-lines-'));
  federation = await foundFederation(folder, { parties: ['es', 'ma', 'pt'], times: SHORT });
  [es, ma, pt] = [federation.member('es'), federation.member('ma'), federation.member('pt')];
});
afterEach(async () => {
  await federation.close();
  rmSync(folder, { recursive: true });
});

async function expectMirrored(): Promise<void> {
  for (const member of [es, pt]) expect(await member.leaves('ma')).toEqual(await ma.leaves('ma'));
  const size = await ma.test.size();
  expect([await ma.delivered('es'), await ma.delivered('pt')]).toEqual([size, size]);
}

test('cut in mid-transfer, again and again: the pull goes on from where it stopped and ends equal', async () => {
  await ma.test.notes(700);
  const size = await ma.test.size();
  const proxy = es.proxy('ma');
  const progress: number[] = [];
  for (let turn = 0; turn < 40 && (await es.test.size('ma')) < size; turn++) {
    proxy.cutAfter(350_000);
    await es.pull('ma');
    progress.push(await es.test.size('ma'));
  }
  expect(progress.length).toBeGreaterThan(1);
  expect(progress).toEqual([...progress].sort((a, b) => a - b));
  proxy.heal();
  await federation.exchange();
  await expectMirrored();
});

test('down: work goes on locally, the link says since when they lack what, and all arrives afterwards', async () => {
  es.proxy('ma').cut();
  ma.proxy('es').cut();
  ma.test.clock.set('2026-11-23T11:00:00.000Z');
  await ma.test.note('said while the line was down');
  expect(await es.pull('ma')).toEqual({ stored: 0, problem: { code: 'peer.unreachable' } });
  expect((await ma.pull('es')).problem?.code).toBe('peer.unreachable');
  const [link] = await ma.node.links();
  const size = await ma.test.size();
  expect(link).toEqual({
    party: 'es', state: 'down', reason: 'peer.unreachable', theyHaveOurs: size - 1, ourSize: size, weHaveTheirs: await es.test.size(), theirSize: await es.test.size(),
    lastContact: '2026-11-23T10:42:00.000Z', waitingSince: '2026-11-23T11:00:00.000Z',
  });
  es.proxy('ma').heal();
  ma.proxy('es').heal();
  await federation.exchange();
  await expectMirrored();
  expect((await ma.node.links()).map(({ state, waitingSince }) => ({ state, waitingSince }))).toEqual([{ state: 'linked', waitingSince: undefined }, { state: 'linked', waitingSince: undefined }]);
});

test('what the link lacked is known after a restart', async () => {
  ma.proxy('es').cut();
  await ma.test.note('not delivered');
  await ma.pull('es');
  const before = await ma.node.links();
  await ma.close();
  await ma.open();
  expect(await ma.node.links()).toEqual(before);
});

test('half-open: the pull gives up by itself and says so', async () => {
  await ma.test.note('waits');
  es.proxy('ma').stall();
  const started = performance.now();
  expect(await es.pull('ma')).toEqual({ stored: 0, problem: { code: 'peer.too-slow' } });
  expect(performance.now() - started).toBeLessThan(5_000);
  es.proxy('ma').heal();
  await federation.exchange();
  await expectMirrored();
});

test('slow beyond patience is named, slow within it arrives', async () => {
  await ma.test.notes(300);
  es.proxy('ma').slow(20_000);
  expect((await es.pull('ma')).problem?.code).toBe('peer.too-slow');
  es.proxy('ma').slow(3_000_000);
  for (let turn = 0; turn < 5; turn++) await es.pull('ma');
  expect(await es.leaves('ma')).toEqual(await ma.leaves('ma'));
});

test('with one way cut, the third party relays: entries, words and cosignatures', async () => {
  es.proxy('ma').cut();
  ma.proxy('es').cut();
  const { ref } = await ma.test.note('by way of Lisbon');
  await pt.pull('ma');
  expect((await es.pull('pt')).stored).toBe(1);
  const opened = await es.node.openPart(ref.part);
  expect(opened.ok && new TextDecoder().decode(opened.value.plaintext)).toBe('by way of Lisbon');
  await pt.pull('es');
  await ma.pull('pt');
  const size = await ma.test.size();
  expect([await ma.delivered('pt'), await ma.delivered('es')]).toEqual([size, size]);
});

test('words that the serving node lacks are fetched from another that holds them', async () => {
  const { ref } = await ma.test.note('only elsewhere');
  await federation.exchange();
  await ma.test.note('next');
  const lacking = { ...es.peer('ma'), part: async () => undefined };
  const { ref: second } = await ma.test.note('held by Lisbon');
  await pt.pull('ma');
  expect(await es.pull('ma', lacking)).toEqual({ stored: 2 });
  expect((await es.node.openPart(ref.part)).ok && (await es.node.openPart(second.part)).ok).toBe(true);
});

test('a file comes when it is wanted, from its owner or from whoever has it, and not before', async () => {
  const { ref } = await ma.test.note('an annex', undefined, 'file');
  await federation.exchange();
  const want = (member: Member): Promise<string> => fetchFile(member.node, engine, member.test.peers, ref.part).then((got) => (got.ok ? got.value : got.refusal.code));
  const codeOf = async (member: Member): Promise<string> => member.node.openPart(ref.part).then((opened) => (opened.ok ? 'here' : opened.refusal.code));
  expect(await codeOf(es)).toBe('part.withheld');
  expect(await want(es)).toBe('here');
  expect(await codeOf(es)).toBe('here');
  for (const other of ['es', 'ma']) pt.proxy(other).cut();
  expect(await want(pt)).toBe('sync.part-not-at-hand');
  pt.proxy('es').heal();
  expect(await want(pt)).toBe('here');
  expect(await fetchFile(pt.node, engine, pt.test.peers, '0'.repeat(64))).toEqual({ ok: false, refusal: { code: 'part.unknown' } });
  const only = await ma.test.note('not for Lisbon', ['es', 'ma'], 'file');
  await federation.exchange();
  expect(await fetchFile(pt.node, engine, pt.test.peers, only.ref.part)).toEqual({ ok: false, refusal: { code: 'part.withheld' } });
});

describe('the loops', () => {
  test('an act is delivered everywhere within seconds, by pokes and without them', async () => {
    for (const member of federation.members) member.start();
    const { ref } = await ma.test.note('on its own');
    await vi.waitFor(expectMirrored, { timeout: 10_000, interval: 20 });
    expect((await pt.node.openPart(ref.part)).ok).toBe(true);
    expect(es.poked).toContain('ma');
  });

  test('lines that come and go while everybody writes: all is equal in the end', async () => {
    for (const member of federation.members) member.start();
    const modes = ['cut', 'stall', 'heal', 'cut', 'heal'] as const;
    for (const [turn, mode] of modes.entries()) {
      for (const member of federation.members) {
        for (const proxy of member.proxies.values()) if (mode !== 'cut' || turn % 2 === 0) proxy[mode]();
        await member.test.note(`turn ${turn}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    for (const member of federation.members) for (const proxy of member.proxies.values()) proxy.heal();
    const sizes = (await Promise.all(federation.members.map(async (member) => [member.party, await member.test.size()] as const)));
    await vi.waitFor(async () => {
      for (const member of federation.members) expect(await member.sizes()).toEqual(Object.fromEntries(sizes));
      for (const member of federation.members) for (const link of await member.node.links()) expect(link.theyHaveOurs).toBe(link.ourSize);
    }, { timeout: 15_000, interval: 50 });
    for (const owner of federation.members) for (const member of federation.members) expect(await member.leaves(owner.party)).toEqual(await owner.leaves(owner.party));
    expect(federation.members.flatMap((member) => member.alarms)).toEqual([]);
  });

  test('closing ends every loop at once, also in the middle of a stalled answer, and says nothing against the peer', { timeout: 9_000 }, async () => {
    const place = join(folder, 'patient');
    const patient = await foundFederation(place, { parties: ['es', 'ma'], times: { connectMs: 60_000, silenceMs: 60_000, graceMs: 60_000, bytesPerSecondMin: 1 } });
    const before = await patient.member('es').node.links();
    patient.member('es').proxy('ma').stall();
    patient.member('es').start();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await patient.member('es').stop();
    expect(await patient.member('es').node.links()).toEqual(before);
    await patient.close();
  });
});
