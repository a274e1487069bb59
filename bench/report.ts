/** The table for people and the comparison of sizes. */
import type { CaseOutput, Row } from './row.ts';

/** At the largest size no less than this share of the rate at the smallest. */
const GROWTH_AIM = 0.8;

export interface Growth {
  readonly engine: string;
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Rate (or ratio to the limit, where there is one, since the load differs between cases) at `to` over that at `from`. */
  readonly kept: number;
  readonly aim: number;
}

export function growthOf(cases: readonly CaseOutput[]): readonly Growth[] {
  return [...Map.groupBy(cases, (one) => one.engine)].flatMap(([engine, list]) => {
    const sorted = [...list].sort((a, b) => a.size - b.size);
    const [first, ...larger] = sorted;
    if (first === undefined) return [];
    return larger.flatMap((one) => one.rows.flatMap((row): Growth[] => {
      const small = first.rows.find(({ name }) => name === row.name);
      if (row.rate !== true || small === undefined) return [];
      const kept = row.ratio !== undefined && small.ratio !== undefined ? row.ratio / small.ratio : row.value / small.value;
      return [{ engine, name: row.name, from: first.size, to: one.size, kept, aim: GROWTH_AIM }];
    }));
  });
}

export function tableOf(cases: readonly CaseOutput[]): string {
  const parts = cases.map(({ engine, size, rows, load }) => {
    const head = `${engine}, ${size.toLocaleString('en')} acts (load ${load.map((one) => one.toFixed(1)).join(' → ')})`;
    return `${head}\n${aligned([['measure', 'value', 'unit', 'limit', 'ratio', 'min–max', 'aim'], ...rows.map(cellsOf)])}`;
  });
  const growth = growthOf(cases);
  if (growth.length > 0) {
    const cells = growth.map(({ engine, name, from, to, kept, aim }) => [engine, name, `${from.toLocaleString('en')} → ${to.toLocaleString('en')}`, kept.toFixed(2), verdict(kept, aim)]);
    parts.push(`growth: what is kept of the ratio (or rate) of the smallest size\n${aligned([['engine', 'measure', 'acts', 'kept', 'aim'], ...cells])}`);
  }
  return `${parts.join('\n\n')}\n`;
}

function cellsOf(row: Row): string[] {
  return [
    row.name, figure(row.value), row.unit, row.limit === undefined ? '' : figure(row.limit), row.ratio === undefined ? '' : row.ratio.toFixed(2),
    row.ratios === undefined ? '' : `${row.ratios.min.toFixed(2)}–${row.ratios.max.toFixed(2)}`,
    row.aim === undefined || row.ratio === undefined ? (row.note ?? '') : verdict(row.ratio, row.aim),
  ];
}

function verdict(ratio: number, aim: number): string {
  return `≥ ${aim.toFixed(2)} ${ratio >= aim ? 'reached' : 'NOT reached'}`;
}

function figure(value: number): string {
  if (Number.isNaN(value)) return '–';
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) => `  ${row.map((cell, column) => (column === 1 || column === 3 ? cell.padStart(widths[column] as number) : cell.padEnd(widths[column] as number))).join('  ')}`.trimEnd()).join('\n');
}
