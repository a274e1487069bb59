/**
 * Who may read what: one pure rule, `mayRead`, and the same rule as SQL, `readable`
 * (server/reading.ts), which every list, count, facet, suggestion, export and live event applies inside
 * its query. Deny by default: a scope that was not granted and a mark that is not known are both
 * unreadable. A narrow scope is opened neither by `space` nor by any power, and the clearance of one
 * mandate says nothing under the scopes of another.
 *
 * Marks bind the people of this node only: a peer's node holds what was sent to it.
 */
import type { ObjectId, PartyId } from '../../kernel/ids.ts';
import type { Scope } from '../../record/act.ts';
import type { Power } from '../../record/rule.ts';

/** TLP 2.0, from the widest circle to the narrowest: those of record/mandate.ts, which the browser need not load for a list of words. */
export const marks = ['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'] as const;
export type Mark = (typeof marks)[number];

/** What one standing mandate opens. */
export interface Reach {
  readonly scopes: readonly Scope[];
  readonly powers: readonly Power[];
  /** The narrowest mark that may be read under these scopes; every wider one is included. */
  readonly clearance: Mark;
}

/** An officer with a session, as the facts of their mandates show them now. */
export interface Reader {
  readonly party: PartyId;
  readonly officer: ObjectId;
  readonly reach: readonly Reach[];
  /** Every power of the reach, sorted, unique: for what has no scope. */
  readonly powers: readonly Power[];
  /** Every scope of the reach, sorted, unique. */
  readonly scopes: readonly Scope[];
}

export function readerOf(party: PartyId, officer: ObjectId, reach: readonly Reach[]): Reader {
  return {
    party, officer, reach,
    powers: [...new Set(reach.flatMap((one) => one.powers))].sort(),
    scopes: [...new Set(reach.flatMap((one) => one.scopes))].sort(),
  };
}

/** The marks up to and including `clearance`. */
export function marksUpTo(clearance: Mark): readonly Mark[] {
  return marks.slice(0, marks.indexOf(clearance) + 1);
}

/** True when a mandate of the reader opens the scope up to the mark. Rows without a mark carry `CLEAR`. */
export function mayRead(reader: Pick<Reader, 'reach'>, scope: string, mark: string): boolean {
  return reader.reach.some((one) => one.scopes.includes(scope) && marksUpTo(one.clearance).some((known) => known === mark));
}

/** True when a mandate of the reader gives the power under the scope. */
export function holds(reader: Pick<Reader, 'reach'>, power: Power, scope: string): boolean {
  return reader.reach.some((one) => one.scopes.includes(scope) && one.powers.includes(power));
}

/** The scopes by the marks that may be read under them: what a query needs, smallest first. */
export function scopesByMark(reader: Pick<Reader, 'reach'>): readonly { readonly mark: Mark; readonly scopes: readonly Scope[] }[] {
  return marks.map((mark) => ({
    mark,
    scopes: [...new Set(reader.reach.filter((one) => marksUpTo(one.clearance).includes(mark)).flatMap((one) => one.scopes))].sort(),
  }));
}
