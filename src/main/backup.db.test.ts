/** Backups, restores and the way back from them: I8, I9, I13, I18 on two real nodes. */
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { expectOk } from '../kernel/result.ts';
import type { ActDraft } from '../node/node.ts';
import { parseCheckpoint } from '../record/checkpoint.ts';
import { parseNote } from '../record/note.ts';
import { toHex } from '../kernel/bytes.ts';
import { backupState } from '../features/record-explorer/server/backup-state.ts';
import { asideDatabases, backup, backupKeys, restore } from './backup.ts';
import { dataDirectory } from './config.ts';
import { heal, twoHouses, type House } from './house.testkit.ts';
import { openParty } from './open.ts';
import { status } from './status.ts';

let root: string;
let rabat: House;
let madrid: House;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'alternat-backup-'));
  [rabat, madrid] = await twoHouses(root);
  await heal([rabat, madrid]);
});
afterEach(async () => {
  for (const house of [rabat, madrid]) await house.close();
  rmSync(root, { recursive: true, force: true });
});

/** An act that the administrator may make: a corps of the party, named by a part. */
function corps(house: House, name: string): ActDraft {
  const part = house.node.mint.part('text', 'application/vnd.alternat.label+json', new TextEncoder().encode(JSON.stringify({ en: name })));
  return { type: 'corps.declare', v: 1, scope: 'space', body: { corps: house.node.mint.id(), name: part.ref }, parts: [part] };
}

async function record(house: House, name: string): Promise<number> {
  return expectOk(await house.node.submit([corps(house, name)], house.founded.administrator)).size;
}

async function ownHead(house: House): Promise<{ size: number; root: string }> {
  const head = (await house.node.heads()).find(({ party }) => party === house.party);
  return { size: head?.size ?? 0, root: head?.root ?? '' };
}

function sizeOf(note: string | undefined): number {
  const parsed = parseNote(note ?? '');
  const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
  return checkpoint.ok ? Number(checkpoint.value.size) : -1;
}

/** Puts an older backup in place as the operator does: node stopped, command run, node started. */
async function restoreInto(house: House, from: string): Promise<void> {
  await house.close();
  expectOk(await restore(house.path, from));
  await house.reopen();
}

test('a backup is made beside the running node and holds no private key', async () => {
  const target = join(root, 'backup');
  const made = expectOk(await backup(rabat.path, target));
  expect(made).toMatchObject({ party: 'dgsn', space: rabat.node.space, ...(await ownHead(rabat)) });
  expect(readdirSync(target).sort()).toEqual(['alternat.json', 'anchors', 'backup.json', 'record.db', 'tls.crt']);
  const bytes = readFileSync(join(target, 'record.db'));
  expect(bytes.includes('PRIVATE KEY')).toBe(false);
  const seeds = Buffer.from('302e020100300506032b6570', 'hex');
  expect(bytes.includes(seeds)).toBe(false);
  expect(statSync(join(target, 'record.db')).mode & 0o077).toBe(0);
  expect(await backup(rabat.path, target)).toMatchObject({ ok: false, refusal: { code: 'backup.target-exists' } });
});

test('the settings show when the node was last copied, and how much the others could give back', async () => {
  await record(rabat, 'not yet delivered');
  const { size } = await ownHead(rabat);
  expect(await backupState(rabat.node)).toEqual({ size, heldBy: [{ party: 'dgp', size: size - 1 }], engine: 'sqlite' });
  const made = expectOk(await backup(rabat.path, join(root, 'first'), Date.parse('2026-11-23T10:00:00Z')));
  expectOk(await backup(rabat.path, join(root, 'second'), Date.parse('2026-11-24T10:00:00Z')));
  expectOk(await backupKeys(rabat.path, join(root, 'keys.db'), Date.parse('2026-11-24T11:00:00Z')));
  await heal([rabat, madrid]);
  expect(await backupState(rabat.node)).toEqual({
    size, heldBy: [{ party: 'dgp', size }], engine: 'sqlite',
    database: { madeAt: '2026-11-24T10:00:00.000Z', size: made.size }, keys: { madeAt: '2026-11-24T11:00:00.000Z' },
  });
});

