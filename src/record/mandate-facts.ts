/**
 * Who may sign for a party: what acts of mandates established, and how the rules ask for it. Keys and
 * powers begin and end by position in the party's own log, never by clock: a signature made before a
 * revocation stays good. docs/spec/mandate.md.
 *
 * Everything here asks the party's own log only, so absence may be concluded.
 */
import type { Hash, ObjectId, PartyId } from '../kernel/ids.ts';
import type { PlainDate } from '../kernel/time.ts';
import type { Scope } from './act.ts';
import type { KeyAlgorithm } from './signature.ts';
import { factsOf, type Asking, type Fact, type Power } from './rule.ts';

/** By key id. */
export const KEY = 'mandate.key';
/** By key id. */
export const KEY_REVOKED = 'mandate.key-revoked';
/** By officer. */
export const OFFICER_KEY = 'mandate.officer-key';
/** By officer. */
export const MANDATE = 'mandate';
/** By officer. */
export const MANDATE_REVOKED = 'mandate.revoked';
/** By office: who was ever given it. */
export const OFFICE_MANDATE = 'mandate.of-office';
/** By party. */
export const PROFILE = 'party.profile';

/** `node`: kept by the node for the office. `passkey`: the officer's own authenticator. */
export type KeyKind = 'node' | 'passkey';

export interface KeyData {
  readonly officer: ObjectId;
  readonly kind: KeyKind;
  readonly alg: KeyAlgorithm;
  /** Base64: 32 bytes, or 65 for P-256. */
  readonly public: string;
  /** For a passkey: the relying party it was made for. */
  readonly rpId?: string;
  /** Base64url id of the passkey, so that a browser can be asked for it. */
  readonly credential?: string;
}

export interface MandateData {
  readonly office: ObjectId;
  readonly powers: readonly Power[];
  readonly scopes: readonly Scope[];
  readonly clearance: string;
  /** Shown, and the day on which the owner's node writes the revoke; no rule reads it. */
  readonly until?: PlainDate;
}

/** `since`: what the key or officer signed from this index on is shown as disputed; its effect stands. */
export interface RevokedData {
  readonly since?: number;
}

export interface ProfileData {
  readonly endpoints: readonly string[];
  readonly tls: readonly string[];
  readonly cosigners: readonly string[];
  readonly passkeys: { readonly rpIds: readonly string[]; readonly origins: readonly string[] };
  readonly policy: { readonly nodeKeys: boolean };
}

/** The grants of one officer that stand: those after the last revocation of the whole mandate. */
export function standing<T>(grants: readonly Fact<T>[], revocations: readonly Fact<unknown>[]): readonly Fact<T>[] {
  const ended = revocations.reduce((last, fact) => Math.max(last, fact.index), -1);
  return grants.filter((grant) => grant.index > ended);
}

/** The powers that mandates give under a scope. A narrow scope is not opened by `space`. */
export function powersUnder(mandates: readonly Fact<MandateData>[], scope: Scope): ReadonlySet<Power> {
  return new Set(mandates.filter(({ data }) => data.scopes.includes(scope)).flatMap(({ data }) => data.powers));
}

export function* mandatesOf(party: PartyId, officer: ObjectId): Asking<readonly Fact<MandateData>[]> {
  return standing(yield* factsOf<MandateData>(party, MANDATE, officer), yield* factsOf<RevokedData>(party, MANDATE_REVOKED, officer));
}

/** The key, if it was granted and not revoked at this position. A revoked key never comes back. */
export function* activeKey(party: PartyId, key: Hash): Asking<KeyData | undefined> {
  const granted = (yield* factsOf<KeyData>(party, KEY, key))[0];
  if (granted === undefined) return undefined;
  return (yield* factsOf<RevokedData>(party, KEY_REVOKED, key)).length > 0 ? undefined : granted.data;
}

/** Ids of the officer's active keys. */
export function* activeKeysOf(party: PartyId, officer: ObjectId): Asking<readonly Hash[]> {
  const active: Hash[] = [];
  for (const fact of yield* factsOf<{ readonly key: Hash }>(party, OFFICER_KEY, officer)) {
    if ((yield* activeKey(party, fact.data.key)) !== undefined) active.push(fact.data.key);
  }
  return active;
}

/** The party's profiles, oldest first. The last one decides; in it old and new pins and origins stand side by side for as long as both are used. */
export function* profilesOf(party: PartyId): Asking<readonly Fact<ProfileData>[]> {
  return yield* factsOf<ProfileData>(party, PROFILE, party);
}
