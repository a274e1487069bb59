import { chmodSync, copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { utf8 } from '../../kernel/bytes.ts';
import { commitment } from '../../record/part.ts';
import { keyId, verifyEd25519 } from '../../record/signature.ts';
import { nodeEngine } from '../engine/node-engine.ts';
import { FileKeyStore } from './key-store.ts';
import { createRootKey, openRootKey } from './root-key.ts';

const engine = nodeEngine();
let folder: string;
let keys: FileKeyStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alternat-keys-'));
  keys = FileKeyStore.open({ folder: join(folder, 'keys'), engine });
});
afterEach(() => {
  keys.close();
  rmSync(folder, { recursive: true, force: true });
});

function reopen(passphrase?: string): FileKeyStore {
  keys.close();
  keys = FileKeyStore.open({ folder: join(folder, 'keys'), engine, ...(passphrase === undefined ? {} : { passphrase }) });
  return keys;
}

/** Every byte of every file of the store. */
function onDisk(): Buffer {
  return Buffer.concat(readdirSync(join(folder, 'keys')).sort().map((name) => readFileSync(join(folder, 'keys', name))));
}

const salt = new Uint8Array(32).fill(9);
const plaintext = utf8('words of a clause');
const commit = commitment(engine, salt, plaintext);

test('a key signs, before and after the store is opened again, under its id', async () => {
  const { key, publicKey } = await keys.create('log');
  expect(key).toBe(keyId(engine, 'ed25519', publicKey));
  const message = utf8('message');
  const before = await keys.sign(key, message);
  expect(verifyEd25519(engine, publicKey, message, before).ok).toBe(true);
  expect(await reopen().sign(key, message)).toEqual(before);
  expect(await keys.publicKey(key)).toEqual(publicKey);
  expect(await keys.keys('log')).toEqual([{ key, publicKey }]);
  expect(await keys.keys('cosigner')).toEqual([]);
});

test('asks for a key that it does not keep are refused', async () => {
  await expect(keys.sign('0'.repeat(64), plaintext)).rejects.toMatchObject({ refusal: { code: 'keys.unknown-key' } });
  expect(await keys.publicKey('0'.repeat(64))).toBeUndefined();
});

test('a sealed part opens to salt and plaintext; nothing of either is on disk in clear', async () => {
  const sealed = await keys.seal(commit, salt, plaintext);
  expect(await reopen().open(commit, sealed)).toEqual({ salt, plaintext });
  const disk = onDisk();
  expect([disk.includes(plaintext), disk.includes(salt), Buffer.from(sealed).includes(plaintext)]).toEqual([false, false, false]);
});

test('sealing the same part again gives the same bytes, so that a repeated ingest changes nothing', async () => {
  expect(await keys.seal(commit, salt, plaintext)).toEqual(await reopen().seal(commit, salt, plaintext));
});

test('changed ciphertext does not open', async () => {
  const sealed = await keys.seal(commit, salt, plaintext);
  sealed[3] = (sealed[3] as number) ^ 1;
  await expect(keys.open(commit, sealed)).rejects.toMatchObject({ refusal: { code: 'part.sealed-bytes-changed' } });
  await expect(keys.open(commit, sealed.slice(0, 4))).rejects.toMatchObject({ refusal: { code: 'part.sealed-bytes-changed' } });
});

test('a destroyed part key is gone from every file, and the part is never sealed again', async () => {
  const sealed = await keys.seal(commit, salt, plaintext);
  keys.close();
  const wrappedBefore = onDisk();
  reopen();
  await keys.destroy(commit);
  expect(await keys.open(commit, sealed)).toBeUndefined();
  await expect(keys.seal(commit, salt, plaintext)).rejects.toMatchObject({ refusal: { code: 'part.erased' } });
  keys.close();
  // The wrapped salt and key are the longest run of random bytes of that row: none of its 16-byte windows is left.
  const after = onDisk();
  const row = wrappedBefore.subarray(wrappedBefore.indexOf(commit) + commit.length, wrappedBefore.indexOf(commit) + commit.length + 92);
  expect(row.length).toBe(92);
  for (let at = 0; at + 16 <= row.length; at += 4) expect(after.includes(row.subarray(at, at + 16))).toBe(false);
  reopen();
});

test('several parts are sealed with one commit, or none', async () => {
  const other = utf8('other words');
  const otherCommit = commitment(engine, salt, other);
  await keys.destroy(otherCommit);
  await expect(keys.sealMany([{ commit, salt, plaintext }, { commit: otherCommit, salt, plaintext: other }])).rejects.toMatchObject({ refusal: { code: 'part.erased' } });
  expect(await keys.open(commit, new Uint8Array(40))).toBeUndefined();
});

