import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../adapters/postgres/embedded.testkit.ts';
import { PostgresStore } from '../adapters/postgres/store.ts';
import { SqliteStore } from '../adapters/sqlite/store.ts';
import { expectOk } from '../kernel/result.ts';
import type { Store } from '../node/ports.ts';
import { Limits } from './limits.ts';
import { Sessions } from './sessions.ts';
import { Accounts } from './sign-in/accounts.ts';
import { Ceremonies } from './sign-in/ceremonies.ts';
import { SignInLinks } from './sign-in/links.ts';

const OFFICER = 'ma.0000000000000000000a';
const database = await testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'alternat-people-'));
const opened: Store[] = [];
afterAll(async () => {
  for (const store of opened) await store.close();
  rmSync(folder, { recursive: true });
});

/** Two views of one database, as two processes have them. */
function people(open: () => Promise<Store>): void {
  let now = '2026-11-23T10:42:00.000Z';
  const clock = (): string => now;
  let stores: [Store, Store];
  const both = async (): Promise<[Store, Store]> => {
    stores ??= [await open(), await open()];
    opened.push(...stores);
    return stores;
  };

  test('a one-time link lets one of two in who press it at once', async () => {
    const links = (await both()).map((store) => new SignInLinks(store, clock, false));
    const { secret } = await (links[0] as SignInLinks).enrolment(OFFICER, 'operator');
    const found = await Promise.all(links.map((one) => one.find('enrol', secret)));
    const spent = await Promise.all(links.map((one, i) => one.spend(expectOk(found[i] as (typeof found)[number]))));
    expect(spent.sort()).toEqual([false, true]);
  });

  test('a challenge is answered once, whichever process is asked', async () => {
    const ceremonies = (await both()).map((store) => new Ceremonies(store, clock));
    const id = await (ceremonies[0] as Ceremonies).begin('sign-in', { challenge: new Uint8Array([1, 2, 3]), officer: '', bound: '' });
    const taken = await Promise.all([...ceremonies, ...ceremonies].map((one) => one.take('sign-in', id)));
    expect(taken.filter((ceremony) => ceremony !== undefined).map((ceremony) => [...ceremony.challenge])).toEqual([[1, 2, 3]]);
    const late = await (ceremonies[0] as Ceremonies).begin('sign-in', { challenge: new Uint8Array(32), officer: '', bound: '' });
    now = '2026-11-23T10:48:00.000Z';
    expect(await ceremonies[1]?.take('sign-in', late)).toBe(undefined);
    now = '2026-11-23T10:42:00.000Z';
  });

  test('a limit counts what both processes let through, exactly', async () => {
    const limits = (await both()).map((store) => new Limits(store, clock));
    const limit = { name: 'test', max: 10, windowMs: 60_000 };
    const counted = await Promise.all(Array.from({ length: 24 }, (_, i) => (limits[i % 2] as Limits).count(limit, 'me')));
    expect(counted.filter((one) => one.ok).length).toBe(10);
    expect(counted.find((one) => !one.ok)).toEqual({ ok: false, refusal: { code: 'request.too-many', params: { seconds: 60 } } });
    now = '2026-11-23T10:43:00.000Z';
    expect((await limits[0]?.count(limit, 'me'))?.ok).toBe(true);
    now = '2026-11-23T10:42:00.000Z';
  });

  test('a session opened in one process is known in the other, and ended there for both', async () => {
    const [here, there] = (await both()).map((store) => new Sessions(store, clock)) as [Sessions, Sessions];
    const { secret, session } = await here.open(OFFICER, 'passkey', 'agent');
    expect(await there.find(secret)).toEqual(session);
    expect(await there.end(OFFICER, session.id)).toBe(true);
    expect(await here.find(secret)).toBe('ended');
    expect(await here.find('not a secret')).toBe('missing');
  });

  test('no secret of a session or link stands in the database', async () => {
    const [store] = await both();
    const { secret } = await new Sessions(store, clock).open(OFFICER, 'passkey', 'agent');
    const link = await new SignInLinks(store, clock, false).enrolment(OFFICER, 'operator');
    const rows = await store.read(async (tx) => [await tx.db.selectFrom('session').selectAll().execute(), await tx.db.selectFrom('sign_in_link').selectAll().execute()]);
    expect(rows[0]?.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(JSON.stringify(rows)).not.toContain(link.secret);
  });

  test('a passkey is kept once, comes back byte by byte, and its end is final', async () => {
    const [here, there] = (await both()).map((store) => new Accounts(store, clock)) as [Accounts, Accounts];
    const passkey = { credential: 'abc', officer: OFFICER, publicKey: new Uint8Array([0, 255, 7]), alg: 'passkey-es256' as const, key: 'f'.repeat(64), counter: 0, transports: ['usb'], label: 'Key' };
    expect((await Promise.all([here.add(passkey), there.add(passkey)])).sort()).toEqual([false, true]);
    expect(await there.passkey('abc')).toEqual({ ...passkey, createdAt: now });
    expect(await here.handleOf(OFFICER)).toBe(await there.handleOf(OFFICER));
    expect(await here.end('abc')).toBe(true);
    expect([await there.end('abc'), await there.passkey('abc'), await there.add(passkey)]).toEqual([false, undefined, false]);
  });
}

describe('SQLite', () => people(() => SqliteStore.open({ path: join(folder, 'people.db') })));
describe.skipIf('skipped' in database)(`PostgreSQL${'skipped' in database ? ` (${database.skipped})` : ''}`, () => people(() => PostgresStore.open({ url: 'url' in database ? database.url : '' })));
