/**
 * The fold in memory: whole logs, or prefixes of them, to verdicts and facts. docs/spec/fold.md.
 *
 * A pure function of the set of log prefixes: leaves may come in any order and batches of any size,
 * again and again. An act is decided when everything in its cut is; what waits is decided later, or
 * never if what it claims to have seen does not exist. The reference: vectors/fold is what it gives,
 * and the invariants are held against it; the databases and the offline verifier drive the same
 * decide.ts over ledgers of their own.
 */
import { equalBytes, type Bytes } from '../kernel/bytes.ts';
import type { Hash, PartyId } from '../kernel/ids.ts';
import { askSync, decideSync, type Decision, type Ledger, type Space } from './decide.ts';
import { EMPTY_CUT, type Cut } from './cut.ts';
import type { Engine } from './engine.ts';
import { IntegrityFault } from '../kernel/fault.ts';
import type { Registry } from './registry.ts';
import type { Fact } from './rule.ts';
import type { SignatureCheck } from './signing.ts';
import { leafHash } from './tree.ts';
import { createHashTree, type HashTree } from './hash-tree.ts';
import { conclusionOf, STANCE, stancesOf, TEXT, type Stance, type StanceData, type TextData } from './stances.ts';

export type Decided = Extract<Decision, { state: 'decided' }>;

export interface Fold extends Ledger {
  /** Holds leaves from `from` on; those held already must be the same, else IntegrityFault. Gaps throw. */
  take(party: PartyId, from: number, entries: readonly Bytes[]): void;
  /** Decides whatever can be decided; the number of acts newly decided. */
  settle(): number;
  decided(party: PartyId): readonly Decided[];
  entries(party: PartyId): readonly Bytes[];
  parties(): readonly PartyId[];
  /** Why the log's next act is not decided: what it waits for, or the rules version that is missing. */
  pending(party: PartyId): Exclude<Decision, Decided> | undefined;
  /** Every key for which there are facts of a kind, sorted. */
  keys(kind: string): readonly string[];
}

interface Log {
  readonly entries: Bytes[];
  readonly tree: HashTree;
  readonly states: Decided[];
  /** First index of each act id that was decided. */
  readonly first: Map<Hash, number>;
  cut: Cut;
  pending: Exclude<Decision, Decided> | undefined;
}

export interface FoldOptions {
  /** Instead of verifying each signature here: a cache, or verdicts computed in workers. */
  readonly verify?: (check: SignatureCheck) => boolean;
}

export function createFold(engine: Engine, registry: Registry, space: Space, options: FoldOptions = {}): Fold {
  const logs = new Map<PartyId, Log>();
  const facts = new Map<string, Map<string, Fact[]>>();

  function logOf(party: PartyId): Log {
    const known = logs.get(party);
    if (known !== undefined) return known;
    const log: Log = { entries: [], tree: createHashTree(engine), states: [], first: new Map(), cut: EMPTY_CUT, pending: undefined };
    logs.set(party, log);
    return log;
  }

  function push(party: PartyId, entry: Bytes, hash: Bytes): void {
    const log = logOf(party);
    log.entries.push(entry);
    log.tree.append(hash);
  }

  function keep(fact: Fact): void {
    let ofKind = facts.get(fact.kind);
    if (ofKind === undefined) facts.set(fact.kind, (ofKind = new Map()));
    const list = ofKind.get(fact.key);
    if (list === undefined) ofKind.set(fact.key, [fact]);
    else insert(list, fact);
  }

  const fold: Fold = {
    holding: (party) => ({ size: logs.get(party)?.entries.length ?? 0, decided: logs.get(party)?.states.length ?? 0 }),
    root: (party, size) => logOf(party).tree.root(size),
    lastCut: (party) => logs.get(party)?.cut ?? EMPTY_CUT,
    holdsEarlier: (party, index, act) => (logs.get(party)?.first.get(act) ?? index) < index,
    facts: (kind, key) => facts.get(kind)?.get(key) ?? [],
    keys: (kind) => [...(facts.get(kind)?.keys() ?? [])].sort(),
    parties: () => [...logs.keys()].sort(),
    decided: (party) => logs.get(party)?.states ?? [],
    entries: (party) => logs.get(party)?.entries ?? [],
    pending: (party) => logs.get(party)?.pending,
    take(party, from, entries) {
      const log = logOf(party);
      for (const [i, entry] of entries.entries()) {
        const index = from + i;
        if (index > log.entries.length) throw new RangeError(`leaf ${index} of ${party} before leaf ${log.entries.length}`);
        const held = log.entries[index];
        if (index === log.entries.length) push(party, entry, leafHash(engine, entry));
        else if (!equalBytes(held as Bytes, entry)) throw new IntegrityFault({ code: 'log.leaf-differs', params: { party, index } });
      }
    },
    settle() {
      let count = 0;
      for (let again = true; again; ) {
        again = false;
        for (const party of fold.parties()) {
          const added = settleLog(party);
          count += added;
          again ||= added > 0;
        }
      }
      return count;
    },
  };

  function settleLog(party: PartyId): number {
    const log = logOf(party);
    const start = log.states.length;
    while (log.states.length < log.entries.length) {
      const index = log.states.length;
      const envelope = log.entries[index] as Bytes;
      const decision = decideSync(engine, registry, space, fold, { party, index, envelope }, options.verify);
      log.pending = decision.state === 'decided' ? undefined : decision;
      if (decision.state !== 'decided') break;
      log.states.push(decision);
      log.cut = decision.cut;
      const id = decision.placed?.id;
      if (id !== undefined && !log.first.has(id)) log.first.set(id, index);
      decision.facts.forEach(keep);
    }
    return log.states.length - start;
  }

  return fold;
}

/** Everything at once: the fold of these logs. */
export function foldLogs(engine: Engine, registry: Registry, space: Space, logs: ReadonlyMap<PartyId, readonly Bytes[]>, options: FoldOptions = {}): Fold {
  const fold = createFold(engine, registry, space, options);
  for (const [party, entries] of logs) fold.take(party, 0, entries);
  fold.settle();
  return fold;
}

export interface TextStateOf {
  readonly text: Hash;
  readonly data: TextData;
  readonly state: 'open' | 'concluded' | 'dead';
  readonly stances: ReadonlyMap<PartyId, Stance>;
}

/** Every proposed text that is decided here, charter changes too, by id. */
export function textsIn(fold: Fold, space: Space): readonly TextStateOf[] {
  return fold.keys(TEXT).map((text) => {
    const data = (fold.facts(TEXT, text)[0] as Fact<TextData>).data;
    const stances = stancesOf(fold.facts(STANCE, text) as readonly Fact<StanceData>[]);
    return { text, data, state: askSync(conclusionOf(text, space.genesis), fold), stances };
  });
}

function insert(list: Fact[], fact: Fact): void {
  let at = list.length;
  while (at > 0 && isBefore(fact, list[at - 1] as Fact)) at--;
  list.splice(at, 0, fact);
}

function isBefore(a: Fact, b: Fact): boolean {
  return a.party === b.party ? a.index < b.index : a.party < b.party;
}
