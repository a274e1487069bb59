import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { nodeEngine } from '../adapters/engine/node-engine.ts';
import { FileKeyStore } from '../adapters/keys/key-store.ts';
import { fromUtf8, utf8 } from '../kernel/bytes.ts';
import { localSeal } from './local-seal.ts';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const clean of cleanups.splice(0)) clean();
});

function keyStore(): FileKeyStore {
  const folder = mkdtempSync(join(tmpdir(), 'alternat-seal-'));
  const keys = FileKeyStore.open({ folder, engine: nodeEngine() });
  cleanups.push(() => {
    keys.close();
    rmSync(folder, { recursive: true });
  });
  return keys;
}

test('what is sealed opens in its row, with a fresh nonce each time', async () => {
  const seal = localSeal(keyStore());
  const key = await seal.key();
  const first = await seal.seal(key, 'draft/1/es', utf8('borrador'));
  const second = await seal.seal(key, 'draft/1/es', utf8('borrador'));
  expect(second).not.toEqual(first);
  expect(fromUtf8((await seal.open(key, 'draft/1/es', first)) ?? new Uint8Array(0))).toBe('borrador');
  expect(fromUtf8((await seal.open(key, 'draft/1/es', second)) ?? new Uint8Array(0))).toBe('borrador');
  expect(Buffer.from(first).includes('borrador')).toBe(false);
});

test('moved to another row or changed by a bit it does not open', async () => {
  const seal = localSeal(keyStore());
  const key = await seal.key();
  const sealed = await seal.seal(key, 'draft/1/es', utf8('borrador'));
  await expect(seal.open(key, 'draft/1/ar', sealed)).rejects.toThrow();
  sealed[sealed.length - 1] = (sealed.at(-1) as number) ^ 1;
  await expect(seal.open(key, 'draft/1/es', sealed)).rejects.toThrow();
});

test('a destroyed key opens nothing and seals nothing; other keys go on', async () => {
  const seal = localSeal(keyStore());
  const [gone, kept] = [await seal.key(), await seal.key()];
  const [goneSealed, keptSealed] = [await seal.seal(gone, 'a', utf8('x')), await seal.seal(kept, 'b', utf8('y'))];
  await seal.destroy(gone);
  expect(await seal.open(gone, 'a', goneSealed)).toBeUndefined();
  await expect(seal.seal(gone, 'a', utf8('x'))).rejects.toThrow('destroyed');
  expect(fromUtf8((await seal.open(kept, 'b', keptSealed)) ?? new Uint8Array(0))).toBe('y');
});
