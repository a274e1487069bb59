import { afterAll, describe, expect, test } from 'vitest';
import type { Store } from '../../node/ports.ts';
import { storeContract } from '../store.contract.ts';
import { testDatabase } from './embedded.testkit.ts';
import { PostgresStore } from './store.ts';

const database = await testDatabase();
const opened: Store[] = [];
afterAll(async () => {
  for (const store of opened) await store.close();
});

describe.skipIf('skipped' in database)(`PostgreSQL${'skipped' in database ? ` (${database.skipped})` : ''}`, () => {
  const url = 'url' in database ? database.url : '';

  storeContract({
    async open() {
      const store = await PostgresStore.open({ url });
      opened.push(store);
      return store;
    },
  });

  test('two processes that start at once migrate once', async () => {
    const both = await Promise.all([PostgresStore.open({ url, schema: 'twice' }), PostgresStore.open({ url, schema: 'twice' })]);
    opened.push(...both);
    expect(await both[0].read((tx) => tx.db.selectFrom('space').select('state').execute())).toEqual([{ state: 'new' }]);
  });

  test('a server that is not there is said to be out of reach', async () => {
    await expect(PostgresStore.open({ url: 'postgres://a:b@127.0.0.1:1/x' })).rejects.toMatchObject({ refusal: { code: 'store.unreachable' } });
  });

  test('a wrong password is refused as such', async () => {
    await expect(PostgresStore.open({ url: url.replace(/:[^:@]+@/, ':wrong@') })).rejects.toMatchObject({ refusal: { code: 'store.cannot-open' } });
  });
});

