/**
 * Deciding one leaf: from its exact bytes to a verdict and the facts it established. docs/spec/fold.md.
 *
 * The verdict depends on the bytes, the signatures and the cut; on no clock, no arrival order and
 * nothing that another log does not hold inside the cut. What has no effect keeps its place in the log
 * with the code of its refusal.
 *
 * The steps are one generator that asks its ledger; `decideSync` drives it in memory, `decideAsync`
 * over a database. Checks stand in one order, so that every node gives the same reason too.
 */
import type { Bytes } from '../kernel/bytes.ts';
import type { Hash, PartyId } from '../kernel/ids.ts';
import { ok, refuse, type No, type Refusal, type Result } from '../kernel/result.ts';
import { partsOf, TEXT_SIZE_MAX, type Act, type PlacedAct } from './act.ts';
import type { Charter } from './charter.ts';
import { decodeEntry, type Entry } from './codec.ts';
import { cutOf, inCut, type Cut, type CutNeed, type Holding } from './cut.ts';
import type { Engine } from './engine.ts';
import { partyOf } from '../kernel/ids.ts';
import { RULES_VERSION, type Registry } from './registry.ts';
import { factsOf, LOG_ROOT, type Asking, type Fact, type NewFact, type RegisteredAct, type RuleContext, type Verdict } from './rule.ts';
import { authorised, signatureChecks } from './signers.ts';
import { verifySignature, type SignatureCheck } from './signing.ts';
import { charterChain, partyIn, type ChainLink } from './stances.ts';

/** The log's first act stands; by party. */
export const LOG_OPENED = 'log.opened';
/** The one type that may stand before its log is opened, because it opens it. */
const OPENING_TYPE = 'charter.sign';
/** By commitment: a party recorded this part. */
export const PART = 'part';

/** The space whose logs are judged. */
export interface Space {
  readonly id: Hash;
  readonly genesis: Charter;
}

/** A leaf to be decided; every leaf before it in the same log has been. */
export interface Leaf {
  readonly party: PartyId;
  readonly index: number;
  /** Exact bytes. */
  readonly envelope: Bytes;
}

export type Decision =
  | {
      readonly state: 'decided';
      readonly verdict: 'valid' | Refusal;
      /** Empty unless valid. */
      readonly facts: readonly Fact[];
      /** To be kept: the cut of the next act of this log starts from it. */
      readonly cut: Cut;
      /** Absent when the bytes are no act. */
      readonly placed?: PlacedAct;
    }
  /** Its cut reaches beyond what is held and decided here. */
  | { readonly state: 'waiting'; readonly party: PartyId; readonly size: number }
  /** The charter in its cut has a rules version that this release lacks. */
  | { readonly state: 'unsupported'; readonly rules: number };

/** What deciding asks of a ledger. */
export type Need =
  | CutNeed
  /** The cut of the log's last decided act; `{}` before the first. */
  | { readonly need: 'last-cut'; readonly party: PartyId }
  /** Whether a leaf of the log below `index` holds this act. */
  | { readonly need: 'earlier'; readonly party: PartyId; readonly index: number; readonly act: Hash }
  /** Every fact of (kind, key), ordered by party then index. */
  | { readonly need: 'facts'; readonly kind: string; readonly key: string }
  /** The verdict of each check, in order. */
  | { readonly need: 'signatures'; readonly checks: readonly SignatureCheck[] };

export type Steps<T> = Generator<Need, T, unknown>;

/** A ledger in memory. */
export interface Ledger {
  holding(party: PartyId): Holding;
  /** Root of the log at a size it holds. */
  root(party: PartyId, size: number): Hash;
  lastCut(party: PartyId): Cut;
  holdsEarlier(party: PartyId, index: number, act: Hash): boolean;
  facts(kind: string, key: string): readonly Fact[];
}

/** The same over a database. */
export type AsyncLedger = {
  readonly [K in keyof Ledger]: (...question: Parameters<Ledger[K]>) => Promise<ReturnType<Ledger[K]>> | ReturnType<Ledger[K]>;
};

/** Verifies signatures, in batches or workers, or from a cache: pure, so any of these gives the same. */
export type SignatureVerifier = (checks: readonly SignatureCheck[]) => readonly boolean[] | Promise<readonly boolean[]>;

export function decideSync(engine: Engine, registry: Registry, space: Space, ledger: Ledger, leaf: Leaf, verify?: (check: SignatureCheck) => boolean): Decision {
  return driveSync(decideLeaf(engine, registry, space, leaf), ledger, verify ?? ((check) => verifySignature(engine, check)));
}

export async function decideAsync(engine: Engine, registry: Registry, space: Space, ledger: AsyncLedger, leaf: Leaf, verify?: SignatureVerifier): Promise<Decision> {
  return driveAsync(decideLeaf(engine, registry, space, leaf), ledger, verify ?? ((checks) => checks.map((check) => verifySignature(engine, check))));
}

