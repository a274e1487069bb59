import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, test } from 'vitest';
import type { Store } from '../../node/ports.ts';
import { storeContract } from '../store.contract.ts';
import { SqliteStore } from './store.ts';

const folder = mkdtempSync(join(tmpdir(), 'alternat-sqlite-'));
const opened: Store[] = [];
afterAll(async () => {
  for (const store of opened) await store.close();
  rmSync(folder, { recursive: true, force: true });
});

storeContract({
  async open() {
    const store = await SqliteStore.open({ path: join(folder, 'record.db') });
    opened.push(store);
    return store;
  },
});

test('commits are fsynced: WAL with synchronous=FULL', async () => {
  const store = await SqliteStore.open({ path: join(folder, 'pragmas.db') });
  opened.push(store);
  const other = new DatabaseSync(join(folder, 'pragmas.db'));
  expect(other.prepare('PRAGMA journal_mode').get()).toMatchObject({ journal_mode: 'wal' });
  other.close();
});

test('reads beside a running writer, and after it, without the right to write', async () => {
  const path = join(folder, 'beside.db');
  const writer = await SqliteStore.open({ path });
  await writer.write((tx) => tx.db.insertInto('meta').values({ key: 'a', value: '1' }).execute());
  const read = async (): Promise<unknown> => {
    const store = await SqliteStore.open({ path, readOnly: true });
    try {
      await expect(store.write(async () => 1)).rejects.toMatchObject({ refusal: { code: 'store.read-only' } });
      return await store.read((tx) => tx.db.selectFrom('meta').selectAll().execute());
    } finally {
      await store.close();
    }
  };
  expect(await read()).toEqual([{ key: 'a', value: '1' }]);
  await writer.close();
  expect(await read()).toEqual([{ key: 'a', value: '1' }]);
});

test.each([
  ['a file that is no database', 'store.corrupt', (path: string) => writeFileSync(path, 'x'.repeat(4096))],
  ['the database of another program', 'store.not-alternat', (path: string) => {
    const other = new DatabaseSync(path);
    other.exec('CREATE TABLE theirs (a)');
    other.close();
  }],
])('refuses %s and leaves it alone', async (_, code, make) => {
  const path = join(folder, `${code}.db`);
  make(path);
  await expect(SqliteStore.open({ path })).rejects.toMatchObject({ refusal: { code } });
});

test('refuses a database of a newer program', async () => {
  const path = join(folder, 'newer.db');
  await (await SqliteStore.open({ path })).close();
  const other = new DatabaseSync(path);
  other.exec("INSERT INTO migration (name, digest) VALUES ('9999-later', 'x')");
  other.close();
  await expect(SqliteStore.open({ path })).rejects.toMatchObject({ refusal: { code: 'store.newer-than-program', params: { migration: '9999-later' } } });
});

test('refuses a missing database when it may not create one', async () => {
  await expect(SqliteStore.open({ path: join(folder, 'nowhere', 'record.db') })).rejects.toMatchObject({ refusal: { code: 'store.cannot-open' } });
  await expect(SqliteStore.open({ path: join(folder, 'absent.db'), readOnly: true })).rejects.toMatchObject({ refusal: { code: 'store.cannot-open' } });
});
