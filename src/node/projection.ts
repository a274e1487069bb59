/**
 * Read tables. A projection turns decided acts into rows; the rows can always be dropped and replayed
 * (`alternat rebuild`), so changing a table means raising `version`, never a migration.
 *
 * *Inline*: applied in the transaction that decides the act (bounded work per act).
 * *Following*: has its own cursor and lags; for search, statistics, PDF, notices.
 */
import type { Bytes } from '../kernel/bytes.ts';
import type { Refusal } from '../kernel/result.ts';
import type { PartRef, PlacedAct } from '../record/act.ts';
import type { Tx } from './ports.ts';

/** An act with its verdict. Acts without effect are projected too: screens show them with the reason. */
export interface Decided {
  readonly placed: PlacedAct;
  readonly verdict: 'valid' | Refusal;
  /** The plaintext of a `text` part held here; undefined when erased or withheld. Never call it for `personal`. */
  openText(ref: PartRef): Promise<Bytes | undefined>;
}

export interface Projection {
  readonly name: string;
  readonly version: number;
  readonly mode: 'inline' | 'following';
  /** Portable DDL (SQLite and PostgreSQL): CREATE TABLE/INDEX statements; all names start with `<name>_`. */
  readonly tables: readonly { readonly name: string; readonly sql: readonly string[] }[];
  /** Per log in index order; logs interleave in any causal order: the rows must not depend on which (I2). */
  apply(tx: Tx, entry: Decided): Promise<void>;
}
