/**
 * Registers: objects that one party enters once, as one act (instruments, bodies, symposia, centres).
 * Each slice says which of its acts is such an entry; one read table holds them all.
 */
import type { ObjectId } from '../../kernel/ids.ts';
import type { PlacedAct } from '../../record/act.ts';

export interface RegisterEntry {
  /** Kind as in the glossary's English, kebab-case: `instrument`, `committee`, `series`, `edition`, `centre`. */
  readonly kind: string;
  readonly id: ObjectId;
}

/** The entry that a valid act makes, if it is one. */
export type Registers = (placed: PlacedAct) => RegisterEntry | undefined;
