/**
 * The alternat on the screen: the party's own language first, whatever language the labels are in.
 * Nothing here knows the interface language, so switching it cannot move a column.
 */
import { directionOf, languages as known, type Language } from '../../../kernel/language.ts';
import type { PartyId } from '../../../kernel/ids.ts';
import { languagesOwnFirst, type StandingParty } from '../../../web/kit/standing.tsx';

export interface LanguageEntry {
  readonly lang: Language;
  readonly authority: 'authentic' | 'working';
}

export interface Columns {
  /** Authentic languages: the own party's first, then those of the others in the charter's order. */
  readonly authentic: readonly Language[];
  readonly working: readonly Language[];
  /** Direction in which the columns run: the own party's, so that its column begins where its readers begin. */
  readonly direction: 'rtl' | 'ltr';
}

/** Columns of a text in the copy of `own`. A language no party calls its own follows those that have one. */
export function columnsFor(entries: readonly LanguageEntry[], parties: readonly StandingParty[], own: PartyId): Columns {
  const of = (authority: LanguageEntry['authority']): readonly Language[] =>
    languagesOwnFirst(known.filter((lang) => entries.some((entry) => entry.lang === lang && entry.authority === authority)), parties, own);
  const authentic = of('authentic');
  const leading = parties.find((party) => party.id === own)?.language ?? authentic[0] ?? 'en';
  return { authentic, working: of('working'), direction: directionOf(leading) };
}