/**
 * Judges an act before anybody signed it, as if it were appended at `index`: for `prepare`, and for
 * screens that say why something may not be done now. Everything is checked but the envelope's signatures.
 */
export async function judgeAsync(engine: Engine, registry: Registry, space: Space, ledger: AsyncLedger, act: Act, index: number): Promise<Decision> {
  const placed: PlacedAct = { id: UNSIGNED, index, act, keys: [] };
  return driveAsync(judgeAct(engine, registry, space, placed, undefined), ledger, (checks) => checks.map((check) => verifySignature(engine, check)));
}

/** No hash is all zeros in practice; an unsigned act has no place where its id could be asked for. */
const UNSIGNED: Hash = '0'.repeat(64);

/** Answers a question outside of any act: over everything that `ledger` has decided (for screens and the node's own use). */
export async function askAsync<T>(asking: Asking<T>, ledger: Pick<AsyncLedger, 'facts'>): Promise<T> {
  for (let step = asking.next(); ; ) {
    if (step.done === true) return step.value;
    step = asking.next(await ledger.facts(step.value.kind, step.value.key));
  }
}

export function askSync<T>(asking: Asking<T>, ledger: Pick<Ledger, 'facts'>): T {
  for (let step = asking.next(); ; ) {
    if (step.done === true) return step.value;
    step = asking.next(ledger.facts(step.value.kind, step.value.key));
  }
}

function* decideLeaf(engine: Engine, registry: Registry, space: Space, leaf: Leaf): Steps<Decision> {
  const entry = decodeEntry(engine, leaf.envelope);
  if (!entry.ok) return withoutEffect(entry.refusal, yield* cutWithout(leaf.party, leaf.index));
  const { act, id, signatures } = entry.value;
  const placed: PlacedAct = { id, index: leaf.index, act, keys: signatures.map((signature) => signature.keyid) };
  if (act.party !== leaf.party) return withoutEffect({ code: 'act.other-party' }, yield* cutWithout(leaf.party, leaf.index), placed);
  return yield* judgeAct(engine, registry, space, placed, entry.value);
}

function* judgeAct(engine: Engine, registry: Registry, space: Space, placed: PlacedAct, entry: Entry | undefined): Steps<Decision> {
  const { act, index } = placed;
  // What an act of another space claims to have seen says nothing about this one.
  if (act.space !== space.id) return withoutEffect({ code: 'act.other-space' }, yield* cutWithout(act.party, index), placed);
  const before = (yield { need: 'last-cut', party: act.party }) as Cut;
  const reached = yield* cutOf(act, index, before);
  if ('waitingFor' in reached) return { state: 'waiting', ...reached.waitingFor };
  const { cut } = reached;
  const chain = yield* within(charterChain(space.genesis), cut);
  const inForce = chain.at(-1) as ChainLink;
  if (inForce.charter.rules > RULES_VERSION) return { state: 'unsupported', rules: inForce.charter.rules };
  const sha256 = (bytes: Uint8Array): Bytes => engine.sha256(bytes);
  const context: RuleContext = { charter: inForce.charter, charterId: inForce.id, genesis: space.genesis, sha256 };
  const verdict = yield* verdictOn(engine, registry, placed, context, chain, cut, entry);
  if (!verdict.ok) return withoutEffect(verdict.refusal, cut, placed);
  const facts = [...verdict.facts, ...partFacts(act)].map((fact) => ({ ...fact, party: act.party, index, act: placed.id }));
  return { state: 'decided', verdict: 'valid', facts, cut, placed };
}

/** The checks in their order: place, type, body, who signed, whether the signatures verify, the type's own rule. */
function* verdictOn(engine: Engine, registry: Registry, placed: PlacedAct, context: RuleContext, chain: readonly ChainLink[], cut: Cut, entry: Entry | undefined): Steps<Verdict> {
  const { act, index } = placed;
  if (act.after > index) return refuse('act.too-early', { after: act.after, index });
  if (entry !== undefined && (yield { need: 'earlier', party: act.party, index, act: placed.id }) === true) return refuse('act.repeated');
  const opened = (yield* within(factsOf(act.party, LOG_OPENED, act.party), cut)).length > 0;
  if (!opened && act.type !== OPENING_TYPE) return refuse('act.log-not-opened');
  if (partyIn(chain, act.party) === undefined) return refuse('act.party-not-in-charter');
  const looked = registry.lookup(act.type, act.v);
  if (!looked.ok) return looked;
  const definition = looked.value;
  if (definition.since > context.charter.rules) return refuse('act.type-not-in-force', { type: act.type, since: definition.since });
  const shaped = checkBody(definition, placed);
  if (!shaped.ok) return shaped;
  const who = yield* within(authorised(definition, placed, context), cut);
  if (!who.ok) return who;
  const signed = yield* checkSignatures(engine, definition, placed, context, chain, cut, entry);
  if (!signed.ok) return signed;
  return yield* within(definition.rule(placed as PlacedAct<never>, context), cut);
}

