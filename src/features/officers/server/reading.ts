/** The rule of `../reading.ts` as SQL: what every query of scoped rows adds to its WHERE. */
import { sql, type RawBuilder } from 'kysely';
import { scopesByMark, type Reader } from '../reading.ts';

/**
 * True for rows that the reader may read. `columns` name the row's scope and mark as written in the
 * query (`text_row.scope`); they are code, never input. Rows without a mark column carry the widest
 * mark. Nothing granted reads nothing.
 */
export function readable(reader: Pick<Reader, 'reach'>, columns: { readonly scope: string; readonly mark?: string }): RawBuilder<boolean> {
  const groups = scopesByMark(reader).filter(({ scopes }) => scopes.length > 0);
  const within = (scopes: readonly string[]): RawBuilder<unknown> => sql`${sql.ref(columns.scope)} in (${sql.join([...scopes])})`;
  const widest = groups[0];
  if (widest === undefined) return sql<boolean>`(1 = 0)`;
  if (columns.mark === undefined) return sql<boolean>`(${within(widest.scopes)})`;
  const mark = sql.ref(columns.mark);
  return sql<boolean>`(${sql.join(groups.map((group) => sql`(${mark} = ${group.mark} and ${within(group.scopes)})`), sql` or `)})`;
}
