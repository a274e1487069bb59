/**
 * The act: a statement by officers of a party, in that party's log. docs/spec/act.md.
 *
 * An act is canonical JSON (RFC 8785 on the strict profile of json.ts). Its id is
 * SHA-256(PAE(ACT_TYPE, bytes)). Acts hold ids, numbers, dates and codes; every free text and file
 * is a *part*, referred to by its commitment. `after` and `seen` are lower bounds fixed when the
 * act was prepared; the cut that rules see is computed by fold.ts, never claimed.
 */
import { z } from 'zod';
import { HASH, OBJECT_ID, PARTY_ID, type Hash, type ObjectId, type PartyId } from '../kernel/ids.ts';
import { INSTANT, type Instant } from '../kernel/time.ts';

/** DSSE payload type of every act. */
export const ACT_TYPE = 'application/vnd.alternat.act.v1+json';
/** Largest act in bytes: with base64 and two passkeys it stays below the 65,535 of a tile entry. */
export const ACT_SIZE_MAX = 47_000;
/** Largest part of class `text`: every mirror must take it in with the leaf. */
export const TEXT_SIZE_MAX = 1_048_576;

export const hash = z.string().regex(HASH);
export const objectId = z.string().regex(OBJECT_ID);
export const partyId = z.string().regex(PARTY_ID);
export const instant = z.string().regex(INSTANT);
/** `space`, or `body:<id>`, `edition:<id>`, `centre:<id>`: who may read (feature officers). */
export const scope = z.string().regex(/^(?:space|(?:body|edition|centre):[a-z][a-z0-9-]{1,30}\.[0-9abcdefghjkmnpqrstvwxyz]{20})$/);
export type Scope = string;

/**
 * A reference to a part. Any object with the member `part` anywhere in a body is one: a node that
 * does not know the act type still finds what it must fetch.
 * class `text`: mirrored with the leaf, never erased once proposed; `file`: fetched when wanted;
 * `personal`: erasable, never projected in clear.
 */
export const partRef = z.strictObject({
  part: hash,
  class: z.enum(['text', 'file', 'personal']),
  media: z.string().regex(/^[a-z]+\/[a-z0-9.+-]+$/).max(100),
  size: z.int().min(0).max(1_073_741_824),
  /** Parties that may hold it; absent: every party of the space. */
  audience: z.array(partyId).min(1).max(16).optional(),
});
export type PartRef = z.infer<typeof partRef>;

/** What is common to all acts; `body` is parsed again by the definition of (type, v). */
export const actShape = z.strictObject({
  v: z.int().min(1).max(999),
  space: hash,
  party: partyId,
  type: z.string().regex(/^[a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*$/).max(60),
  /** Ids of the officers who sign, sorted, unique; empty: signed by the party root. */
  officers: z.array(objectId).max(8),
  /** Claimed time; shown, never used by a rule. */
  at: instant,
  scope,
  /** Per peer the size and root of its log as this node had decided it. */
  seen: z.record(partyId, z.strictObject({ size: z.int().min(0), root: hash })),
  /** Size of the own log when the act was prepared: its index is at least this. */
  after: z.int().min(0),
  body: z.record(z.string(), z.json()),
});

export interface Act<B = Record<string, unknown>> {
  readonly v: number;
  readonly space: Hash;
  readonly party: PartyId;
  readonly type: string;
  readonly officers: readonly ObjectId[];
  readonly at: Instant;
  readonly scope: Scope;
  readonly seen: Readonly<Record<PartyId, { readonly size: number; readonly root: Hash }>>;
  readonly after: number;
  readonly body: B;
}

/** An act with its place: party and index are the only order there is. */
export interface PlacedAct<B = Record<string, unknown>> {
  readonly id: Hash;
  readonly index: number;
  readonly act: Act<B>;
  /** Key ids of the signatures of the envelope, sorted as they stand. */
  readonly keys: readonly Hash[];
}

/** Every part reference in a body, in document order. */
export function partsOf(body: unknown): PartRef[] {
  const found: PartRef[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) return void value.forEach(walk);
    if (typeof value !== 'object' || value === null) return;
    const parsed = 'part' in value ? partRef.safeParse(value) : undefined;
    if (parsed?.success) found.push(parsed.data);
    else Object.values(value).forEach(walk);
  };
  walk(body);
  return found;
}
