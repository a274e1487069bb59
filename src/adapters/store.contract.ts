/** What every Store promises, run over both engines. */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { utf8, type Bytes } from '../kernel/bytes.ts';
import { IntegrityFault } from '../kernel/fault.ts';
import type { Head, LeafRow, Store } from '../node/ports.ts';

export interface StoreUnderTest {
  /** Opens the one database of this test file; again: a second process' view of it. */
  open(): Promise<Store>;
}

const ROOT = 'a'.repeat(64);

function leaf(party: string, index: number, content = `leaf ${index}`, verdict?: LeafRow['verdict']): LeafRow {
  const envelope = utf8(content);
  const digest = envelope.toHex().padEnd(64, '0').slice(0, 64);
  return { party, index, act: digest, type: 'test.act', scope: 'space', hash: digest, envelope, ...(verdict === undefined ? {} : { verdict }) };
}

function head(party: string, size: number): Head {
  return { party, epoch: 1, size, root: ROOT, range: '', note: '', decided: 0, cut: { dgp: 3 } };
}

/** Every test uses a party of its own, so that all can share one database. */
export function storeContract(given: StoreUnderTest): void {
  let store: Store;
  const opened = async (): Promise<Store> => (store ??= await given.open());

  test('what a transaction wrote is there for the next reader, value by value', async () => {
    const db = await opened();
    const stored: Head = { ...head('alpha', 2), frozenAt: 1, decided: 1, note: 'n\n' };
    await db.write(async (tx) => {
      await tx.lockSpace();
      await tx.putHead(stored);
      await tx.appendLeaves([leaf('alpha', 0), leaf('alpha', 1)]);
    });
    const read = await db.read(async (tx) => ({ head: await tx.head('alpha'), leaves: await tx.leaves('alpha', 0, 9), hashes: await tx.leafHashes('alpha', 1, 2) }));
    expect(read.head).toEqual(stored);
    expect(read.leaves).toEqual([leaf('alpha', 0), leaf('alpha', 1)]);
    expect(read.hashes.map((hash) => hash.toHex())).toEqual([leaf('alpha', 1).hash]);
    expect(read.leaves[0]?.envelope.constructor).toBe(Uint8Array);
  });

  test('a transaction that throws leaves nothing', async () => {
    const db = await opened();
    const failing = db.write(async (tx) => {
      await tx.lockSpace();
      await tx.putHead(head('beta', 1));
      await tx.appendLeaves([leaf('beta', 0)]);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await db.read(async (tx) => [await tx.head('beta'), await tx.leaf('beta', 0)])).toEqual([undefined, undefined]);
  });

  test('the same leaf again changes nothing, other bytes at its index are an integrity fault', async () => {
    const db = await opened();
    const append = (leaves: readonly LeafRow[]): Promise<void> => db.write(async (tx) => {
      await tx.lockSpace();
      await tx.appendLeaves(leaves);
    });
    await append([leaf('gamma', 0), leaf('gamma', 1)]);
    await append([leaf('gamma', 1), leaf('gamma', 2)]);
    expect((await db.read((tx) => tx.leaves('gamma', 0, 9))).map((row) => row.index)).toEqual([0, 1, 2]);
    await expect(append([leaf('gamma', 1, 'something else')])).rejects.toBeInstanceOf(IntegrityFault);
    await expect(append([leaf('gamma', 4)])).rejects.toThrow('gap');
  });

  test('the record is not written before the space row is locked', async () => {
    const db = await opened();
    await expect(db.write((tx) => tx.putHead(head('delta', 1)))).rejects.toThrow('lockSpace');
    await expect(db.write((tx) => tx.appendLeaves([leaf('delta', 0)]))).rejects.toThrow('lockSpace');
  });

  test('a verdict is given once, with its place in the order of decisions and its facts', async () => {
    const db = await opened();
    const fact = { kind: 'k', key: 'epsilon', party: 'epsilon', index: 0, act: leaf('epsilon', 0).act, data: { n: 1, words: 'نص' } };
    const before = await db.read((tx) => tx.decidedAfter(0, 1000));
    await db.write(async (tx) => {
      await tx.lockSpace();
      await tx.appendLeaves([leaf('epsilon', 0), leaf('epsilon', 1)]);
      await tx.putVerdict('epsilon', 1, { code: 'act.repeated', params: { n: 1 } }, []);
      await tx.putVerdict('epsilon', 0, 'valid', [fact, { ...fact, data: { n: 2 } }]);
    });
    const after = (await db.read((tx) => tx.decidedAfter(0, 1000))).slice(before.length);
    const last = before.length;
    expect(after.map((row) => [row.index, row.seq, row.verdict])).toEqual([[1, last + 1, { code: 'act.repeated', params: { n: 1 } }], [0, last + 2, 'valid']]);
    expect(await db.read((tx) => tx.facts('k', 'epsilon'))).toEqual([fact, { ...fact, data: { n: 2 } }]);
    const again = db.write(async (tx) => {
      await tx.lockSpace();
      await tx.putVerdict('epsilon', 0, 'valid', []);
    });
    await expect(again).rejects.toBeInstanceOf(IntegrityFault);
  });

  test('facts come by party, then index', async () => {
    const db = await opened();
    const fact = (party: string, index: number) => ({ kind: 'order', key: 'x', party, index, act: ROOT, data: {} });
    await db.write(async (tx) => {
      await tx.lockSpace();
      await tx.putFacts([fact('b', 10)]);
      await tx.putFacts([fact('b', 9)]);
      await tx.putFacts([fact('a', 11)]);
    });
    expect((await db.read((tx) => tx.facts('order', 'x'))).map(({ party, index }) => [party, index])).toEqual([['a', 11], ['b', 9], ['b', 10]]);
  });

  test('tiles keep their first bytes', async () => {
    const db = await opened();
    const bytes = new Uint8Array(32).fill(7) as Bytes;
    await db.write(async (tx) => {
      await tx.lockSpace();
      await tx.putTile('zeta', 0, 0, bytes);
      await tx.putTile('zeta', 0, 0, new Uint8Array(32) as Bytes);
    });
    expect(await db.read((tx) => tx.tile('zeta', 0, 0))).toEqual(bytes);
  });

  test('a read is one snapshot: what commits meanwhile is not in it', async () => {
    const db = await opened();
    const seen = await db.read(async (tx) => {
      const first = await tx.head('eta');
      await outside(() => db.write(async (other) => {
        await other.lockSpace();
        await other.putHead(head('eta', 5));
      }));
      return [first, await tx.head('eta')];
    });
    expect(seen).toEqual([undefined, undefined]);
    expect((await db.read((tx) => tx.head('eta')))?.size).toBe(5);
  });

  test('inside a transaction nothing but its tx may be used', async () => {
    const db = await opened();
    await expect(db.write(() => db.read(async () => 1))).rejects.toThrow('only its tx');
    await expect(db.write(() => db.write(async () => 1))).rejects.toThrow('only its tx');
    await expect(db.write((tx) => tx.db.transaction().execute(async () => 1))).rejects.toThrow('Store');
  });

  test.each([['undefined', undefined], ['a Date', new Date(0)], ['an object', {}], ['a boolean', true], ['NaN', Number.NaN]])('refuses %s as a parameter', async (_, value) => {
    const db = await opened();
    await expect(db.write((tx) => sql`INSERT INTO meta (key, value) VALUES ('k', ${value})`.execute(tx.db))).rejects.toThrow('database parameter');
    expect(await db.read((tx) => tx.db.selectFrom('meta').select('key').where('key', '=', 'k').execute())).toEqual([]);
  });

  test('text keeps every character, bytes every byte, numbers up to 2^53', async () => {
    const db = await opened();
    const value = 'قاعدة التناوب \u0000'.replace('\u0000', '') + '𝒜 ñ — ‏';
    const size = Number.MAX_SAFE_INTEGER;
    await db.write(async (tx) => {
      await tx.db.insertInto('meta').values({ key: 'text', value }).execute();
      await tx.db.insertInto('checkpoint').values({ party: 'theta', size, root: ROOT, note: '' }).execute();
    });
    const read = await db.read(async (tx) => ({
      text: await tx.db.selectFrom('meta').select('value').where('key', '=', 'text').executeTakeFirst(),
      size: await tx.db.selectFrom('checkpoint').select('size').where('party', '=', 'theta').executeTakeFirst(),
      count: await tx.db.selectFrom('checkpoint').select((all) => all.fn.countAll().as('n')).where('party', '=', 'theta').executeTakeFirst(),
    }));
    expect(read).toEqual({ text: { value }, size: { size }, count: { n: 1 } });
  });

  test('two views of one database take turns: no increment is lost', async () => {
    const [one, two] = [await opened(), await given.open()];
    const step = (db: Store): Promise<void> => db.write(async (tx) => {
      await tx.lockSpace();
      const before = await tx.head('iota');
      await tx.putHead(head('iota', (before?.size ?? 0) + 1));
    });
    await Promise.all(Array.from({ length: 60 }, (_, i) => step(i % 2 === 0 ? one : two)));
    expect((await one.read((tx) => tx.head('iota')))?.size).toBe(60);
    await two.close();
  });

  test('defines and drops tables in portable words, with the transaction', async () => {
    const db = await opened();
    const failing = db.write(async (tx) => {
      await tx.define('CREATE TABLE probe_rows (id INTEGER NOT NULL PRIMARY KEY, body BLOB, share REAL)');
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await db.write((tx) => tx.define('CREATE TABLE probe_rows (id INTEGER NOT NULL PRIMARY KEY, body BLOB, share REAL)'));
    await db.write((tx) => tx.define('DROP TABLE probe_rows'));
  });

  test('a closed store refuses', async () => {
    const db = await given.open();
    await db.close();
    await db.close();
    await expect(db.read(async () => 1)).rejects.toMatchObject({ refusal: { code: 'store.closed' } });
  });
}

/** Runs work as if it came from elsewhere: outside of the transaction that the caller is in. */
function outside<T>(work: () => Promise<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  pending.push(() => work().then(resolve, reject));
  return promise;
}
const pending: (() => void)[] = [];
setInterval(() => pending.splice(0).forEach((start) => start()), 5).unref();