test('an hour-old backup recovers what was delivered, appends at no index that the peer holds, and goes on', async () => {
  const target = join(root, 'backup');
  expectOk(await backup(rabat.path, target));
  await record(rabat, 'delivered after the backup');
  await record(rabat, 'delivered too');
  await heal([rabat, madrid]);
  const before = await ownHead(rabat);
  const released = await rabat.node.checkpoint('dgsn');

  rabat.link = madrid.link = false;
  await restoreInto(rabat, target);
  expect(rabat.node.state()).toBe('recovering');
  expect(await rabat.node.submit([corps(rabat, 'must not be written')], rabat.founded.administrator)).toMatchObject({ ok: false, refusal: { code: 'node.recovering' } });
  expect(await rabat.node.checkpoint('dgsn')).toBeUndefined();
  expect(sizeOf(await rabat.node.checkpoint('dgp'))).toBeGreaterThan(0);
  expect(await rabat.node.confirm()).toBe('recovering');

  rabat.link = madrid.link = true;
  expect(await rabat.node.confirm()).toBe('open');
  expect(await ownHead(rabat)).toEqual(before);
  expect((await rabat.node.checkpoint('dgsn'))?.split('\n\n')[0]).toBe(released?.split('\n\n')[0]);
  await record(rabat, 'after the recovery');
  await heal([rabat, madrid]);
  expect((await madrid.node.heads()).find(({ party }) => party === 'dgsn')).toMatchObject(await ownHead(rabat));
});

test('what nobody had seen is lost and said so; no fork follows', async () => {
  const target = join(root, 'backup');
  expectOk(await backup(rabat.path, target));
  await record(rabat, 'delivered');
  await heal([rabat, madrid]);
  rabat.link = madrid.link = false;
  await record(rabat, 'only recorded');
  await rabat.node.checkpoint('dgsn');
  const lostAt = (await ownHead(rabat)).size;
  await restoreInto(rabat, target);
  const alarms: string[] = [];
  rabat.node.subscribe((event) => event.kind === 'alarm' && alarms.push(event.code));
  rabat.link = madrid.link = true;
  expect(await rabat.node.confirm()).toBe('open');
  expect(alarms).toContain('node.acts-lost');
  expect((await ownHead(rabat)).size).toBe(lostAt - 1);
  await record(rabat, 'in its place');
  await heal([rabat, madrid]);
  expect((await madrid.node.heads()).find(({ party }) => party === 'dgsn')).toMatchObject(await ownHead(rabat));
});

test('a database put back by hand is noticed by the high-water mark', async () => {
  const target = join(root, 'backup');
  expectOk(await backup(rabat.path, target));
  await record(rabat, 'later');
  await rabat.node.checkpoint('dgsn');
  await rabat.close();
  const data = dataDirectory(rabat.path);
  for (const suffix of ['', '-wal', '-shm']) rmSync(data.database + suffix, { force: true });
  copyFileSync(join(target, 'record.db'), data.database);
  await rabat.reopen();
  expect(rabat.node.state()).toBe('recovering');
});

test('a machine set back with database and mark alike is stopped by the peer before its first append', async () => {
  const snapshot = join(root, 'snapshot');
  await rabat.node.checkpoint('dgsn');
  await rabat.close();
  cpSync(rabat.path, snapshot, { recursive: true });
  await rabat.reopen();
  await record(rabat, 'delivered, then forgotten by the whole machine');
  await heal([rabat, madrid]);
  const before = await ownHead(rabat);
  await rabat.close();
  rmSync(rabat.path, { recursive: true });
  cpSync(snapshot, rabat.path, { recursive: true });
  await rabat.reopen();
  const size = await record(rabat, 'the first append waits for the peers');
  expect(size).toBe(before.size + 1);
  await heal([rabat, madrid]);
  expect((await madrid.node.heads()).find(({ party }) => party === 'dgsn')).toMatchObject(await ownHead(rabat));
});

test('with the peer out of reach and the mark intact the node may write, shown as unconfirmed', async () => {
  rabat.link = madrid.link = false;
  await rabat.reopen();
  await record(rabat, 'nobody can be asked');
  expect(rabat.node.state()).toBe('unconfirmed');
  rabat.link = madrid.link = true;
  expect(await rabat.node.confirm()).toBe('open');
});

test('without a high-water mark a node that holds acts recovers first', async () => {
  await rabat.close();
  rmSync(dataDirectory(rabat.path).highWater, { recursive: true });
  rabat.link = madrid.link = false;
  await rabat.reopen();
  expect(rabat.node.state()).toBe('recovering');
  rabat.link = madrid.link = true;
  expect(await rabat.node.confirm()).toBe('open');
});

test('after total loss everything that was delivered comes back from the partner', async () => {
  const [database, keys] = [join(root, 'backup'), join(root, 'keys-backup.db')];
  expectOk(await backup(rabat.path, database));
  expectOk(await backupKeys(rabat.path, keys));
  await record(rabat, 'delivered before the fire');
  await heal([rabat, madrid]);
  const before = await ownHead(rabat);
  const commits = await rabat.node.store.read((tx) => tx.db.selectFrom('part').select('commit').where('party', '=', 'dgsn').execute());
  await rabat.close();
  const data = dataDirectory(rabat.path);
  const kek = readFileSync(join(data.keys, 'kek.json'));
  rmSync(rabat.path, { recursive: true });
  expect(await restore(rabat.path, database)).toMatchObject({ ok: false, refusal: { code: 'restore.keys-missing' } });
  mkdirSync(data.keys, { recursive: true });
  copyFileSync(keys, join(data.keys, 'keys.db'));
  writeFileSync(join(data.keys, 'kek.json'), kek, { mode: 0o600 });
  expectOk(await restore(rabat.path, database));
  await rabat.reopen();
  expect(await rabat.node.confirm()).toBe('open');
  expect(await ownHead(rabat)).toEqual(before);
  for (const { commit } of commits) expect(await rabat.node.openPart(commit)).toMatchObject({ ok: true });
});

