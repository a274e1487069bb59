/** Siblings side by side: one row per clause id, in an order every version can be read along. */
import type { Language } from '../../../kernel/language.ts';
import type { Clause } from '../content.ts';

export interface AlignedVersion {
  readonly lang: Language;
  readonly clauses: readonly Clause[];
}

export interface Row {
  readonly id: string;
  /** The clause per language; a language without an entry is a hole. */
  readonly cells: ReadonlyMap<Language, Clause>;
  /** Languages in which this clause stands elsewhere in the order than in the first version. */
  readonly displaced: readonly Language[];
}

/**
 * Rows of all versions. The first version's order leads; a clause that only later versions have comes
 * after the clause it follows there. O(rows × versions).
 */
export function align(versions: readonly AlignedVersion[]): Row[] {
  const order: string[] = [];
  for (const version of versions) {
    let at = 0;
    for (const clause of version.clauses) {
      const known = order.indexOf(clause.id);
      if (known === -1) order.splice(at++, 0, clause.id);
      else at = known + 1;
    }
  }
  const position = new Map(order.map((id, at) => [id, at]));
  const moved = new Map(versions.map((version) => [version.lang, displacedIn(version.clauses.map((clause) => position.get(clause.id) ?? 0), order)]));
  const cells = new Map(versions.map((version) => [version.lang, new Map(version.clauses.map((clause) => [clause.id, clause]))]));
  return order.map((id) => ({
    id,
    cells: new Map(versions.flatMap((version) => {
      const clause = cells.get(version.lang)?.get(id);
      return clause === undefined ? [] : [[version.lang, clause] as const];
    })),
    displaced: versions.filter((version) => moved.get(version.lang)?.has(id)).map((version) => version.lang),
  }));
}

/** Ids outside the longest increasing run of `positions`: the fewest clauses that must have moved. */
function displacedIn(positions: readonly number[], order: readonly string[]): ReadonlySet<string> {
  const length: number[] = [];
  const before: number[] = [];
  positions.forEach((value, at) => {
    length[at] = 1;
    before[at] = -1;
    for (let i = 0; i < at; i++) {
      if ((positions[i] as number) < value && (length[i] as number) + 1 > (length[at] as number)) {
        length[at] = (length[i] as number) + 1;
        before[at] = i;
      }
    }
  });
  const kept = new Set<number>();
  for (let at = length.indexOf(Math.max(0, ...length)); at >= 0; at = before[at] as number) kept.add(positions[at] as number);
  return new Set(positions.filter((value) => !kept.has(value)).map((value) => order[value] as string));
}

/** Languages of `wanted` that lack the clause; an empty clause counts as lacking, it says nothing to sign. */
export function holesOf(row: Row, wanted: readonly Language[]): Language[] {
  return wanted.filter((lang) => {
    const clause = row.cells.get(lang);
    return clause === undefined || (clause.text.trim() === '' && clause.heading === undefined);
  });
}

/**
 * The numbers to print between the columns, in column order, each once. Versions that number alike
 * give one number; `1` beside `أ` gives both.
 */
export function numbersOf(row: Row, order: readonly Language[]): { readonly lang: Language; readonly number: string }[] {
  const found: { lang: Language; number: string }[] = [];
  for (const lang of order) {
    const number = row.cells.get(lang)?.number;
    if (number !== undefined && !found.some((other) => other.number === number)) found.push({ lang, number });
  }
  return found;
}
