/**
 * Store over node:sqlite. One writing connection (`begin immediate`, so that the write lock is taken
 * before anything is read: with a plain `begin`, two processes read first and one of them fails at
 * commit) and a few read-only ones whose transactions are snapshots (WAL).
 *
 * Durability: `synchronous=FULL` in WAL mode fsyncs the log at each commit. Dying before that fsync
 * leaves the previous state; dying after it, the new one.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Store, Tx } from '../../node/ports.ts';
import { StoreFault } from '../../node/store-fault.ts';
import type { Tables } from '../../node/tables.ts';
import { kyselyOver } from '../sql/dialect.ts';
import { migrate } from '../sql/migrate.ts';
import { SqlTx, type EngineWords } from '../sql/tx.ts';
import { SqliteConnection, translating } from './connection.ts';

/** `alternat` in ASCII, shortened to the 32 bits of SQLite's application id: another program's file is refused. */
const APPLICATION_ID = 0x616c7472;
const READERS_MAX = 4;
const BUSY_DEADLINE_MILLIS = 20_000;

const words: EngineWords = {
  // `begin immediate` already holds the lock of the whole database: reading the row says it in words and costs nothing.
  lockSpace: 'SELECT state FROM space',
  ddl: (portable) => portable,
};

interface Session {
  readonly connection: SqliteConnection;
  readonly db: Kysely<Tables>;
}

export interface SqliteOptions {
  readonly path: string;
  /** Opens an existing database without the right to write: `status` while another process serves. */
  readonly readOnly?: boolean;
}

export class SqliteStore implements Store {
  readonly engine = 'sqlite';
  readonly #path: string;
  readonly #writer: Session | undefined;
  readonly #idle: Session[] = [];
  readonly #waiting: ((session: Session) => void)[] = [];
  readonly #inside = new AsyncLocalStorage<'read' | 'write'>();
  #readers = 0;
  #tail: Promise<unknown> = Promise.resolve();
  #closed = false;

  private constructor(path: string, writer: Session | undefined) {
    this.#path = path;
    this.#writer = writer;
  }

  /** Opens (and creates, unless read-only) the database and brings its schema up to date. */
  static async open(options: SqliteOptions): Promise<SqliteStore> {
    if (options.readOnly === true) {
      const store = new SqliteStore(options.path, undefined);
      await store.read(async (tx) => void (await tx.heads()));
      return store;
    }
    const connection = new SqliteConnection(options.path, { readOnly: false });
    try {
      await prepareFile(connection);
    } catch (error) {
      connection.close();
      throw error;
    }
    return new SqliteStore(options.path, { connection, db: kyselyOver(connection, 'sqlite') });
  }

  async read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    this.#refuseNesting('read');
    const session = await this.#takeReader();
    const { connection } = session;
    try {
      connection.now('BEGIN', []);
      // The snapshot of a deferred transaction starts at its first read: here, not at whatever `work` asks first.
      connection.now('SELECT 1 FROM space', []);
      return await this.#inside.run('read', () => work(new SqlTx(connection, session.db, words)));
    } finally {
      if (connection.database.isOpen && connection.database.isTransaction) connection.now('ROLLBACK', []);
      this.#giveReader(session);
    }
  }

  async write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    this.#refuseNesting('write');
    const writer = this.#writer;
    if (writer === undefined) throw new StoreFault('store.read-only');
    const turn = this.#tail.then(() => this.#transact(writer, work));
    this.#tail = turn.catch(() => undefined);
    return turn;
  }

  async #transact<T>(writer: Session, work: (tx: Tx) => Promise<T>): Promise<T> {
    if (this.#closed) throw new StoreFault('store.closed');
    const { connection } = writer;
    await beginImmediate(connection);
    try {
      const value = await this.#inside.run('write', () => work(new SqlTx(connection, writer.db, words)));
      connection.now('COMMIT', []);
      return value;
    } catch (error) {
      // A failed COMMIT (disk full) leaves the transaction open; some errors have rolled it back already.
      if (connection.database.isTransaction) connection.now('ROLLBACK', []);
      throw error;
    }
  }

  /** Deleted rows are overwritten in place (secure_delete); the log that still holds the old pages is emptied here. */
  async scrub(): Promise<void> {
    const writer = this.#writer;
    if (writer === undefined) throw new StoreFault('store.read-only');
    const turn = this.#tail.then(() => patiently(() => {
      const [row] = writer.connection.now('PRAGMA wal_checkpoint(TRUNCATE)', []).rows;
      if (row?.['busy'] === 1) throw new StoreFault('store.busy');
    }));
    this.#tail = turn.catch(() => undefined);
    return turn;
  }

  #refuseNesting(what: string): void {
    const outer = this.#inside.getStore();
    if (outer !== undefined) throw new Error(`${what} inside a ${outer} transaction: only its tx may be used there`);
    if (this.#closed) throw new StoreFault('store.closed');
  }

  async #takeReader(): Promise<Session> {
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    if (this.#readers >= READERS_MAX) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#readers++;
    try {
      const connection = new SqliteConnection(this.#path, { readOnly: true });
      connection.database.exec('PRAGMA query_only = 1');
      return { connection, db: kyselyOver(connection, 'sqlite') };
    } catch (error) {
      this.#readers--;
      throw error;
    }
  }

  #giveReader(session: Session): void {
    const next = this.#waiting.shift();
    if (next !== undefined) next(session);
    else if (this.#closed) session.connection.close();
    else this.#idle.push(session);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#tail;
    for (const session of this.#idle.splice(0)) session.connection.close();
    this.#writer?.connection.close();
  }
}

/*
 * The log is copied into the file every 8192 pages (32 MiB): ids are random, so neighbours in time touch
 * many index pages, and each of them is copied once per checkpoint however often it changed before it.
 */
async function prepareFile(connection: SqliteConnection): Promise<void> {
  const { database } = connection;
  await patiently(() => translating(() => database.exec('PRAGMA journal_mode = WAL')));
  translating(() => database.exec('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8192'));
  await beginImmediate(connection);
  try {
    const id = connection.now('PRAGMA application_id', []).rows[0]?.['application_id'];
    const tables = connection.now("SELECT COUNT(*) AS count FROM sqlite_schema WHERE type = 'table'", []).rows[0]?.['count'];
    if (id !== APPLICATION_ID) {
      if (id !== 0 || tables !== 0) throw new StoreFault('store.not-alternat');
      await connection.script(`PRAGMA application_id = ${APPLICATION_ID}`);
    }
    await migrate(connection, words.ddl);
    connection.now('COMMIT', []);
  } catch (error) {
    if (database.isTransaction) connection.now('ROLLBACK', []);
    throw error;
  }
}

async function beginImmediate(connection: SqliteConnection): Promise<void> {
  await patiently(() => connection.now('BEGIN IMMEDIATE', []));
}

/** Retries while another process holds the write lock, without blocking the event loop. */
async function patiently(attempt: () => void): Promise<void> {
  const deadline = performance.now() + BUSY_DEADLINE_MILLIS;
  for (let wait = 1; ; wait = Math.min(wait * 2, 25)) {
    try {
      return void attempt();
    } catch (error) {
      const busy = error instanceof StoreFault && error.refusal.code === 'store.busy';
      if (!busy || performance.now() > deadline) throw error;
    }
    await pause(wait * (0.5 + Math.random()));
  }
}
