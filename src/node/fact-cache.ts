/**
 * Facts that rules asked for, kept from one transaction to the next. They are good as long as nobody else
 * has decided an act since: the number of the last decision, read under the space lock, tells. What this
 * process decides itself is forgotten as it is written. A transaction whose end is not known yet when the
 * next one begins (it failed, or its commit is still on the way back) leaves nothing to be trusted.
 */
import type { Fact } from '../record/rule.ts';
import type { Tx } from './ports.ts';

const ENTRIES_MAX = 20_000;

export class FactCache {
  readonly #entries = new Map<string, readonly Fact[]>();
  #seq = -1;
  #turn = 0;
  #settled = true;

  /** Call under the space lock with the number of the last decision in the database; answers the turn to end it with. */
  begin(seq: number): number {
    if (seq !== this.#seq || !this.#settled) this.#entries.clear();
    this.#seq = seq;
    this.#settled = false;
    return ++this.#turn;
  }

  /** The transaction of that turn was committed; `seq` is the last decision now. */
  commit(turn: number, seq: number): void {
    if (turn !== this.#turn) return;
    this.#seq = seq;
    this.#settled = true;
  }

  /** The transaction of that turn failed: what it read may rest on what it wrote. */
  abandon(turn: number): void {
    if (turn !== this.#turn) return;
    this.#entries.clear();
    this.#settled = true;
  }

  async facts(kind: string, key: string, read: () => Promise<readonly Fact[]>): Promise<readonly Fact[]> {
    const name = `${kind}\n${key}`;
    const known = this.#entries.get(name);
    if (known !== undefined) return known;
    const found = await read();
    if (this.#entries.size >= ENTRIES_MAX) this.#entries.clear();
    this.#entries.set(name, found);
    return found;
  }

  /** Facts that were just written: the next question about them goes to the database. */
  forget(facts: readonly Fact[]): void {
    for (const fact of facts) this.#entries.delete(`${fact.kind}\n${fact.key}`);
  }
}

/** The transaction with its facts answered from the cache. Every other call goes through. */
export function withFactCache(tx: Tx, cache: FactCache): Tx {
  return {
    db: tx.db,
    lockSpace: () => tx.lockSpace(),
    head: (party) => tx.head(party),
    heads: () => tx.heads(),
    putHead: (head) => tx.putHead(head),
    appendLeaves: (leaves) => tx.appendLeaves(leaves),
    leaf: (party, index) => tx.leaf(party, index),
    leaves: (party, from, to) => tx.leaves(party, from, to),
    leafHashes: (party, from, to) => tx.leafHashes(party, from, to),
    leafByAct: (act) => tx.leafByAct(act),
    lastDecision: () => tx.lastDecision(),
    decidedAfter: (after, limit) => tx.decidedAfter(after, limit),
    async putVerdict(party, index, verdict, facts) {
      await tx.putVerdict(party, index, verdict, facts);
      cache.forget(facts);
    },
    async putFacts(facts) {
      await tx.putFacts(facts);
      cache.forget(facts);
    },
    facts: (kind, key) => cache.facts(kind, key, () => tx.facts(kind, key)),
    tile: (party, level, index) => tx.tile(party, level, index),
    putTile: (party, level, index, hashes) => tx.putTile(party, level, index, hashes),
    define: (sql) => tx.define(sql),
  };
}
