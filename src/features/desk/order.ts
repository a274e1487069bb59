/** The order of the desk: by what it costs to leave a row. Pure. */
import { deskBands, type DeskRow } from './views.ts';

/** Bands in their order; within one, what is due first, then what has waited longest (new: the latest first). */
export function ordered(rows: readonly DeskRow[]): DeskRow[] {
  return rows.toSorted((a, b) => band(a) - band(b) || byDue(a, b) || (a.band === 'new' ? compare(b.at, a.at) : compare(a.at, b.at)) || compare(a.id, b.id));
}

function band(row: DeskRow): number {
  return deskBands.indexOf(row.band);
}

function byDue(a: DeskRow, b: DeskRow): number {
  if (a.dueAt === undefined && b.dueAt === undefined) return 0;
  if (a.dueAt === undefined) return 1;
  if (b.dueAt === undefined) return -1;
  return compare(a.dueAt, b.dueAt);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
