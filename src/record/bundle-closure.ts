/**
 * What a text rests on: the acts without which the others in a TEXT bundle would not be valid.
 *
 * No list of act types: every act that is taken in is judged again by its own rule, over nothing but
 * what is taken in, and the acts behind the facts that it was shown are taken in too, until nothing is
 * new. An act may owe part of its cut to what an earlier act of its log had seen; if it is not valid
 * otherwise, that act is taken in as well.
 */
import type { Bytes } from '../kernel/bytes.ts';
import type { Hash, PartyId } from '../kernel/ids.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import { partsOf, type PlacedAct } from './act.ts';
import { decodeEntry } from './codec.ts';
import { EMPTY_CUT, inCut, type Cut } from './cut.ts';
import { decideAsync, type AsyncLedger, type Decision, type Space } from './decide.ts';
import type { Engine } from './engine.ts';
import { KEY, KEY_REVOKED, MANDATE, MANDATE_REVOKED, PROFILE } from './mandate-facts.ts';
import type { Registry } from './registry.ts';
import type { Fact } from './rule.ts';
import { STANCE, TEXT } from './stances.ts';
import { PART_ERASED } from './system-acts.ts';

export interface FactRoot {
  readonly kind: string;
  readonly key: string;
}

export interface ClosureSource {
  readonly space: Space;
  entries(party: PartyId, from: number, to: number): Promise<readonly Bytes[]>;
  root(party: PartyId, size: number): Promise<Hash>;
  /** Facts of valid acts, ordered by party then index. */
  facts(kind: string, key: string): Promise<readonly Fact[]>;
}

/** More facts whose acts belong to what a fact says: the title of an office, the register numbers of a text. */
export type Follow = (fact: Fact) => readonly FactRoot[];

export interface Closure {
  /** Entries of a log, ascending. */
  indices(party: PartyId): readonly number[];
  /** Whether the entry belongs to the text itself; the others only carry it, and their parts stay where they are. */
  belongs(party: PartyId, index: number): boolean;
  /** Sizes of a log whose roots were asked for. */
  sizes(party: PartyId): readonly number[];
}

/** How far back an act is looked for that carries a part of another's cut. */
const CARRIER_DISTANCE_MAX = 10_000;

export async function closeOver(engine: Engine, registry: Registry, source: ClosureSource, sizes: ReadonlyMap<PartyId, number>, text: Hash, follow: Follow): Promise<Result<Closure>> {
  const taken = new Taken(sizes);
  const facts = cached(source, sizes);
  for (const party of sizes.keys()) taken.add(party, 0);
  if ((await facts(TEXT, text)).length === 0) return refuse('text.unknown');
  const belonging = new Belonging(taken, facts, follow);
  const roots: FactRoot[] = [{ kind: TEXT, key: text }, { kind: STANCE, key: text }, ...[...sizes.keys()].map((party) => ({ kind: PROFILE, key: party }))];
  for (const root of roots) await belonging.add(root);
  for (let before = -1; before !== taken.count; ) {
    before = taken.count;
    const judged = await judgeAll(engine, registry, source, facts, taken, belonging);
    if (!judged.ok) return judged;
  }
  return ok(taken);
}

/** One pass over everything taken in, log by log, each act over the cut that those before it leave. */
async function judgeAll(engine: Engine, registry: Registry, source: ClosureSource, facts: ClosureSource['facts'], taken: Taken, belonging: Belonging): Promise<Result<true>> {
  for (const party of taken.parties()) {
    let cut: Cut = EMPTY_CUT;
    for (const index of taken.indices(party)) {
      const [envelope] = (await source.entries(party, index, index + 1)) as [Bytes];
      const shown: Fact[] = [];
      const decision = await decideAsync(engine, registry, source.space, tracing(source, facts, taken, cut, shown), { party, index, envelope }, (checks) => checks.map(() => true));
      if (decision.state !== 'decided') return refuse('bundle.not-self-contained', { party, index });
      if (decision.verdict !== 'valid') {
        const carrier = await carrierOf(engine, source, taken, party, index, decision.cut);
        if (carrier === undefined) return refuse('bundle.not-self-contained', { party, index });
        taken.add(party, carrier);
        return ok(true);
      }
      cut = decision.cut;
      taken.addFacts(shown.filter((fact) => inCut(cut, fact.party, fact.index)));
      await addAround(facts, taken, belonging, decision);
    }
  }
  return ok(true);
}

