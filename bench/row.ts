/** One line of the report, as plain data: it travels from the process of a case to the table and the JSON file. */
export interface Row {
  readonly name: string;
  readonly unit: string;
  /** Median of the rounds, at the size of the case. */
  readonly value: number;
  /** What the hardware allows in the same unit, measured between the rounds; absent where there is no such limit. */
  readonly limit?: number;
  /** Median of value / limit, round by round. */
  readonly ratio?: number;
  readonly ratios?: { readonly min: number; readonly max: number };
  /** Least ratio that the project asks for. */
  readonly aim?: number;
  readonly rounds?: number;
  readonly note?: string;
  /** Larger is better (a rate), so that a case can be compared with the smallest of the same engine. */
  readonly rate?: boolean;
}

export type Engine = 'sqlite' | 'postgres';

/** What one process measures. */
export interface CaseInput {
  readonly engine: Engine;
  readonly size: number;
  readonly folder: string;
  /** Addresses of one empty database per party; for PostgreSQL only. */
  readonly databases?: Readonly<Record<string, string>>;
  /** Measures whose name contains one of these; empty: all. */
  readonly only: readonly string[];
}

export interface CaseOutput {
  readonly engine: Engine;
  readonly size: number;
  readonly rows: readonly Row[];
  /** Load of the machine (1 minute) at the begin and at the end. */
  readonly load: readonly [number, number];
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** A row from rounds of (measured, limit), each pair taken close together so that the machine's load is in both. */
export function ratioRow(row: Pick<Row, 'name' | 'unit' | 'aim' | 'note'>, rounds: readonly (readonly [number, number])[]): Row {
  const ratios = rounds.map(([value, limit]) => value / limit);
  return {
    ...row, rate: true, value: median(rounds.map(([value]) => value)), limit: median(rounds.map(([, limit]) => limit)),
    ratio: median(ratios), ratios: { min: Math.min(...ratios), max: Math.max(...ratios) }, rounds: rounds.length,
  };
}
