/**
 * Where the reader stands: on whose node, in which space, in which office. The order of the parties on
 * every screen comes from here (own first, then the charter's order) and from nowhere else; the
 * interface language has no say in it.
 */
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import type { ObjectId, PartyId } from '../../kernel/ids.ts';
import type { Language } from '../../kernel/language.ts';
import type { Power } from '../../record/rule.ts';

/** A label as the contracts answer it: any of the languages. */
export type LabelText = { readonly [L in Language]?: string | undefined };

export interface StandingParty {
  readonly id: PartyId;
  readonly name: LabelText;
  readonly short: LabelText;
  /** ISO 3166 code; zones are shown under the country's name. */
  readonly country: string;
  readonly language: Language;
  readonly zone: string;
}

export interface StandingOfficer {
  readonly id: ObjectId;
  /** The office, never a person. */
  readonly office: LabelText;
  readonly powers: readonly Power[];
  readonly scopes: readonly string[];
  readonly clearance: string;
  /** Id of the session, for the list of sessions. */
  readonly session: string;
  /** Passkeys of the officer on this node. */
  readonly passkeys: number;
  /** Which kinds of key may sign for the officer now. */
  readonly keys: readonly ('passkey' | 'node')[];
}

export interface Standing {
  readonly space: string;
  readonly name: LabelText;
  readonly exercise: boolean;
  /** Whether the node takes writes, and why not. */
  readonly state: 'founding' | 'recovering' | 'unconfirmed' | 'open';
  /** The party whose node this is. */
  readonly party: PartyId;
  /** In the charter's order: the order of the squares of every star. */
  readonly parties: readonly StandingParty[];
  readonly authentic: readonly Language[];
  /** Undefined: nobody is signed in. */
  readonly officer?: StandingOfficer;
}

const StandingContext = createContext<Standing | undefined>(undefined);

export function StandingProvider({ standing, children }: { standing: Standing; children: ReactNode }) {
  return <StandingContext.Provider value={standing}>{children}</StandingContext.Provider>;
}

export function useStanding(): Standing {
  const standing = useContext(StandingContext);
  if (standing === undefined) throw new Error('useStanding outside StandingProvider');
  return standing;
}

/** Own party first, the others in the charter's order: on screens, in columns, in signature strips. */
export function ownFirst<P extends { readonly id: PartyId }>(parties: readonly P[], own: PartyId): readonly P[] {
  return [...parties.filter((party) => party.id === own), ...parties.filter((party) => party.id !== own)];
}

/** Languages in the order of the parties that speak them (own first), then the rest as given. */
export function languagesOwnFirst(given: readonly Language[], parties: readonly StandingParty[], own: PartyId): readonly Language[] {
  const spoken = ownFirst(parties, own).map((party) => party.language).filter((language) => given.includes(language));
  return [...new Set([...spoken, ...given])];
}

export function usePartiesOwnFirst(): readonly StandingParty[] {
  const { parties, party } = useStanding();
  return useMemo(() => ownFirst(parties, party), [parties, party]);
}

export function useParty(id: PartyId): StandingParty | undefined {
  return useStanding().parties.find((party) => party.id === id);
}

/** Which accent a party has: its place in the charter, so that it is the same on every node. */
export function useAccent(id: PartyId): number {
  return Math.max(0, useStanding().parties.findIndex((party) => party.id === id));
}

export function useHasPower(power: Power): boolean {
  return useStanding().officer?.powers.includes(power) ?? false;
}
