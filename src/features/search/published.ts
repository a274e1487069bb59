/**
 * What other slices give the search and ask of it: for an act, the object it describes and the parts that hold its
 * words. Only acts with effect are asked. The parts must be of class `text`; media decides how they
 * are read (label, content of a text, plain text in `lang`).
 */
import type { Language } from '../../kernel/language.ts';
import type { Hash } from '../../kernel/ids.ts';
import type { PartRef, PlacedAct } from '../../record/act.ts';
import { termsOf, wantedOf } from './analysis.ts';

export interface Searchable {
  /** Kind of object as in the glossary's English: `text`, `instrument`, `committee`, … */
  readonly kind: string;
  readonly id: string;
  readonly parts: readonly { readonly ref: PartRef; readonly lang?: Language }[];
  /** An earlier act whose words these replace; it must be in this act's cut. */
  readonly replaces?: Hash;
}

export type Extractor = (placed: PlacedAct) => readonly Searchable[];

/** Whether a label has every word of the query, in one of its languages or another: for short lists, without the index. */
export function matchesWords(query: string, label: { readonly [L in Language]?: string | undefined }): boolean {
  const wanted = wantedOf(query);
  const terms = new Set(Object.entries(label).flatMap(([language, text]) => [...termsOf(text ?? '', language as Language).keys()]));
  return wanted.length > 0 && wanted.every(({ terms: any, beginning }) => any.some((term) => terms.has(term))
    || (beginning !== undefined && [...terms].some((term) => term.startsWith(beginning))));
}
