/**
 * A table that is a table on a wide page and a list of small sheets on a phone: the heading of each
 * column then stands beside its value. Roles are written out because changing `display` drops them.
 */
import type { ReactNode } from 'react';

export interface Column<R> {
  readonly id: string;
  readonly heading: string;
  /** `number` and `digest` are set in tabular figures; `first` heads the row. */
  readonly kind?: 'first' | 'number' | 'digest';
  cell(row: R): ReactNode;
}

interface TableProps<R> {
  readonly caption: string;
  readonly columns: readonly Column<R>[];
  readonly rows: readonly R[];
  rowKey(row: R): string;
  /** Shown in place of the table when there are no rows. */
  readonly empty: ReactNode;
}

export function Table<R>({ caption, columns, rows, rowKey, empty }: TableProps<R>) {
  if (rows.length === 0) return <>{empty}</>;
  return (
    <table className="table" role="table" aria-label={caption}>
      <thead role="rowgroup">
        <tr role="row">{columns.map((column) => <th key={column.id} role="columnheader" scope="col" data-kind={column.kind}>{column.heading}</th>)}</tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={rowKey(row)} role="row">
            {columns.map((column) => <Cell key={column.id} column={column} row={row} />)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell<R>({ column, row }: { column: Column<R>; row: R }) {
  const value = column.cell(row);
  const empty = value === null ? true : undefined;
  const content = <><span className="cell-heading" aria-hidden="true">{column.heading}</span><span className="cell-value">{value}</span></>;
  return column.kind === 'first'
    ? <th role="rowheader" scope="row" data-kind="first">{content}</th>
    : <td role="cell" data-kind={column.kind} data-empty={empty}>{content}</td>;
}
