/** The schema that the migrations make, as files that people read and a diff shows: schema.sqlite.sql, schema.postgres.sql. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { expect, test } from 'vitest';
import { testDatabase } from './postgres/embedded.testkit.ts';
import { PostgresStore } from './postgres/store.ts';
import { migrations } from './sql/migrate.ts';
import { SqliteStore } from './sqlite/store.ts';

/** `ALTERNAT_GOLDEN=write` rewrites the files; a person looks at the difference before it is committed. */
function golden(name: string, schema: string): void {
  const path = join(import.meta.dirname, 'sql', name);
  if (process.env['ALTERNAT_GOLDEN'] === 'write') writeFileSync(path, schema);
  expect(schema).toBe(readFileSync(path, 'utf8'));
}

test('SQLite has the golden schema', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'alternat-schema-'));
  const path = join(folder, 'record.db');
  await (await SqliteStore.open({ path })).close();
  const db = new DatabaseSync(path);
  const rows = db.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY tbl_name, type DESC, name").all();
  db.close();
  rmSync(folder, { recursive: true });
  golden('schema.sqlite.sql', rows.map((row) => `${String(row['sql'])};\n`).join('\n'));
});

const database = await testDatabase();
test.skipIf('skipped' in database)(`PostgreSQL has the golden schema${'skipped' in database ? ` (${database.skipped})` : ''}`, async () => {
  const url = 'url' in database ? database.url : '';
  await (await PostgresStore.open({ url })).close();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const columns = await client.query<{ line: string }>(`
    SELECT format('%s.%s %s%s', table_name, column_name, data_type, CASE is_nullable WHEN 'NO' THEN ' NOT NULL' ELSE '' END) AS line
    FROM information_schema.columns WHERE table_schema = 'alternat' ORDER BY table_name, ordinal_position`);
  const indexes = await client.query<{ line: string }>("SELECT indexdef AS line FROM pg_indexes WHERE schemaname = 'alternat' ORDER BY tablename, indexname");
  await client.end();
  golden('schema.postgres.sql', `${[...columns.rows, ...indexes.rows].map((row) => row.line).join('\n')}\n`);
});

test('migrations are numbered once each, in portable words', () => {
  const all = migrations();
  expect(new Set(all.map(({ name }) => name.slice(0, 4))).size).toBe(all.length);
  for (const { name, sql } of all) expect([name, sql.replace(/--.*$/gm, '').match(/\b(?:BIGINT|BYTEA|JSONB?|SERIAL|AUTOINCREMENT|WITHOUT ROWID|VARCHAR)\b/i)?.[0]]).toEqual([name, undefined]);
});
