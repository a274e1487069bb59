/**
 * Local tables: national drafts, accounts, sessions, folders. Never replicated, backed up by the party
 * alone. Forward-only: a change is a further migration, never an edited one. Content in them is sealed
 * (`seal` of the key store), because a database file or its backup may leave the machine.
 */
import { sql } from 'kysely';
import type { Store } from './ports.ts';

/** The local tables of one area. Names of tables start with `local_<name>`. */
export interface LocalTables {
  readonly name: string;
  /** Migration n (from 1) is `migrations[n - 1]`: portable statements; the type `BYTES` is BLOB or BYTEA. */
  readonly migrations: readonly (readonly string[])[];
}

/**
 * Brings the local tables of every area to their newest form, in one transaction; what was done is in
 * `meta` under `local:<name>`. Throws when a newer release has been here, because going back would
 * read its rows wrongly.
 */
export async function migrateLocal(store: Store, areas: readonly LocalTables[]): Promise<void> {
  const bytes = store.engine === 'sqlite' ? 'BLOB' : 'BYTEA';
  await store.write(async (tx) => {
    // The lock keeps a second process that starts at the same moment from running the same migration.
    await tx.lockSpace();
    for (const area of areas) {
      const key = `local:${area.name}`;
      const row = await tx.db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst();
      const done = row === undefined ? 0 : Number(row.value);
      if (done > area.migrations.length) throw new Error(`local tables ${area.name} are at ${done}, this release knows ${area.migrations.length}`);
      if (done === area.migrations.length) continue;
      for (const statement of area.migrations.slice(done).flat()) {
        await sql.raw(statement.replaceAll(/\bBYTES\b/g, bytes)).execute(tx.db);
      }
      const value = String(area.migrations.length);
      if (row === undefined) await tx.db.insertInto('meta').values({ key, value }).execute();
      else await tx.db.updateTable('meta').set({ value }).where('key', '=', key).execute();
    }
  });
}
