/**
 * What other slices give the search: for an act, the object it describes and the parts that hold its
 * words. Only acts with effect are asked. The parts must be of class `text`; media decides how they
 * are read (label, content of a text, plain text in `lang`).
 */
import type { Language } from '../../kernel/language.ts';
import type { Hash } from '../../kernel/ids.ts';
import type { PartRef, PlacedAct } from '../../record/act.ts';

export interface Searchable {
  /** Kind of object as in the glossary's English: `text`, `instrument`, `committee`, … */
  readonly kind: string;
  readonly id: string;
  readonly parts: readonly { readonly ref: PartRef; readonly lang?: Language }[];
  /** An earlier act whose words these replace; it must be in this act's cut. */
  readonly replaces?: Hash;
}

export type Extractor = (placed: PlacedAct) => readonly Searchable[];
