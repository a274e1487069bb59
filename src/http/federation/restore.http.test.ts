/** A node that comes back from an old backup takes its own acts back from the others before it writes again. */
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { foundFederation, type Federation, type Member } from './federation.testkit.ts';

let folder: string;
let federation: Federation;
let es: Member;
let ma: Member;
let pt: Member;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'alternat-restore-'));
  federation = await foundFederation(folder, { parties: ['es', 'ma', 'pt'], times: { connectMs: 1_000, silenceMs: 1_000, graceMs: 1_000, bytesPerSecondMin: 1024 } });
  [es, ma, pt] = [federation.member('es'), federation.member('ma'), federation.member('pt')];
});
afterEach(async () => {
  await federation.close();
  rmSync(folder, { recursive: true });
});

async function backUp(member = ma): Promise<string> {
  await member.close();
  const copy = join(folder, `backup-${member.party}`);
  cpSync(member.test.folder, copy, { recursive: true });
  await member.open();
  return copy;
}

/** Sets the database back, the whole machine included when the marks are taken from the copy too. */
async function setBack(copy: string, machine: 'database' | 'machine', member = ma): Promise<void> {
  await member.close();
  for (const file of ['record.db', 'record.db-wal', 'record.db-shm']) {
    rmSync(join(member.test.folder, file), { force: true });
    if (existsSync(join(copy, file))) cpSync(join(copy, file), join(member.test.folder, file));
  }
  if (machine === 'machine') {
    rmSync(join(member.test.folder, 'high-water'), { recursive: true });
    cpSync(join(copy, 'high-water'), join(member.test.folder, 'high-water'), { recursive: true });
  }
}

const submits = async (): Promise<string> => {
  const { ref, salt, plaintext } = ma.node.mint.part('text', 'text/plain', new Uint8Array(4));
  const done = await ma.node.submit([{ type: 'note.make', v: 1, scope: 'space', body: { words: ref }, parts: [{ ref, salt, plaintext }] }], ma.test.actor('draft'));
  return done.ok ? 'recorded' : done.refusal.code;
};

for (const what of ['database', 'machine'] as const) {
  test(`set back (${what}): what was delivered to different parties comes back from each, words included, and nothing forks`, async () => {
    const copy = await backUp();
    const first = await ma.test.note('delivered to Madrid');
    await es.pull('ma');
    const second = await ma.test.note('delivered to Lisbon only');
    await pt.pull('ma');
    const delivered = await ma.leaves('ma');
    await ma.test.note('recorded, delivered to nobody');
    await setBack(copy, what);
    await ma.open();
    expect(await ma.node.confirm()).toBe('open');
    expect(await ma.leaves('ma')).toEqual(delivered);
    for (const { ref } of [first, second]) expect((await ma.node.openPart(ref.part)).ok).toBe(true);
    expect(await submits()).toBe('recorded');
    await federation.exchange();
    for (const member of [es, pt]) expect(await member.leaves('ma')).toEqual(await ma.leaves('ma'));
    expect([es.alarms, pt.alarms]).toEqual([[], []]);
  });
}

test('until every party’s node was asked it stays read-only, shows no log of its own and serves its mirrors', async () => {
  const copy = await backUp();
  await ma.test.note('delivered');
  await federation.exchange();
  ma.proxy('pt').cut();
  await setBack(copy, 'database');
  await ma.open();
  expect(await ma.node.confirm()).toBe('recovering');
  expect(await submits()).toBe('node.recovering');
  expect(await es.peer('ma').checkpoint('ma')).toBeUndefined();
  expect(await es.peer('ma').checkpoint('pt')).toBe(await ma.node.checkpoint('pt'));
  const round = await es.pull('ma');
  expect(round).toEqual({ stored: 0, notice: { code: 'sync.peer-behind', params: expect.objectContaining({ log: 'ma', size: 0 }) } });
  ma.proxy('pt').heal();
  expect(await ma.node.confirm()).toBe('open');
  expect(await submits()).toBe('recorded');
  await federation.exchange();
  expect(await es.leaves('ma')).toEqual(await ma.leaves('ma'));
});

test('the loops find the way out by themselves once the last party is in reach', async () => {
  const copy = await backUp();
  await ma.test.note('delivered');
  await federation.exchange();
  const whole = await ma.leaves('ma');
  for (const other of ['es', 'pt']) ma.proxy(other).cut();
  await setBack(copy, 'machine');
  await ma.open();
  for (const member of federation.members) member.start();
  // With the mark set back too, only the others can know what is missing.
  ma.proxy('es').heal();
  ma.proxy('pt').heal();
  await vi.waitFor(() => expect(ma.node.state()).toBe('open'), { timeout: 10_000, interval: 20 });
  expect(await ma.leaves('ma')).toEqual(whole);
  expect(await submits()).toBe('recorded');
});

test('a peer that is found to hold more of our log stops writing at once', async () => {
  const copy = await backUp();
  await ma.test.note('delivered');
  await federation.exchange();
  for (const other of ['es', 'pt']) ma.proxy(other).cut();
  await setBack(copy, 'machine');
  await ma.open();
  expect(ma.node.state()).toBe('unconfirmed');
  ma.proxy('es').heal();
  await ma.pull('es');
  expect(ma.node.state()).toBe('recovering');
  expect(await submits()).toBe('node.recovering');
  expect(ma.alarms).toContain('node.peer-holds-more');
  ma.proxy('pt').heal();
  expect(await ma.node.confirm()).toBe('open');
  expect(await submits()).toBe('recorded');
  await federation.exchange();
  expect([es.alarms, pt.alarms]).toEqual([[], []]);
});

test('own acts whose words nobody can give at that moment come back without them, and the words as soon as somebody can', async () => {
  const before = await backUp(es);
  const { ref } = await es.test.note('words of Madrid');
  await ma.pull('es');
  const copy = await backUp();
  await ma.test.note('delivered to nobody');
  ma.proxy('pt').cut();
  await setBack(copy, 'database');
  await ma.open();
  expect(await ma.node.confirm()).toBe('recovering');
  // The only holder of the words recovers itself: it hands out leaves of others, and no parts.
  await setBack(before, 'database', es);
  await es.open();
  expect(await es.node.confirm()).toBe('open');
  expect(await es.leaves('es')).toEqual(await ma.leaves('es'));
  const words = async (): Promise<string> => es.node.openPart(ref.part).then((opened) => (opened.ok ? 'here' : opened.refusal.code));
  expect(await words()).toBe('part.withheld');
  expect((await es.pull('ma')).problem?.code).toBe('sync.part-withheld');
  ma.proxy('pt').heal();
  expect(await ma.node.confirm()).toBe('open');
  expect((await es.pull('ma')).problem).toBeUndefined();
  expect(await words()).toBe('here');
});