/** Keys, mandates and their end for who signed, and erasures of what the act refers to: not for the rule, but for who reads. */
async function addAround(facts: ClosureSource['facts'], taken: Taken, belonging: Belonging, decision: Extract<Decision, { state: 'decided' }>): Promise<void> {
  const { act, keys } = decision.placed as NonNullable<typeof decision.placed>;
  for (const officer of act.officers) {
    taken.addFacts(await facts(MANDATE_REVOKED, officer));
    for (const mandate of await facts(MANDATE, officer)) {
      taken.addFacts([mandate]);
      if (taken.belongs(act.party, (decision.placed as PlacedAct).index)) await belonging.follow(mandate);
    }
  }
  for (const key of keys) for (const kind of [KEY, KEY_REVOKED]) taken.addFacts(await facts(kind, key));
  for (const { part } of partsOf(act.body)) taken.addFacts(await facts(PART_ERASED, part));
}

function tracing(source: ClosureSource, facts: ClosureSource['facts'], taken: Taken, cut: Cut, shown: Fact[]): AsyncLedger {
  return {
    holding: (party) => ({ size: taken.size(party), decided: taken.size(party) }),
    async root(party, size) {
      taken.addSize(party, size);
      return source.root(party, size);
    },
    lastCut: () => cut,
    holdsEarlier: () => false,
    async facts(kind, key) {
      const found = await facts(kind, key);
      for (const fact of found) shown.push(fact);
      return found;
    },
  };
}

/** The nearest earlier act of the log that had seen more of another log than `cut`. */
async function carrierOf(engine: Engine, source: ClosureSource, taken: Taken, party: PartyId, index: number, cut: Cut): Promise<number | undefined> {
  for (let at = index - 1; at >= Math.max(0, index - CARRIER_DISTANCE_MAX); at--) {
    if (taken.has(party, at)) continue;
    const [envelope] = (await source.entries(party, at, at + 1)) as [Bytes];
    const entry = decodeEntry(engine, envelope);
    if (entry.ok && Object.entries(entry.value.act.seen).some(([other, { size }]) => size > (cut[other] ?? 0))) return at;
  }
  return undefined;
}

/** Facts within the released sizes; asked once each. */
function cached(source: ClosureSource, sizes: ReadonlyMap<PartyId, number>): ClosureSource['facts'] {
  const known = new Map<string, readonly Fact[]>();
  return async (kind, key) => {
    const place = `${kind} ${key}`;
    let found = known.get(place);
    if (found === undefined) known.set(place, (found = (await source.facts(kind, key)).filter((fact) => fact.index < (sizes.get(fact.party) ?? 0))));
    return found;
  };
}

/** What is said of the text itself, followed as far as the caller has something to follow. */
class Belonging {
  readonly #taken: Taken;
  readonly #facts: ClosureSource['facts'];
  readonly #follow: Follow;
  readonly #done = new Set<string>();

  constructor(taken: Taken, facts: ClosureSource['facts'], follow: Follow) {
    this.#taken = taken;
    this.#facts = facts;
    this.#follow = follow;
  }

  async add({ kind, key }: FactRoot): Promise<void> {
    const place = `${kind} ${key}`;
    if (this.#done.has(place)) return;
    this.#done.add(place);
    for (const fact of await this.#facts(kind, key)) {
      this.#taken.addBelonging(fact);
      await this.follow(fact);
    }
  }

  async follow(fact: Fact): Promise<void> {
    for (const root of this.#follow(fact)) await this.add(root);
  }
}

class Taken implements Closure {
  readonly #logs: ReadonlyMap<PartyId, { readonly size: number; readonly indices: Set<number>; readonly sizes: Set<number>; readonly belonging: Set<number> }>;

  constructor(sizes: ReadonlyMap<PartyId, number>) {
    this.#logs = new Map([...sizes].map(([party, size]) => [party, { size, indices: new Set<number>(), sizes: new Set<number>(), belonging: new Set<number>() }]));
  }

  get count(): number {
    return [...this.#logs.values()].reduce((sum, log) => sum + log.indices.size, 0);
  }

  parties(): readonly PartyId[] {
    return [...this.#logs.keys()];
  }

  size(party: PartyId): number {
    return this.#logs.get(party)?.size ?? 0;
  }

  has(party: PartyId, index: number): boolean {
    return this.#logs.get(party)?.indices.has(index) ?? false;
  }

  add(party: PartyId, index: number): void {
    if (index < this.size(party)) this.#logs.get(party)?.indices.add(index);
  }

  addFacts(facts: readonly Fact[]): void {
    for (const fact of facts) this.add(fact.party, fact.index);
  }

  addBelonging({ party, index }: Fact): void {
    this.add(party, index);
    this.#logs.get(party)?.belonging.add(index);
  }

  belongs(party: PartyId, index: number): boolean {
    return this.#logs.get(party)?.belonging.has(index) ?? false;
  }

  addSize(party: PartyId, size: number): void {
    if (size <= this.size(party)) this.#logs.get(party)?.sizes.add(size);
  }

  indices(party: PartyId): readonly number[] {
    return [...(this.#logs.get(party)?.indices ?? [])].sort((a, b) => a - b);
  }

  sizes(party: PartyId): readonly number[] {
    return [...(this.#logs.get(party)?.sizes ?? [])];
  }
}
