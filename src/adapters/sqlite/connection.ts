/**
 * One node:sqlite connection. Its calls block, so nothing here waits for a lock inside SQLite: a busy
 * database is an error that the store retries between turns of the event loop.
 */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { StoreFault } from '../../node/store-fault.ts';
import { bindable, type Bound, type Connection, type Outcome, type Row } from '../sql/connection.ts';

const STATEMENTS_MAX = 400;

export class SqliteConnection implements Connection {
  readonly database: DatabaseSync;
  readonly #statements = new Map<string, { statement: StatementSync; reads: boolean }>();
  constructor(path: string, options: { readonly readOnly: boolean }) {
    this.database = translating(() => new DatabaseSync(path, { readOnly: options.readOnly, timeout: 0, allowExtension: false }));
  }

  #prepared(sql: string): { statement: StatementSync; reads: boolean } {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.database.prepare(sql);
    const made = { statement, reads: statement.columns().length > 0 };
    if (this.#statements.size >= STATEMENTS_MAX) this.#statements.delete(this.#statements.keys().next().value as string);
    this.#statements.set(sql, made);
    return made;
  }

  now(sql: string, parameters: readonly unknown[]): Outcome {
    return translating(() => {
      const { statement, reads } = this.#prepared(sql);
      const bound = parameters.map(bindable) as SQLInputValue[];
      if (reads) {
        const rows = statement.all(...bound) as Row[];
        return { rows, changes: rows.length };
      }
      return { rows: [], changes: Number(statement.run(...bound).changes) };
    });
  }

  async run(sql: string, parameters: readonly unknown[]): Promise<Outcome> {
    return this.now(sql, parameters);
  }

  async script(sql: string): Promise<void> {
    translating(() => this.database.exec(sql));
  }

  async insertMany(table: string, columns: readonly string[], rows: readonly (readonly Bound[])[]): Promise<void> {
    if (rows.length === 0) return;
    const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
    for (const row of rows) this.now(sql, row);
  }

  close(): void {
    this.#statements.clear();
    if (this.database.isOpen) this.database.close();
  }
}

/** SQLite's primary result codes that are not bugs of ours (https://www.sqlite.org/rescode.html). */
const FAULTS: ReadonlyMap<number, string> = new Map([
  [5, 'store.busy'], [6, 'store.busy'], [8, 'store.read-only'], [10, 'store.disk-failed'], [11, 'store.corrupt'],
  [13, 'store.disk-full'], [14, 'store.cannot-open'], [26, 'store.corrupt'],
]);

export function translating<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const errcode = (error as { errcode?: unknown }).errcode;
    const code = typeof errcode === 'number' ? FAULTS.get(errcode & 0xff) : undefined;
    if (code === undefined) throw error;
    throw new StoreFault(code, undefined, { cause: error });
  }
}
