/**
 * Store over PostgreSQL: several processes of one node on one database. Every transaction that writes
 * the record locks the one space row (`FOR UPDATE`) before it reads, so READ COMMITTED is enough: each
 * statement after the lock sees whatever the previous holder committed. Reads are REPEATABLE READ
 * snapshots.
 *
 * Durability is the server's `fsync` and `synchronous_commit`; a server that has them off is refused.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import type { Kysely } from 'kysely';
import type { Store, Tx } from '../../node/ports.ts';
import { StoreFault } from '../../node/store-fault.ts';
import type { Tables } from '../../node/tables.ts';
import { kyselyOver } from '../sql/dialect.ts';
import { migrate } from '../sql/migrate.ts';
import { SqlTx, type EngineWords } from '../sql/tx.ts';
import { PostgresConnection, translated, types } from './connection.ts';

export interface PostgresOptions {
  readonly url: string;
  /** One node, one schema; default `alternat`. */
  readonly schema?: string;
  readonly readOnly?: boolean;
  readonly connections?: number;
}

/** Any 64-bit number of our own: keeps two starting processes from migrating at once. */
const MIGRATION_LOCK = '7021800941236847';

const words: EngineWords = {
  lockSpace: 'SELECT state FROM space FOR UPDATE',
  ddl: (portable) => portable.replace(/\bINTEGER\b/g, 'BIGINT').replace(/\bBLOB\b/g, 'BYTEA').replace(/\bREAL\b/g, 'DOUBLE PRECISION'),
};

interface Session {
  readonly connection: PostgresConnection;
  readonly db: Kysely<Tables>;
}

export class PostgresStore implements Store {
  readonly engine = 'postgres';
  readonly #pool: pg.Pool;
  readonly #sessions = new WeakMap<pg.PoolClient, Session>();
  readonly #inside = new AsyncLocalStorage<'read' | 'write'>();
  readonly #readOnly: boolean;
  #closed = false;

  private constructor(pool: pg.Pool, readOnly: boolean) {
    this.#pool = pool;
    this.#readOnly = readOnly;
  }

  /** Connects, and unless read-only creates the schema and brings it up to date. */
  static async open(options: PostgresOptions): Promise<PostgresStore> {
    const schema = options.schema ?? 'alternat';
    const pool = new pg.Pool({
      connectionString: options.url, max: options.connections ?? 8, types, connectionTimeoutMillis: 10_000,
      options: `-c search_path=${schema} -c synchronous_commit=on -c idle_in_transaction_session_timeout=60000 -c lock_timeout=30000`,
    });
    // An idle connection that the server ends is replaced at the next use; without a listener it would end the process.
    pool.on('error', () => undefined);
    const store = new PostgresStore(pool, options.readOnly === true);
    try {
      if (options.readOnly === true) await store.read(async (tx) => void (await tx.heads()));
      else await store.#prepare(schema);
    } catch (error) {
      await pool.end();
      throw error;
    }
    return store;
  }

  async #prepare(schema: string): Promise<void> {
    const client = await this.#connect();
    try {
      const connection = this.#session(client).connection;
      await requireDurable(connection);
      await connection.script('BEGIN');
      await connection.run('SELECT pg_advisory_xact_lock(CAST(? AS BIGINT))', [MIGRATION_LOCK]);
      await connection.script(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
      await migrate(connection, words.ddl);
      await connection.script('COMMIT');
      client.release();
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  async #connect(): Promise<pg.PoolClient> {
    try {
      return await this.#pool.connect();
    } catch (error) {
      throw translated(error);
    }
  }

  #session(client: pg.PoolClient): Session {
    const known = this.#sessions.get(client);
    if (known !== undefined) return known;
    const connection = new PostgresConnection(client, new Map());
    const made = { connection, db: kyselyOver(connection, 'postgres') };
    this.#sessions.set(client, made);
    return made;
  }

  read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#transact('read', 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', work);
  }

  async write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    if (this.#readOnly) throw new StoreFault('store.read-only');
    return this.#transact('write', 'BEGIN ISOLATION LEVEL READ COMMITTED', work);
  }

  async #transact<T>(mode: 'read' | 'write', begin: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    const outer = this.#inside.getStore();
    if (outer !== undefined) throw new Error(`${mode} inside a ${outer} transaction: only its tx may be used there`);
    if (this.#closed) throw new StoreFault('store.closed');
    const client = await this.#connect();
    const session = this.#session(client);
    try {
      await session.connection.script(begin);
      const value = await this.#inside.run(mode, () => work(new SqlTx(session.connection, session.db, words)));
      await session.connection.script('COMMIT');
      client.release();
      return value;
    } catch (error) {
      await this.#abandon(client, session);
      throw error;
    }
  }

  /** A connection that cannot even roll back is thrown away: the server ends its transaction with it. */
  async #abandon(client: pg.PoolClient, session: Session): Promise<void> {
    try {
      await session.connection.script('ROLLBACK');
      client.release();
    } catch {
      client.release(true);
    }
  }

  /** Dead rows are removed; what remains in the server's own log is gone when the server recycles it (docs/operations.md). */
  async scrub(): Promise<void> {
    const client = await this.#connect();
    try {
      await this.#session(client).connection.script('VACUUM');
      await this.#session(client).connection.script('CHECKPOINT').catch(() => undefined);
    } finally {
      client.release();
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#pool.end();
  }
}

async function requireDurable(connection: PostgresConnection): Promise<void> {
  for (const setting of ['fsync', 'full_page_writes']) {
    const { rows } = await connection.run('SELECT current_setting(?) AS value', [setting]);
    if (rows[0]?.['value'] !== 'on') throw new StoreFault('store.not-durable', { setting });
  }
}
