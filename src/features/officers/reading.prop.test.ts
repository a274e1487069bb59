import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, DummyDriver, Kysely, sql } from 'kysely';
import { expect, test } from 'vitest';
import { marks as marksOfTheRecord } from '../../record/mandate.ts';
import { powers } from '../../record/rule.ts';
import { holds, marks, mayRead, readerOf, type Reach } from './reading.ts';
import { readable } from './server/reading.ts';

const compiler = new Kysely<never>({
  dialect: { createDriver: () => new DummyDriver(), createAdapter: () => new SqliteAdapter(), createQueryCompiler: () => new SqliteQueryCompiler(), createIntrospector: (db) => new SqliteIntrospector(db) },
});
const scopes = ['space', 'body:ma.00000000000000000001', 'body:ma.00000000000000000002', 'centre:es.00000000000000000001'];
const rows = [...scopes, 'body:ma.unknown'].flatMap((scope) => [...marks, 'SECRET', ''].map((mark) => ({ scope, mark })));

const reach = fc.array(fc.record<Reach>({
  scopes: fc.uniqueArray(fc.constantFrom(...scopes), { minLength: 1 }),
  powers: fc.uniqueArray(fc.constantFrom(...powers), { minLength: 1 }),
  clearance: fc.constantFrom(...marks),
}), { maxLength: 4 });

const database = new DatabaseSync(':memory:');
database.exec('create table item (scope text not null, mark text not null)');
for (const row of rows) database.prepare('insert into item values (?, ?)').run(row.scope, row.mark);

function select(condition: ReturnType<typeof readable>): unknown[] {
  const query = sql`select scope, mark from item where ${condition} order by rowid`.compile(compiler);
  return database.prepare(query.sql).all(...(query.parameters as string[])).map((row) => ({ ...row }));
}

test('the rule and its SQL form read the same rows', () => {
  fc.assert(fc.property(reach, (given) => {
    const reader = readerOf('ma', 'ma.0000000000000000000a', given);
    expect(select(readable(reader, { scope: 'item.scope', mark: 'item.mark' }))).toEqual(rows.filter((row) => mayRead(reader, row.scope, row.mark)));
    expect(select(readable(reader, { scope: 'item.scope' }))).toEqual(rows.filter((row) => mayRead(reader, row.scope, 'CLEAR')));
  }));
});

test('the marks are those of the record', () => {
  expect(marks).toEqual(marksOfTheRecord);
});

test('nothing granted reads nothing, and an unknown mark is read by nobody', () => {
  const nobody = readerOf('ma', 'ma.0000000000000000000a', []);
  expect(rows.filter((row) => mayRead(nobody, row.scope, row.mark))).toEqual([]);
  fc.assert(fc.property(reach, (given) => {
    const reader = readerOf('ma', 'ma.0000000000000000000a', given);
    expect(rows.filter((row) => !marks.some((mark) => mark === row.mark)).filter((row) => mayRead(reader, row.scope, row.mark))).toEqual([]);
  }));
});

test('neither a wide scope nor the clearance or power of another mandate opens a narrow one', () => {
  const reader = readerOf('ma', 'ma.0000000000000000000a', [
    { scopes: ['space'], powers: ['administer', 'audit'], clearance: 'RED' },
    { scopes: ['body:ma.00000000000000000001'], powers: ['draft'], clearance: 'GREEN' },
  ]);
  expect(mayRead(reader, 'body:ma.00000000000000000001', 'GREEN')).toBe(true);
  expect(mayRead(reader, 'body:ma.00000000000000000001', 'AMBER')).toBe(false);
  expect(mayRead(reader, 'body:ma.00000000000000000002', 'CLEAR')).toBe(false);
  expect(holds(reader, 'draft', 'body:ma.00000000000000000001')).toBe(true);
  expect(holds(reader, 'administer', 'body:ma.00000000000000000001')).toBe(false);
});
