/**
 * What both engines offer to the code they share: one session on one database. SQL text is written
 * once, with `?` for parameters; an engine that wants `$1` rewrites it.
 */
export type Bound = string | number | bigint | null | Uint8Array;
export type Row = Readonly<Record<string, unknown>>;

export interface Outcome {
  readonly rows: readonly Row[];
  /** Rows inserted, updated or deleted. */
  readonly changes: number;
}

export interface Connection {
  /** Runs one statement; its preparation is kept for the next call with the same text. */
  run(sql: string, parameters: readonly unknown[]): Promise<Outcome>;
  /** Runs several statements without parameters (DDL). */
  script(sql: string): Promise<void>;
  /** Inserts rows in as few round trips as the engine can. */
  insertMany(table: string, columns: readonly string[], rows: readonly (readonly Bound[])[]): Promise<void>;
}

/**
 * The value if a database can hold it exactly. Both drivers are lenient (node:sqlite writes `undefined`
 * as NULL and `true` as 1, pg writes a Date in the zone of the process): such a value is a bug here.
 */
export function bindable(value: unknown): Bound {
  if (typeof value === 'string' || value === null || value instanceof Uint8Array) return value;
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  const what = value === undefined ? 'undefined' : Object.prototype.toString.call(value).slice(8, -1);
  throw new TypeError(`a database parameter must be text, number, bytes or null, not ${what}`);
}
