import type { Bytes } from './bytes.ts';

/**
 * Ids are node-scoped and random: `<party>.<20 characters>` (100 random bits, Crockford base32,
 * lower case). Nothing is derived from names or e-mail, nothing counts. Ids of acts, spaces, keys
 * and parts are SHA-256 in lower-case hex.
 */
export type PartyId = string;
export type ObjectId = string;
export type Hash = string;

export const PARTY_ID = /^[a-z][a-z0-9-]{1,30}$/;
export const OBJECT_ID = /^[a-z][a-z0-9-]{1,30}\.[0-9abcdefghjkmnpqrstvwxyz]{20}$/;
export const HASH = /^[0-9a-f]{64}$/;

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** An object id of `party` from 13 or more random bytes. */
export function objectId(party: PartyId, random: Uint8Array): ObjectId {
  let bits = 0n;
  for (let i = 0; i < 13; i++) bits = (bits << 8n) | BigInt(random[i] as number);
  let text = '';
  for (let i = 0; i < 20; i++) {
    text += ALPHABET[Number(bits & 31n)];
    bits >>= 5n;
  }
  return `${party}.${text}`;
}

/** The party whose node made the id. */
export function partyOf(id: ObjectId): PartyId {
  return id.slice(0, id.indexOf('.'));
}

/** A reference to a revision of an object of another slice: pinned, never silently followed. */
export interface Ref {
  readonly kind: string;
  readonly id: string;
  readonly revision?: Hash;
}

export type Random = (size: number) => Bytes;
