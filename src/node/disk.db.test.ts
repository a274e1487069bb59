/** A disk that takes no more, and a database that is not what it was: a clear refusal, nothing half-written. */
import { spawn } from 'node:child_process';
import { closeSync, copyFileSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { utf8 } from '../kernel/bytes.ts';
import { expectOk } from '../kernel/result.ts';
import { dataDirectory } from '../main/config.ts';
import { heal, twoHouses, type House } from '../main/house.testkit.ts';
import { openParty } from '../main/open.ts';
import { checkWholeRecord } from './log-check.testkit.ts';
import type { ActDraft } from './node.ts';

let root: string;
let rabat: House;
let madrid: House;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'alternat-disk-'));
  [rabat, madrid] = await twoHouses(root);
  await heal([rabat, madrid]);
});
afterEach(async () => {
  for (const house of [rabat, madrid]) await house.close().catch(() => undefined);
  rmSync(root, { recursive: true, force: true });
});

function corps(house: House, name: string): ActDraft {
  const part = house.node.mint.part('text', 'application/vnd.alternat.label+json', utf8(JSON.stringify({ en: name })));
  return { type: 'corps.declare', v: 1, scope: 'space', body: { corps: house.node.mint.id(), name: part.ref }, parts: [part] };
}

// A limit of the operating system on the size of a file: writes beyond it fail in the kernel, as on a full disk.
test.skipIf(process.platform === 'win32')('a disk that takes no more refuses the act in hand and loses none before it', async () => {
  await rabat.close();
  const blocks = Math.ceil(statSync(dataDirectory(rabat.path).database).size / 1024) + 400;
  const writer = [process.execPath, join(import.meta.dirname, 'writer.testkit.ts'), rabat.path, rabat.founded.administrator.officer, '5000'];
  // With the signal ignored the write answers EFBIG instead of ending the process; dash counts blocks of 512 bytes.
  const child = spawn('sh', ['-c', `trap '' XFSZ; ulimit -f ${blocks * 2}; exec "$@"`, 'sh', ...writer], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.on('data', (bytes: Buffer) => (printed += bytes.toString('utf8')));
  const code = await new Promise((done) => child.on('close', done));
  const lines = printed.trim().split('\n');
  expect([code, lines.at(-1)]).toEqual([1, expect.stringMatching(/^refused store\.disk-(?:full|failed)$/)]);
  const acknowledged = lines.filter((line) => line.startsWith('ack ')).map((line) => line.split(' '));
  expect(acknowledged.length).toBeGreaterThan(10);
  await rabat.reopen();
  const acts = await checkWholeRecord(rabat.node.store, 'dgsn');
  for (const [, index, act] of acknowledged) expect(acts[Number(index)]).toBe(act);
  await rabat.node.confirm();
  expectOk(await rabat.node.submit([corps(rabat, 'there is room again')], rabat.founded.administrator));
  await heal([rabat, madrid]);
});

const damages: readonly (readonly [string, (path: string) => void, string])[] = [
  ['is cut short', (path) => truncateSync(path, 8192), 'store.corrupt'],
  ['is overwritten at its head', (path) => overwrite(path, 0, 100), 'store.corrupt'],
  ['has a head of another size', (path) => change(path, "UPDATE head SET size = size - 1 WHERE party = 'dgsn'"), 'record.head-damaged'],
  ['has a head of another root', (path) => change(path, "UPDATE head SET root = '00' || substr(root, 3) WHERE party = 'dgp'"), 'record.head-damaged'],
  ['has lost its last leaf', (path) => change(path, "DELETE FROM leaf WHERE party = 'dgp' AND idx = 5"), 'record.head-damaged'],
  ['has another charter', (path) => change(path, "UPDATE space SET charter = CAST(replace(CAST(charter AS TEXT), 'Exercise', 'Exercice') AS BLOB)"), 'record.charter-damaged'],
];

function overwrite(path: string, at: number, size: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(size, 0x5a), 0, size, at);
  closeSync(file);
}

function change(path: string, statement: string): void {
  const db = new DatabaseSync(path);
  expect(db.prepare(statement).run().changes).toBe(1);
  db.close();
}

test.each(damages)('a database that %s is refused at the start and left as it is', async (_, damage, code) => {
  await rabat.close();
  const { database } = dataDirectory(rabat.path);
  const kept = join(root, 'kept.db');
  copyFileSync(database, kept);
  damage(database);
  const damaged = readFileSync(database);
  await expect(openParty({ data: rabat.path, projections: [], peers: [] })).rejects.toMatchObject({ refusal: { code } });
  expect(readFileSync(database).equals(damaged)).toBe(true);
  copyFileSync(kept, database);
  await rabat.reopen();
});

test('a part whose ciphertext was changed says so and keeps the rest', async () => {
  expectOk(await rabat.node.submit([corps(rabat, 'words')], rabat.founded.administrator));
  const { commit } = await rabat.node.store.read((tx) => tx.db.selectFrom('part').select('commit').where('party', '=', 'dgsn').orderBy('idx', 'desc').executeTakeFirstOrThrow());
  await rabat.node.store.write((tx) => tx.db.updateTable('part').set({ sealed: utf8('something else that is long enough') }).where('commit', '=', commit).execute());
  expect(await rabat.node.openPart(commit)).toMatchObject({ refusal: { code: 'part.sealed-bytes-changed' } });
  expectOk(await rabat.node.submit([corps(rabat, 'goes on')], rabat.founded.administrator));
});

test.each([
  ['nothing in it', () => undefined, 'data.not-a-data-directory'],
  ['a configuration that is none', (path: string) => writeFileSync(join(path, 'alternat.json'), '{'), 'data.config-unreadable'],
])('a data directory with %s is refused by name', async (_, make, code) => {
  const path = mkdtempSync(join(root, 'data-'));
  make(path);
  await expect(openParty({ data: path, projections: [], peers: [] })).rejects.toMatchObject({ refusal: { code } });
});