test('private keys are not on disk in clear, and files are for their owner only', async () => {
  await keys.create('office');
  const header = Buffer.from('302e020100300506032b657004220420', 'hex');
  expect(onDisk().includes(header)).toBe(false);
  for (const name of ['kek.json', 'keys.db']) expect(statSync(join(folder, 'keys', name)).mode & 0o077).toBe(0);
});

test('refuses a key file that others can read, and one that is not its own', async () => {
  const { key } = await keys.create('log');
  const file = join(folder, 'keys', 'kek.json');
  chmodSync(file, 0o644);
  expect(() => reopen()).toThrow(expect.objectContaining({ refusal: { code: 'keys.file-readable-by-others', params: { file: 'kek.json' } } }));
  const other = join(folder, 'other');
  FileKeyStore.open({ folder: other, engine }).close();
  rmSync(file);
  copyFileSync(join(other, 'kek.json'), file);
  chmodSync(file, 0o600);
  await expect(reopen().sign(key, plaintext)).rejects.toMatchObject({ refusal: { code: 'keys.does-not-unlock' } });
});

test('a passphrase replaces the key file: without it nothing opens', async () => {
  const path = join(folder, 'phrase');
  const first = FileKeyStore.open({ folder: path, engine, passphrase: 'عبارة مرور طويلة' });
  const { key } = await first.create('log');
  first.close();
  expect(readFileSync(join(path, 'kek.json'), 'utf8')).toContain('"kind":"passphrase"');
  expect(() => FileKeyStore.open({ folder: path, engine })).toThrow(expect.objectContaining({ refusal: { code: 'keys.passphrase-missing' } }));
  expect(() => FileKeyStore.open({ folder: path, engine, passphrase: 'another' })).toThrow(expect.objectContaining({ refusal: { code: 'keys.passphrase-wrong' } }));
  const again = FileKeyStore.open({ folder: path, engine, passphrase: 'عبارة مرور طويلة' });
  expect((await again.sign(key, plaintext)).length).toBe(64);
  again.close();
});

test('two processes share one store', async () => {
  const second = FileKeyStore.open({ folder: join(folder, 'keys'), engine });
  const { key } = await keys.create('office');
  const message = utf8('m');
  expect(await second.sign(key, message)).toEqual(await keys.sign(key, message));
  await Promise.all(Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? keys : second).seal(commitment(engine, salt, utf8(`part ${i}`)), salt, utf8(`part ${i}`))));
  second.close();
});

test('a copy of the store holds no key that opens without its key file', async () => {
  const { key } = await keys.create('log');
  const copy = join(folder, 'copy.db');
  keys.copyTo(copy);
  expect(existsSync(copy)).toBe(true);
  const elsewhere = join(folder, 'elsewhere');
  FileKeyStore.open({ folder: elsewhere, engine }).close();
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(elsewhere, `keys.db${suffix}`), { force: true });
  copyFileSync(copy, join(elsewhere, 'keys.db'));
  const opened = FileKeyStore.open({ folder: elsewhere, engine });
  await expect(opened.sign(key, plaintext)).rejects.toMatchObject({ refusal: { code: 'keys.does-not-unlock' } });
  opened.close();
});

test.each([[undefined], ['pass phrase']])('the root key is a file of its own (passphrase: %s)', async (passphrase) => {
  const path = join(folder, 'root.key');
  const made = createRootKey(path, passphrase);
  expect(() => createRootKey(path, passphrase)).toThrow('EEXIST');
  expect(statSync(path).mode & 0o077).toBe(0);
  const opened = openRootKey(path, passphrase);
  expect(opened.publicKey).toEqual(made.publicKey);
  const message = utf8('charter');
  expect(verifyEd25519(engine, made.publicKey, message, await opened.sign(message)).ok).toBe(true);
});

test('a root key that lies elsewhere, or another file in its place, is said so', () => {
  const path = join(folder, 'root.key');
  expect(() => openRootKey(path)).toThrow(expect.objectContaining({ refusal: { code: 'keys.root-missing', params: { path } } }));
  copyFileSync(join(folder, 'keys', 'kek.json'), path);
  expect(() => openRootKey(path)).toThrow(expect.objectContaining({ refusal: { code: 'keys.file-unreadable', params: { file: path } } }));
});