function checkBody(definition: RegisteredAct, placed: PlacedAct): Result<true> {
  const { body, party } = placed.act;
  const parsed = definition.body.safeParse(body);
  if (!parsed.success) return refuse('act.body-malformed', { at: parsed.error.issues[0]?.path.join('.') ?? '' });
  for (const id of definition.creates?.(body as never) ?? []) if (partyOf(id) !== party) return refuse('act.object-of-other-party', { id });
  for (const part of partsOf(body)) {
    if (part.class === 'text' && part.size > TEXT_SIZE_MAX) return refuse('part.text-too-large', { size: part.size, max: TEXT_SIZE_MAX });
    if (part.audience !== undefined && !part.audience.includes(party)) return refuse('part.audience-without-owner');
  }
  return ok(true);
}

function* checkSignatures(engine: Engine, definition: RegisteredAct, placed: PlacedAct, context: RuleContext, chain: readonly ChainLink[], cut: Cut, entry: Entry | undefined): Steps<Result<true>> {
  const proofs = definition.proofs === undefined ? [] : yield* within(definition.proofs(placed as PlacedAct<never>, context), cut);
  const enveloped = entry === undefined ? ok([]) : yield* within(signatureChecks(engine, definition, placed, entry.payload, entry.signatures, chain), cut);
  if (!enveloped.ok) return enveloped;
  const checks = [...enveloped.value, ...proofs];
  const verdicts = checks.length === 0 ? [] : ((yield { need: 'signatures', checks }) as readonly boolean[]);
  const bad = checks.findIndex((_, i) => verdicts[i] !== true);
  if (bad < 0) return ok(true);
  return refuse(bad < enveloped.value.length ? 'act.signature-bad' : 'act.proof-bad');
}

/** Every part of a valid act, so that erasure and audience can be judged by its commitment alone. */
function partFacts(act: Act): NewFact[] {
  return partsOf(act.body).map((part) => ({
    kind: PART,
    key: part.part,
    data: { class: part.class, scope: act.scope, ...(part.audience === undefined ? {} : { audience: part.audience }) },
  }));
}

function withoutEffect(refusal: No['refusal'], cut: Cut, placed?: PlacedAct): Decision {
  return { state: 'decided', verdict: refusal, facts: [], cut, ...(placed === undefined ? {} : { placed }) };
}

function* cutWithout(party: PartyId, index: number): Steps<Cut> {
  return { ...((yield { need: 'last-cut', party }) as Cut), [party]: index };
}

/** Runs a question inside a cut: every answer is filtered to what the act could know. */
function* within<T>(asking: Asking<T>, cut: Cut): Steps<T> {
  for (let step = asking.next(); ; ) {
    if (step.done === true) return step.value;
    const { kind, key } = step.value;
    step = asking.next(kind === LOG_ROOT ? yield* rootWithin(key, cut) : ((yield { need: 'facts', kind, key }) as readonly Fact[]).filter((fact) => inCut(cut, fact.party, fact.index)));
  }
}

function* rootWithin(key: string, cut: Cut): Steps<readonly Fact[]> {
  const [party, digits] = key.split(' ') as [PartyId, string];
  const size = Number(digits);
  if (size > (cut[party] ?? 0)) return [];
  const root = (yield { need: 'root', party, size }) as Hash;
  return [{ kind: LOG_ROOT, key, party, index: size, act: '', data: root }];
}

function driveSync<T>(steps: Steps<T>, ledger: Ledger, verify: (check: SignatureCheck) => boolean): T {
  for (let step = steps.next(); ; ) {
    if (step.done === true) return step.value;
    step = steps.next(step.value.need === 'signatures' ? step.value.checks.map(verify) : answer(step.value, ledger));
  }
}

async function driveAsync<T>(steps: Steps<T>, ledger: AsyncLedger, verify: SignatureVerifier): Promise<T> {
  for (let step = steps.next(); ; ) {
    if (step.done === true) return step.value;
    step = steps.next(step.value.need === 'signatures' ? await verify(step.value.checks) : await answer(step.value, ledger));
  }
}

function answer(need: Exclude<Need, { need: 'signatures' }>, ledger: Ledger | AsyncLedger): unknown {
  switch (need.need) {
    case 'holding':
      return ledger.holding(need.party);
    case 'root':
      return ledger.root(need.party, need.size);
    case 'last-cut':
      return ledger.lastCut(need.party);
    case 'earlier':
      return ledger.holdsEarlier(need.party, need.index, need.act);
    case 'facts':
      return ledger.facts(need.kind, need.key);
  }
}

