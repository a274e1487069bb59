/**
 * The ledger of a bundle: decides its entries by the same rules as a node (decide.ts), in any order
 * that their cuts allow. Of a TEXT bundle most entries are withheld; they have a place and nothing
 * else, and the entries at hand rest on one another alone.
 */
import type { Hash, PartyId } from '../kernel/ids.ts';
import type { Refusal } from '../kernel/result.ts';
import type { PlacedAct } from './act.ts';
import type { BundledLog } from './bundle-logs.ts';
import { EMPTY_CUT, type Cut } from './cut.ts';
import { decideSync, type Decision, type Ledger, type Space } from './decide.ts';
import type { Engine } from './engine.ts';
import type { Registry } from './registry.ts';
import type { Fact } from './rule.ts';
import type { SignatureCheck } from './signing.ts';

/** An entry that has no effect, with the reason. */
export interface WithoutEffect {
  readonly party: PartyId;
  readonly index: number;
  readonly refusal: Refusal;
  readonly placed?: PlacedAct;
}

export interface BundleLedger extends Ledger {
  /** Decides whatever can be decided. */
  settle(): void;
  /** How many entries of a log have a verdict. */
  decided(party: PartyId): number;
  withoutEffect(): readonly WithoutEffect[];
  /** Why the next entry of a log has no verdict; undefined when all have one. */
  pending(party: PartyId): { readonly index: number; readonly decision: Exclude<Decision, { state: 'decided' }> } | undefined;
  /** Every key for which there are facts of a kind, sorted. */
  keys(kind: string): readonly string[];
}

interface State {
  readonly log: BundledLog;
  /** Position in `log.indices` of the next entry to decide. */
  next: number;
  cut: Cut;
  readonly first: Map<Hash, number>;
  pending: Exclude<Decision, { state: 'decided' }> | undefined;
}

export interface LedgerOptions {
  /** Instead of checking each signature here. */
  readonly verify?: (check: SignatureCheck) => boolean;
  /** Told of every entry that is an act, when it is decided, so that nobody needs to decode it again. */
  readonly onAct?: (placed: PlacedAct) => void;
}

export function createBundleLedger(engine: Engine, registry: Registry, space: Space, logs: readonly BundledLog[], options: LedgerOptions = {}): BundleLedger {
  const states = new Map<PartyId, State>(logs.map((log) => [log.party, { log, next: 0, cut: EMPTY_CUT, first: new Map(), pending: undefined }]));
  const facts = new Map<string, Map<string, Fact[]>>();
  const without: WithoutEffect[] = [];

  function keep(fact: Fact): void {
    let ofKind = facts.get(fact.kind);
    if (ofKind === undefined) facts.set(fact.kind, (ofKind = new Map()));
    const list = ofKind.get(fact.key);
    if (list === undefined) ofKind.set(fact.key, [fact]);
    else insertInOrder(list, fact);
  }

  const ledger: BundleLedger = {
    holding(party) {
      const state = states.get(party);
      if (state === undefined) return { size: 0, decided: 0 };
      return { size: state.log.size, decided: state.log.indices[state.next] ?? state.log.size };
    },
    root: (party, size) => states.get(party)?.log.root(size) ?? NO_ROOT,
    lastCut: (party) => states.get(party)?.cut ?? EMPTY_CUT,
    holdsEarlier: (party, index, act) => (states.get(party)?.first.get(act) ?? index) < index,
    facts: (kind, key) => facts.get(kind)?.get(key) ?? [],
    keys: (kind) => [...(facts.get(kind)?.keys() ?? [])].sort(),
    decided: (party) => states.get(party)?.next ?? 0,
    withoutEffect: () => without,
    pending(party) {
      const state = states.get(party);
      const index = state?.log.indices[state.next];
      return index === undefined || state?.pending === undefined ? undefined : { index, decision: state.pending };
    },
    settle() {
      while ([...states.values()].map(settleLog).some((added) => added > 0));
    },
  };

  function settleLog(state: State): number {
    const start = state.next;
    const { party, indices } = state.log;
    for (; state.next < indices.length; state.next++) {
      const index = indices[state.next] as number;
      const decision = decideSync(engine, registry, space, ledger, { party, index, envelope: state.log.entry(index) as Uint8Array<ArrayBuffer> }, options.verify);
      state.pending = decision.state === 'decided' ? undefined : decision;
      if (decision.state !== 'decided') break;
      state.cut = decision.cut;
      if (decision.placed !== undefined && !state.first.has(decision.placed.id)) state.first.set(decision.placed.id, index);
      if (decision.verdict !== 'valid') without.push({ party, index, refusal: decision.verdict, ...(decision.placed === undefined ? {} : { placed: decision.placed }) });
      if (decision.placed !== undefined) options.onAct?.(decision.placed);
      for (const fact of decision.facts) keep(fact);
    }
    return state.next - start;
  }

  return ledger;
}

/** Equals no root, so that a claim which cannot be held against the bundle counts for nothing. */
const NO_ROOT: Hash = '';

/** By party, then index, then as established. */
function insertInOrder(list: Fact[], fact: Fact): void {
  let at = list.length;
  while (at > 0 && isBefore(fact, list[at - 1] as Fact)) at--;
  if (at === list.length) list.push(fact);
  else list.splice(at, 0, fact);
}

function isBefore(a: Fact, b: Fact): boolean {
  return a.party === b.party ? a.index < b.index : a.party < b.party;
}
