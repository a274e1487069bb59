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
import type { Hash, PartyId } from '../kernel/ids.ts';
import type { Refusal } from '../kernel/result.ts';
import type { Charter } from './charter.ts';
import type { PlacedAct } from './act.ts';

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
  readonly charterId: Hash | 'genesis';
}

export type Rule<B> = (placed: PlacedAct<B>, context: RuleContext) => Asking<Verdict>;

export type Power = 'draft' | 'sign' | 'report' | 'centre' | 'audit' | 'administer' | 'service';

/**
 * One act type and version: frozen once published (tools/check-acts-frozen.ts).
 * `signers`: who must have signed: the party root, or officers holding `power` (one suffices, or the
 * charter's quorum when `quorum` is true).
 */
export interface ActDefinition<B = never> {
  readonly type: string;
  readonly v: number;
  readonly body: z.ZodType<B>;
  /** `root-or-administer`: the root, or an officer with power administer. `own-key`: any active key of the officer itself, or administer. */
  readonly signers: 'root' | 'root-or-administer' | 'own-key-or-administer' | { readonly power: Power; readonly quorum?: boolean };
  /** First rules version of a charter under which the type has effect. */
  readonly since: number;
  readonly rule: Rule<B>;
}

/** Asks for facts; typed by the caller, who owns the kind. */
export function* facts<D>(kind: string, key: string): Asking<readonly Fact<D>[]> {
  return (yield { kind, key }) as readonly Fact<D>[];
}

/** Facts of one party only: the one place where absence may be concluded (for the act's own party). */
export function* factsOf<D>(party: PartyId, kind: string, key: string): Asking<readonly Fact<D>[]> {
  return (yield* facts<D>(kind, key)).filter((fact) => fact.party === party);
}

export function valid(...established: readonly NewFact[]): Verdict {
  return { ok: true, facts: established };
}

export function without(code: string, params?: Refusal['params']): Verdict {
  return { ok: false, refusal: params === undefined ? { code } : { code, params } };
}
