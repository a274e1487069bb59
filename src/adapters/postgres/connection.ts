/** One pg client as a `Connection`: numbered parameters, named prepared statements, plain JavaScript values. */
import { createHash } from 'node:crypto';
import pg, { type ClientBase, type QueryResult } from 'pg';
import { StoreFault } from '../../node/store-fault.ts';
import { bindable, type Bound, type Connection, type Outcome, type Row } from '../sql/connection.ts';

const { builtins } = pg.types;

/** int8 and numeric as numbers (counts and sums stay below 2^53), bytea as a plain Uint8Array; the rest as pg has it. */
const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  [builtins.INT8]: safeNumber,
  [builtins.NUMERIC]: safeNumber,
  [builtins.BYTEA]: (text) => Uint8Array.fromHex(text.slice(2)),
};

export const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => (format !== 'binary' && parsers[oid]) || pg.types.getTypeParser(oid, format as 'text'),
};

function safeNumber(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw new RangeError('a number of the database is beyond 2^53');
  return value;
}

/** PostgreSQL allows 65,535 parameters in a statement. */
const PARAMETERS_MAX = 60_000;

export class PostgresConnection implements Connection {
  readonly client: ClientBase;
  readonly #names: Map<string, string>;
  constructor(client: ClientBase, names: Map<string, string>) {
    this.client = client;
    this.#names = names;
  }

  async run(sql: string, parameters: readonly unknown[]): Promise<Outcome> {
    const text = numbered(sql);
    const result = await this.#query(() => this.client.query({ name: this.#nameOf(text), text, values: parameters.map(bindable) }));
    return { rows: result.rows as Row[], changes: result.rowCount ?? 0 };
  }

  async script(sql: string): Promise<void> {
    await this.#query(() => this.client.query(sql));
  }

  async insertMany(table: string, columns: readonly string[], rows: readonly (readonly Bound[])[]): Promise<void> {
    const perStatement = Math.floor(PARAMETERS_MAX / columns.length);
    for (let from = 0; from < rows.length; from += perStatement) {
      const batch = rows.slice(from, from + perStatement);
      const one = `(${columns.map(() => '?').join(', ')})`;
      await this.run(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ${batch.map(() => one).join(', ')}`, batch.flat());
    }
  }

  /** Statements are prepared once per connection under a name of their own text. */
  #nameOf(text: string): string {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    const name = createHash('sha256').update(text).digest('base64url').slice(0, 40);
    this.#names.set(text, name);
    return name;
  }

  async #query(ask: () => Promise<QueryResult>): Promise<QueryResult> {
    try {
      return await ask();
    } catch (error) {
      throw translated(error);
    }
  }
}

/** `?` to `$1`, `$2`, …; statements of this project hold no `?` in a literal. Kysely numbers its own. */
function numbered(sql: string): string {
  let n = 0;
  return sql.replace(/\?/g, () => `$${++n}`);
}

/** SQLSTATE classes that are not bugs of ours (PostgreSQL, appendix A). */
const FAULTS: readonly (readonly [RegExp, string])[] = [
  [/^53100/, 'store.disk-full'],
  [/^(53|57P0|08)/, 'store.unreachable'],
  [/^(28|3D)/, 'store.cannot-open'],
  [/^25006/, 'store.read-only'],
  [/^(XX001|XX002)/, 'store.corrupt'],
  [/^(55P03|40P01|57014)/, 'store.busy'],
];

export function translated(error: unknown): unknown {
  const code = (error as { code?: unknown }).code;
  if (typeof code !== 'string') {
    // pg reports a connection that ended under a query without any code.
    return error instanceof Error && error.message.startsWith('Connection terminated') ? new StoreFault('store.unreachable', undefined, { cause: error }) : error;
  }
  if (/^E[A-Z]+$/.test(code)) return new StoreFault('store.unreachable', undefined, { cause: error });
  const fault = FAULTS.find(([pattern]) => pattern.test(code));
  return fault === undefined ? error : new StoreFault(fault[1], undefined, { cause: error });
}
