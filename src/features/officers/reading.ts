/**
 * Who may read what: one pure rule, `mayRead`, and the same rule as SQL, `readable`, which every
 * list, count, facet, suggestion, export and live event applies inside its query. Deny by default:
 * a scope that was not granted and a mark that is not known are both unreadable. A narrow scope is
 * not opened by `space`, nor by any power.
 *
 * Marks bind the people of this node only: a peer's node holds what was sent to it.
 */
import type { ObjectId, PartyId } from '../../kernel/ids.ts';
import type { Scope } from '../../record/act.ts';
import type { Power } from '../../record/rule.ts';

/** TLP 2.0, from the widest circle to the narrowest. */
export const marks = ['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'] as const;
export type Mark = (typeof marks)[number];

/** An officer with a session, as the facts of their mandates show them now. */
export interface Reader {
  readonly party: PartyId;
  readonly officer: ObjectId;
  readonly powers: readonly Power[];
  /** Scopes that the officer's mandates open, sorted, unique. */
  readonly scopes: readonly Scope[];
  /** The narrowest mark the officer may read; every wider one is included. */
  readonly clearance: Mark;
}

/** The marks up to and including `clearance`. */
export function marksUpTo(clearance: Mark): readonly Mark[] {
  return marks.slice(0, marks.indexOf(clearance) + 1);
}

/** True when the reader holds the scope and the mark does not exceed the clearance. */
export function mayRead(reader: Pick<Reader, 'scopes' | 'clearance'>, scope: string, mark: string): boolean {
  return reader.scopes.includes(scope) && marksUpTo(reader.clearance).some((known) => known === mark);
}
