/** The rule of `../reading.ts` as SQL: what every query of scoped rows adds to its WHERE. */
import { sql, type RawBuilder } from 'kysely';
import { marksUpTo, type Reader } from '../reading.ts';

/**
 * True for rows that the reader may read. `columns` name the row's scope and mark as written in the
 * query (`text_row.scope`); they are code, never input. Without a mark column the rows carry the
 * widest mark. An empty list of scopes reads nothing: the comparison with an impossible value keeps
 * the SQL portable where `IN ()` is not.
 */
export function readable(reader: Pick<Reader, 'scopes' | 'clearance'>, columns: { readonly scope: string; readonly mark?: string }): RawBuilder<boolean> {
  const scopes = reader.scopes.length === 0 ? [''] : reader.scopes;
  const inScope = sql`${sql.ref(columns.scope)} in (${sql.join(scopes)})`;
  if (columns.mark === undefined) return sql<boolean>`(${inScope})`;
  return sql<boolean>`(${inScope} and ${sql.ref(columns.mark)} in (${sql.join([...marksUpTo(reader.clearance)])}))`;
}