test('an erased part stays erased when database and keys come back from before the erasure', async () => {
  const secret = 'planted words that must not come back';
  const part = rabat.node.mint.part('text', 'application/vnd.alternat.label+json', new TextEncoder().encode(JSON.stringify({ en: secret })));
  expectOk(await rabat.node.submit([{ type: 'corps.declare', v: 1, scope: 'space', body: { corps: rabat.node.mint.id(), name: part.ref }, parts: [part] }], rabat.founded.administrator));
  await heal([rabat, madrid]);
  const [database, keys] = [join(root, 'backup'), join(root, 'keys-backup.db')];
  expectOk(await backup(rabat.path, database));
  expectOk(await backupKeys(rabat.path, keys));
  expectOk(await rabat.node.submit([{ type: 'part.erase', v: 1, scope: 'space', body: { parts: [part.ref.part], basis: 'mistake' }, parts: [] }], rabat.founded.administrator));
  await expect.poll(async () => (await rabat.node.heads()).find(({ party }) => party === 'dgsn')?.size).toBe(9);
  await heal([rabat, madrid]);
  await expect.poll(async () => (await madrid.node.heads()).find(({ party }) => party === 'dgp')?.size).toBe(7);
  expect(await rabat.node.openPart(part.ref.part)).toMatchObject({ refusal: { code: 'part.erased' } });
  expect(await madrid.node.openPart(part.ref.part)).toMatchObject({ refusal: { code: 'part.erased' } });
  await heal([rabat, madrid]);

  const data = dataDirectory(rabat.path);
  await rabat.close();
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(data.keys, `keys.db${suffix}`), { force: true });
  copyFileSync(keys, join(data.keys, 'keys.db'));
  expectOk(await restore(rabat.path, database));
  await rabat.reopen();
  expect(await rabat.node.openPart(part.ref.part)).toMatchObject({ ok: false });
  expect(await rabat.node.confirm()).toBe('open');
  expect(await rabat.node.openPart(part.ref.part)).toMatchObject({ refusal: { code: 'part.erased' } });
  await rabat.close();
  const salt = toHex(part.salt);
  for (const file of [data.database, join(data.keys, 'keys.db')]) {
    const bytes = readFileSync(file);
    expect([file, bytes.includes(secret), bytes.includes(Buffer.from(salt, 'hex'))]).toEqual([file, false, false]);
  }
  await rabat.reopen();
});

test('refuses what is no backup, and the backup of another node', async () => {
  expect(await restore(rabat.path, root)).toMatchObject({ ok: false, refusal: { code: 'restore.not-a-backup' } });
  const target = join(root, 'backup');
  expectOk(await backup(madrid.path, target));
  await rabat.close();
  expect(await restore(rabat.path, target)).toMatchObject({ ok: false, refusal: { code: 'restore.other-node' } });
  await rabat.reopen();
  expect(rabat.node.state()).toBe('unconfirmed');
});

test('restoring puts the replaced database aside, and is refused while the node runs', async () => {
  const target = join(root, 'backup');
  expectOk(await backup(rabat.path, target));
  expect(await restore(rabat.path, target)).toMatchObject({ ok: false, refusal: { code: 'restore.node-running' } });
  await restoreInto(rabat, target);
  expect(asideDatabases(rabat.path)).toHaveLength(1);
});

test('status tells the same beside the running node and without it', async () => {
  await record(rabat, 'counted');
  await heal([rabat, madrid]);
  const running = expectOk(await status(rabat.path));
  expect(running).toEqual({
    space: rabat.node.space,
    party: 'dgsn',
    logs: {
      dgp: { size: 6, root: (await ownHead(madrid)).root, delivered: 6 },
      dgsn: { ...(await ownHead(rabat)), delivered: 7 },
    },
    texts: { concluded: 0, proposed: 0, dead: 0 },
    kinds: {},
  });
  await rabat.close();
  expect(expectOk(await status(rabat.path))).toEqual(running);
  await rabat.reopen();
});

test('a second openParty on the same directory sees the same record', async () => {
  const second = await openParty({ data: rabat.path, projections: [], peers: [] });
  expect(await second.node.heads()).toEqual(await rabat.node.heads());
  await second.close();
});
