/**
 * Rules: values in, a verdict out. A rule is a generator that *asks* for facts by (kind, key) and is
 * handed those inside the act's cut; so the same rule runs over SQLite, PostgreSQL and in the offline
 * page, without I/O of its own.
 *
 * What a rule may ask (architecture §3): the presence of a fact in the act's cut; the absence of one
 * only among the act's own party's facts (`own`), because what another party has not said *yet* is
 * unknown for ever. A rule that needs more is the wrong rule: make it a stance, a slot or a flag.
 * Rules read no clock, no locale, no zone, no normalisation.
 */
import type { z } from 'zod';
import type { Bytes } from '../kernel/bytes.ts';
import type { Hash, ObjectId, PartyId } from '../kernel/ids.ts';
import type { Refusal } from '../kernel/result.ts';
import type { Charter } from './charter.ts';
import type { PlacedAct } from './act.ts';
import type { SignatureCheck } from './signing.ts';

/** Something a valid act established, with its position. `data` is JSON, small, never a free text. */
export interface Fact<D = unknown> {
  readonly kind: string;
  readonly key: string;
  readonly party: PartyId;
  readonly index: number;
  readonly act: Hash;
  readonly data: D;
}

export interface NewFact {
  readonly kind: string;
  readonly key: string;
  readonly data: unknown;
}

export interface Ask {
  readonly kind: string;
  readonly key: string;
}

/** Answer to an `Ask`: all facts of (kind, key) in the cut, ordered by party then index. */
export type Asking<T> = Generator<Ask, T, readonly Fact[]>;

export type Verdict =
  | { readonly ok: true; readonly facts: readonly NewFact[] }
  | { readonly ok: false; readonly refusal: Refusal };

export interface RuleContext {
  /** The charter in force in the act's cut, and the id of the act that proposed it (`genesis` for the first). */
  readonly charter: Charter;
  readonly charterId: CharterId;
  /** The first charter; with `charterById` (stances.ts) every charter of the chain can be asked for. */
  readonly genesis: Charter;
  /** SHA-256, for ids of keys and marks. */
  readonly sha256: (bytes: Uint8Array) => Bytes;
}

/** Id of the act that proposed a charter, or `genesis` for the first. */
export type CharterId = Hash | 'genesis';

export type Rule<B> = (placed: PlacedAct<B>, context: RuleContext) => Asking<Verdict>;

export const powers = ['draft', 'sign', 'report', 'centre', 'audit', 'administer', 'service'] as const;
export type Power = (typeof powers)[number];

/**
 * Who must have signed an act. `root`: the party root alone. `root-or-administer`: the root, or an
 * officer with power administer. `own-key-or-administer`: root, administer, or an active key of the very
 * officer that the body's `officer` names. `power`: every officer holds it under the act's scope; one
 * suffices, or the charter's quorum of the party when `quorum` is true. `any`: one of these powers.
 */
export type Signers =
  | 'root'
  | 'root-or-administer'
  | 'own-key-or-administer'
  | { readonly power: Power; readonly quorum?: boolean }
  | { readonly any: readonly Power[]; readonly root?: boolean; readonly self?: boolean };

/** One act type and version: frozen once published (tools/check-acts-frozen.ts). */
export interface ActDefinition<B = never> {
  readonly type: string;
  readonly v: number;
  readonly body: z.ZodType<B>;
  readonly signers: Signers;
  /** First rules version of a charter under which the type has effect. */
  readonly since: number;
  /** Objects that the body creates: their ids must be made by the act's own party. */
  readonly creates?: (body: B) => readonly ObjectId[];
  /** Signatures inside the body (proof of possession, notes): verified with those of the envelope, before the rule. */
  readonly proofs?: (placed: PlacedAct<B>, context: RuleContext) => Asking<readonly SignatureCheck[]>;
  /** The charter whose quorum counts, where it is not the one in force in the cut (stances). */
  readonly quorumOf?: (placed: PlacedAct<B>) => Asking<CharterId | undefined>;
  readonly rule: Rule<B>;
}

/** A definition as the registry holds it: of any body. */
export type RegisteredAct = Omit<ActDefinition<never>, 'body'> & { readonly body: z.ZodType };

/** Asks for facts; typed by the caller, who owns the kind. */
export function* facts<D>(kind: string, key: string): Asking<readonly Fact<D>[]> {
  return (yield { kind, key }) as readonly Fact<D>[];
}

/** Facts of one party only: the one place where absence may be concluded (for the act's own party). */
export function* factsOf<D>(party: PartyId, kind: string, key: string): Asking<readonly Fact<D>[]> {
  return (yield* facts<D>(kind, key)).filter((fact) => fact.party === party);
}

/**
 * The root of a party's log at a size inside the cut, or undefined when the cut does not reach it.
 * The ledger knows roots without any act having stated them; they are asked for like facts.
 */
export function* rootOf(party: PartyId, size: number): Asking<Hash | undefined> {
  return (yield* facts<Hash>(LOG_ROOT, `${party} ${size}`))[0]?.data;
}
export const LOG_ROOT = 'log.root';

export function valid(...established: readonly NewFact[]): Verdict {
  return { ok: true, facts: established };
}

export function without(code: string, params?: Refusal['params']): Verdict {
  return { ok: false, refusal: params === undefined ? { code } : { code, params } };
}
