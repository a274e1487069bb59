/**
 * Forward-only migrations of truth and local tables: portable SQL files, applied in name order, each
 * once, each in its own transaction with its line in `migration`. The digest is kept, so that a file
 * changed after it was applied is refused instead of leaving two histories under one name.
 * Number ranges: 0001–0099 record and node, 0100–0199 http, 0200– slices.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { StoreFault } from '../../node/store-fault.ts';
import type { Connection } from './connection.ts';

export interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly digest: string;
}

const folder = new URL('./migrations/', import.meta.url);

export function migrations(): readonly Migration[] {
  return readdirSync(folder)
    .filter((file) => /^\d{4}-[a-z0-9-]+\.sql$/.test(file))
    .sort()
    .map((file) => {
      const sql = readFileSync(new URL(file, folder), 'utf8');
      return { name: file.slice(0, -4), sql, digest: createHash('sha256').update(sql).digest('hex') };
    });
}

const TABLE = 'CREATE TABLE IF NOT EXISTS migration (name TEXT NOT NULL PRIMARY KEY, digest TEXT NOT NULL)';

/**
 * Brings the database to the newest schema. The caller holds a lock that keeps other processes out.
 * A database that knows a migration which this program lacks was written by a newer one: refused.
 */
export async function migrate(connection: Connection, ddl: (portable: string) => string): Promise<void> {
  await connection.script(TABLE);
  const { rows } = await connection.run('SELECT name, digest FROM migration ORDER BY name', []);
  const applied = new Map(rows.map((row) => [row['name'] as string, row['digest'] as string]));
  const known = migrations();
  for (const name of applied.keys()) {
    if (!known.some((migration) => migration.name === name)) throw new StoreFault('store.newer-than-program', { migration: name });
  }
  for (const { name, sql, digest } of known) {
    const before = applied.get(name);
    if (before === digest) continue;
    if (before !== undefined) throw new StoreFault('store.migration-changed', { migration: name });
    await connection.script(ddl(sql));
    await connection.run('INSERT INTO migration (name, digest) VALUES (?, ?)', [name, digest]);
  }
}
